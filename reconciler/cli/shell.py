"""What surrounds a command: the folder, the environment, the streams, the clock."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TextIO

from reconciler.cli.console import Console
from reconciler.model.log import Log
from reconciler.model.record import dataclass

_LARGEST_SHOWN = 16_000_000


@dataclass(frozen=True, slots=True)
class Shell:
    """`json` and `compact` are the flags of those names; `log` is None where nobody asks for one;
    `wait` is that of a project.
    """

    root: Path
    environment: Mapping[str, str]
    stdin: TextIO
    stdout: Console
    stderr: Console
    json: bool = False
    compact: bool = False
    log: Log | None = None
    wait: Callable[[], None] | None = None

    def reader(self) -> Callable[[str], str | None]:
        """The text of a file, for source lines; None where unreadable, or where a link leads
        out of the folder: what may not be read may not be shown either.
        """
        return lru_cache(maxsize=64)(lambda path: _text(self.root / path, self.root))

    def everything_given(self, limit: int) -> bytes:
        """Standard input to its end, byte for byte, but not much more than `limit`."""
        binary = getattr(self.stdin, "buffer", None)
        read: bytes | str = (binary or self.stdin).read(limit + 1)
        return read.encode("utf-8", "surrogateescape") if isinstance(read, str) else read


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _text(path: Path, root: Path) -> str | None:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return None
        if not path.is_file() or path.stat().st_size > _LARGEST_SHOWN:
            return None
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
