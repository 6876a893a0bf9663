"""Where the state lies, and whether what lies there may be trusted before it is opened."""

import os
from pathlib import Path

from reconciler.store import files
from reconciler.store.refusals import refused
from reconciler.store.sqlite import beside

_SCHEME = "sqlite:///"
_ROOM = 2 << 20


def database_path(url: str, root: Path) -> Path:
    """The file that `url` names, relative to `root`. Raises ReconcilerError `state-url`."""
    scheme, _, _ = url.partition(":")
    if not url.startswith(_SCHEME):
        # The rest may hold a password.
        reason = f'The address begins with "{scheme[:20]}"; state is kept in SQLite or PostgreSQL.'
        raise refused("state-url", reason=reason)
    name = url.removeprefix(_SCHEME)
    if not name or name.startswith(":") or "?" in name or "\0" in name:
        raise refused("state-url", reason="The address names no file.")
    return root / name


def inspect(path: Path) -> bool:
    """Whether there is a database to open. Raises ReconcilerError where it must not be opened."""
    status = files.ordinary(path)
    for suffix in ("-wal", "-shm", "-journal"):
        files.ordinary(beside(path, suffix))
    if status is None:
        return False
    files.refuse_others(path, status)
    if status.st_size == 0:
        raise refused("state-empty", path=path)
    return True


def refuse_unwritable(path: Path) -> None:
    """Raises ReconcilerError `state-read-only` or `state-full` where `path` could not grow."""
    folder = path.parent
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    for needed in (folder, path):
        if needed.exists() and not os.access(needed, os.W_OK):
            raise refused("state-read-only", path=path, reason=f"{needed} cannot be written")
    if files.room_beside(folder / path.name) < _ROOM:
        raise refused("state-full", path=path, reason="less than 2 MB are free")
