"""Documents of the state as it was before somebody changed it by hand: the newest of them."""

from pathlib import Path
from time import gmtime, strftime

from reconciler.app.project import Project
from reconciler.store import files

KEPT = 20
"""Of each workspace."""


def keep(project: Project, document: str) -> Path | None:
    """Writes `document` under a name of its own, 0600; None where there is nothing to keep."""
    if not document:
        return None
    path = free_name(project, "json")
    files.atomic_write(path, document.encode("utf-8"))
    _thin_out(path.parent, project.workspace)
    return path


def free_name(project: Project, suffix: str) -> Path:
    """A name that no backup has yet, in order of time; its folder exists afterwards."""
    folder = project.own / "backups"
    files.folder_to_write(folder)
    stem = f"{project.workspace}@{strftime('%Y%m%dT%H%M%SZ', gmtime())}"
    # After the last one of this second, though others of it may be gone already.
    last = max((path.stem for path in folder.glob(f"{stem}-*")), default=f"{stem}-000")
    return folder / f"{stem}-{int(last[-3:]) + 1:03}.{suffix}"


def _thin_out(folder: Path, workspace: str) -> None:
    # No name of a workspace holds the sign that ends it here.
    for path in sorted(folder.glob(f"{workspace}@*.json"))[:-KEPT]:
        path.unlink(missing_ok=True)
