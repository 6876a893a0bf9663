"""Which workspace was selected: one word in a file of the project's own folder."""

from pathlib import Path

from reconciler.app.project import OWN
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.store import files

_FILE = "workspace"
_LONGEST = 1000


def selected(root: Path) -> str:
    """The name as it stands in the file; "" where none was."""
    try:
        with (root / OWN / _FILE).open("rb") as file:
            return file.read(_LONGEST).decode("utf-8", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError as failure:
        raise ReconcilerError(
            error(
                "workspace-unreadable",
                "The selected workspace cannot be read",
                f"{root / OWN / _FILE}: {files.reason(failure)}. Make it readable, or delete it"
                " and select the workspace again.",
            )
        ) from failure


def select(root: Path, name: str) -> None:
    files.folder_to_write(root / OWN)
    files.atomic_write(root / OWN / _FILE, f"{name}\n".encode())
