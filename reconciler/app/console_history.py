"""What was typed at the console, from one time to the next. Kept only in a project that has a
folder of ours already, and for nobody else's eyes.
"""

from collections.abc import Sequence
from contextlib import suppress

from reconciler.app.project import Project
from reconciler.lang.value import Value, marks
from reconciler.model.diagnostic import ReconcilerError
from reconciler.store import files

_NAME = "console_history"
_MOST = 1_000
_LARGEST = 1_000_000


def load(project: Project) -> list[str]:
    """The lines, oldest first; none where they cannot be read."""
    try:
        raw = files.read_ordinary(project.own / _NAME, _LARGEST)
    except (ReconcilerError, OSError):
        return []
    return [] if raw is None else raw.decode("utf-8", "replace").splitlines()


def save(project: Project, lines: Sequence[str]) -> None:
    """Keeps the latest lines; a disk that refuses them is no reason to complain."""
    if not project.own.is_dir():
        return
    text = "".join(f"{line}\n" for line in lines[-_MOST:])
    with suppress(ReconcilerError):
        files.atomic_write(project.own / _NAME, text.encode("utf-8", "replace"))


def may_be_kept(line: str, value: Value) -> bool:
    """Whether what was typed can hold nothing secret, as far as its value tells."""
    return "sensitive" not in line and not marks(value)
