"""Files that only we may read, and that no link, crash or umask can turn against us.

Knows modes, links and durable renames; knows nothing of what the files hold.
"""

import math
import os
import re
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reconciler.store.refusals import refused

if sys.platform == "win32":
    import shutil
else:
    import resource

# Windows knows neither flag; its folders inherit the rights of the user's profile.
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OTHERS_READ = stat.S_IRGRP | stat.S_IROTH
_ABANDONED = 600.0
"""Seconds after which nobody writes a file any more."""
_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISLNK, "a link"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
)


def reason(failure: OSError) -> str:
    """What the operating system says, without the path."""
    return failure.strerror or str(failure)


def private_folder(folder: Path) -> None:
    """Makes `folder` and what is missing above it, each 0700 whatever the umask."""
    missing = [folder]
    while not missing[-1].parent.exists():
        missing.append(missing[-1].parent)
    for path in reversed(missing):
        try:
            path.mkdir(mode=0o700)
            path.chmod(0o700)
            sync_folder(path.parent)
        except FileExistsError:
            continue


def folder_to_write(folder: Path) -> None:
    """As `private_folder`. Raises ReconcilerError `cannot-write`."""
    try:
        private_folder(folder)
    except OSError as failure:
        raise refused("cannot-write", path=folder, reason=reason(failure)) from failure


def sync_folder(folder: Path) -> None:
    """Makes renames in `folder` durable; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def ordinary(path: Path) -> os.stat_result | None:
    """The status of the ordinary file `path`, None where nothing is there.

    Raises ReconcilerError `state-not-a-file` for links, pipes, devices and the like.
    """
    try:
        status = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as failure:
        raise refused("state-unreadable", path=path, reason=reason(failure)) from failure
    if stat.S_ISREG(status.st_mode):
        return status
    kind = next((name for test, name in _KINDS if test(status.st_mode)), "a device")
    raise refused("state-not-a-file", path=path, reason=kind)


def refuse_others(path: Path, status: os.stat_result) -> None:
    """Raises ReconcilerError `state-writable-by-others` where someone else may write `path`."""
    if sys.platform == "win32":
        return
    if status.st_mode & _OTHERS_WRITE:
        mode = stat.S_IMODE(status.st_mode)
        raise refused("state-writable-by-others", path=path, reason=f"has mode {mode:04o}")
    if status.st_uid not in (os.geteuid(), 0) and os.geteuid() != 0:
        raise refused("state-writable-by-others", path=path, reason="belongs to another user")


def is_private(status: os.stat_result) -> bool:
    """Nobody else can read or write it."""
    return sys.platform == "win32" or not status.st_mode & (_OTHERS_WRITE | _OTHERS_READ)


def read_ordinary(path: Path, limit: int) -> bytes | None:
    """At most `limit` bytes of an ordinary file, None where there is none.

    Raises ReconcilerError for what is no ordinary file, OSError for what cannot be read.
    """
    if ordinary(path) is None:
        return None
    handle = os.open(path, os.O_RDONLY | _NOFOLLOW | _BINARY)
    with os.fdopen(handle, "rb") as file:
        return file.read(limit)


def write_aside(path: Path, data: bytes) -> Path:
    """A new durable file beside `path` that holds `data`, 0600 whatever the umask."""
    aside = path.with_name(f".{path.name}.{os.urandom(6).hex()}.new")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            aside.chmod(0o600)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _sweep(path: Path) -> None:
    """Removes what processes that died while they wrote `path` have left beside it.

    Age tells: a file that is being written is renamed within moments.
    """
    ours = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{12}}\.new")
    with suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            if ours.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                written = entry.stat(follow_symlinks=False).st_mtime
                if time.time() - written > _ABANDONED:
                    Path(entry.path).unlink(missing_ok=True)


def atomic_write(path: Path, data: bytes) -> None:
    """`path` holds `data`, durably and 0600, or what it held before. A link is replaced, never
    followed. Raises ReconcilerError `cannot-write`.
    """
    try:
        aside = write_aside(path, data)
        try:
            aside.replace(path)
        except BaseException:
            aside.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)
        _sweep(path)
    except OSError as failure:
        raise refused("cannot-write", path=path, reason=reason(failure)) from failure


def install(aside: Path, path: Path) -> bool:
    """Gives the finished file `aside` the name `path`, unless that is taken: then False.

    `aside` is gone afterwards.
    """
    try:
        if sys.platform == "win32":
            aside.rename(path)
        else:
            _link(aside, path)
    except FileExistsError:
        return False
    finally:
        aside.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True


def _link(aside: Path, path: Path) -> None:
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links; there, two first runs at once could collide.
        if path.exists():
            raise FileExistsError(path) from None
        aside.rename(path)


def create(path: Path, data: bytes) -> bool:
    """Makes `path` with `data`, durably and 0600, unless it exists: then False."""
    return install(write_aside(path, data), path)


def set_aside_room(path: Path, size: int) -> None:
    """`path` occupies at least `size` bytes of the disk. Raises OSError where there is no room."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | _NOFOLLOW | _BINARY, 0o600)
    try:
        path.chmod(0o600)
        if os.fstat(handle).st_size < size:
            _allocate(handle, size)
            os.fsync(handle)
    finally:
        os.close(handle)


def _allocate(handle: int, size: int) -> None:
    if sys.platform == "linux":
        os.posix_fallocate(handle, 0, size)
        return
    left = size
    while left > 0:
        left -= os.write(handle, bytes(min(left, 1 << 20)))


def room_beside(path: Path) -> int:
    """Free bytes for this user on the disk of `path`."""
    if sys.platform == "win32":
        return shutil.disk_usage(path.parent).free
    disk = os.statvfs(path.parent)
    return disk.f_bavail * disk.f_frsize


def limit_for(path: Path) -> float:
    """How many bytes the process is allowed to add to `path` (`ulimit -f`)."""
    if sys.platform == "win32":
        return math.inf
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    if limit == resource.RLIM_INFINITY:
        return math.inf
    return limit - (path.stat().st_size if path.exists() else 0)
