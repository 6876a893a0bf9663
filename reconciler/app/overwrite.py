"""Files of the user written anew: all of it, or what was there before."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

from reconciler.store.files import sync_folder, write_aside


def overwrite(place: Path, data: bytes) -> None:
    """The file, no link, holds `data`, or what it held before; mode and owner stay. Raises OSError."""
    status = place.lstat()
    if not os.access(place, os.W_OK):
        raise PermissionError(0, "it is read-only")
    aside = write_aside(place, data)
    try:
        if sys.platform != "win32":
            _keep_owner(aside, status)
        aside.chmod(stat.S_IMODE(status.st_mode))
        aside.replace(place)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)


def _keep_owner(path: Path, status: os.stat_result) -> None:
    if sys.platform == "win32":
        return
    with suppress(PermissionError):  # then the file becomes ours, as with most editors
        os.chown(path, status.st_uid, status.st_gid)
