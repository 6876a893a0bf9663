"""The user's cache folder: found, made, checked and kept small. Knows files, not their meaning.

Everything here may fail, and then there is no cache: nothing raises OSError to its caller.
"""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

_KEEP = 200
_SLACK = 40
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def _place() -> Path | None:
    """Where the platform wants caches; None where it does not say."""
    own = os.environ.get("RECONCILER_CACHE_DIR")
    if own:
        return Path(own)
    home = os.environ.get("USERPROFILE" if sys.platform == "win32" else "HOME")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = f"{home}/Library/Caches" if home else None
    else:
        base = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home else None)
    return Path(base, "reconciler") if base and Path(base).is_absolute() else None


def _ours(status: os.stat_result) -> bool:
    """Whether nobody else can have written it. Windows keeps a user's folders apart itself."""
    if sys.platform == "win32":
        return True
    return status.st_uid == os.getuid() and not status.st_mode & _OTHERS_WRITE


def _folder() -> Path | None:
    folder = _place()
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return None
    return folder if stat.S_ISDIR(status.st_mode) and _ours(status) else None


def read(name: str) -> bytes | None:
    """What `write` kept under `name`; None where there is nothing, or nothing to trust."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with os.fdopen(os.open(folder / name, os.O_RDONLY | _NO_FOLLOW | _BINARY), "rb") as file:
            return file.read() if _ours(os.fstat(file.fileno())) else None
    except OSError:
        return None


def is_there() -> bool:
    """Whether there is a folder that may be written to."""
    folder = _folder()
    return folder is not None and os.access(folder, os.W_OK)


def has(name: str) -> bool:
    """Whether anything lies under `name`."""
    folder = _folder()
    return folder is not None and (folder / name).exists()


def write(name: str, content: bytes) -> None:
    """Keeps `content` under `name`, in one step for whoever reads meanwhile."""
    folder = _folder()
    if folder is None:
        return
    draft = folder / f"draft-{os.urandom(6).hex()}"
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | _NO_FOLLOW | _BINARY
    try:
        with os.fdopen(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
        draft.replace(folder / name)
        _prune(folder)
    except OSError:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Drops the oldest files where there are clearly too many."""
    with os.scandir(folder) as entries:
        files = [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    if len(files) <= _KEEP + _SLACK:
        return
    files.sort(key=lambda entry: entry.stat(follow_symlinks=False).st_mtime)
    for entry in files[:-_KEEP]:
        with suppress(OSError):
            Path(entry.path).unlink()
