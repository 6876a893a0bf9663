"""Room on the disk for the outcomes of calls that are under way.

A file beside the database occupies what those outcomes may need. Should the disk fill up in the
middle of a run, the file is given up and the outcomes take its place; nothing new is begun until
it stands again. Knows bytes, not rows.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from reconciler.store import files
from reconciler.store.refusals import refused

_LEAST = 1 << 20
_PER_CALL = 48 << 10
"""A commit of one outcome writes about a dozen pages of 4 KiB to the log."""
_LOG = 6 << 20
"""The log is folded into the database and begun anew before it is longer than this."""
_GROWTH = 8 << 10
_COPIES = 6
"""An outcome's text goes into row, history and log."""


def needed(calls: int, characters: int) -> int:
    """Bytes that the outcomes of so many open calls with so much text may take."""
    log = min(calls * _PER_CALL, _LOG)
    return max(_LEAST, log + calls * _GROWTH + characters * _COPIES)


class Reserve:
    """The file `path`, which keeps room for the database `database`."""

    __slots__ = ("_calls", "_characters", "_database", "_path", "_size")

    def __init__(self, path: Path, database: Path) -> None:
        self._path = path
        self._database = database
        self._size = 0
        self._calls: dict[str, int] = {}
        self._characters = 0

    def hold_for(self, calls: Mapping[str, int]) -> None:
        """Keeps room for the outcomes of `calls` too: lengths of their intents by id.

        Raises ReconcilerError `state-full` where there is none; the calls must not be made then.
        """
        added = {call: size for call, size in calls.items() if call not in self._calls}
        characters = self._characters + sum(added.values())
        self._hold(needed(len(self._calls) + len(added), characters))
        self._calls |= added
        self._characters = characters

    def forget(self, calls: Iterable[str]) -> None:
        """These are settled. The room stays: there will be others."""
        for call in calls:
            self._characters -= self._calls.pop(call, 0)

    def _hold(self, size: int) -> None:
        if files.limit_for(self._database) < size + _LOG:
            reason = "the limit on the size of files (ulimit -f) is too low"
            raise refused("state-full", path=self._database, reason=reason)
        if size <= self._size:
            return
        try:
            files.set_aside_room(self._path, size)
        except OSError as failure:
            self.give_up()
            raise refused(
                "state-full", path=self._database, reason=files.reason(failure)
            ) from failure
        self._size = size

    def give_up(self) -> bool:
        """Frees the room; whether there was any."""
        held, self._size = self._size > 0, 0
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        return held
