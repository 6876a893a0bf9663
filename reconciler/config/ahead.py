"""Files never read before, read in a process of their own while this one gets ready.

What comes of it lies in the cache of syntax, where `load` finds it. A file with a mistake leaves
nothing there, and so does a process that fails: then `load` reads the file itself, and tells.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from reconciler.config import files
from reconciler.lang import cache, parse, text_file
from reconciler.model.diagnostic import Collector

ENOUGH = 40_000
"""Bytes from which reading takes longer than a process to do it."""
MOST = 500_000
"""Bytes up to which a mistake, for which all is read once more here, costs hardly any time: as long as
the imports take, the other process reads for nothing."""


def begin(root: Path) -> Callable[[], None] | None:
    """What waits until all is read. Nothing is begun where it is not worth it, or not to be had:
    Windows has no such start.
    """
    if not hasattr(os, "posix_spawn") or not sys.executable or not cache.keeps():
        return None
    if not ENOUGH <= _size(root) <= MOST:
        return None
    unseen = sum(len(text) for name, text in _texts(root) if not cache.knows(text, name))
    try:
        return _until_ended(_spawned(root)) if unseen >= ENOUGH else None
    except OSError:  # too many processes, or Python is no longer where it was
        return None


def _until_ended(process: int) -> Callable[[], None]:
    def wait() -> None:
        with suppress(ChildProcessError):  # somebody has waited already
            os.waitpid(process, 0)

    return wait


def _size(root: Path) -> int:
    """Of all files of the configuration, also of those that links lead to."""
    try:
        with os.scandir(root) as entries:
            return sum(
                entry.stat().st_size
                for entry in entries
                if files.is_configuration(entry.name) and entry.name.endswith(".hcl")
            )
    except OSError:
        return 0


def _texts(root: Path) -> list[tuple[str, str]]:
    """As `load` would read them, under the same names."""
    nowhere = Collector()
    names = files.configuration_files(files.names(root, nowhere))
    shown = [(name, text_file.shown(name)) for name in names if name.endswith(".hcl")]
    found = [(s, text_file.read(root / n, s, nowhere, inside=root)) for n, s in shown]
    return [(name, text) for name, text in found if text is not None]


def _spawned(root: Path) -> int:
    """As deaf to the environment as this process is, and deaf to what lies in the folder: where
    PYTHONPATH is relative, it means another place than it did when this process began.
    """
    given = {"-E": sys.flags.ignore_environment, "-s": sys.flags.no_user_site}
    flags = ["-P", *(flag for flag, is_given in given.items() if is_given)]
    command = [sys.executable, *flags, "-m", __name__, str(root)]
    silent = [(os.POSIX_SPAWN_OPEN, n, os.devnull, os.O_RDWR, 0) for n in range(3)]
    places = [one for one in sys.path if Path(one).is_absolute() and os.pathsep not in one]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
    return os.posix_spawn(sys.executable, command, environment, file_actions=silent)


def main(root: Path) -> None:
    for name, text in _texts(root):
        parse.parse(text, name, Collector())


if __name__ == "__main__":
    import gc

    gc.disable()
    main(Path(sys.argv[1]))
