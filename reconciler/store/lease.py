"""The right to write a workspace: one holder at a time, kept alive by a heartbeat.

The fence number grows with every acquisition and every write transaction compares it, so that
whoever lost the right, however long it slept, writes nothing more. A holder whose process is
known to be dead loses it at once, any other when its time is over.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, bindparam, insert, select, update

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.store import process
from reconciler.store.base import Holder
from reconciler.store.refusals import refused
from reconciler.store.tables import lease

_HOLDER = (
    lease.c.user,
    lease.c.host,
    lease.c.process,
    lease.c.what,
    lease.c.started,
    lease.c.boot,
)
_SELECT = select(*_HOLDER, lease.c.fence, lease.c.expires).where(
    lease.c.workspace == bindparam("at")
)
_NOBODY = Holder("", "", 0, "", "", "")


@dataclass(frozen=True, slots=True)
class Ports:
    """What the store takes from the world besides its file. `clock` counts seconds since 1970;
    `alive` says None where it cannot know.
    """

    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    alive: Callable[[Holder], bool | None] = process.alive
    random: Callable[[int], bytes] = os.urandom


@dataclass(frozen=True, slots=True)
class Timing:
    """In seconds: how often the holder shows that it lives, when a silent one loses the lease,
    how often one who waits looks.
    """

    beat: float = 5.0
    expiry: float = 30.0
    look: float = 0.25


@dataclass(frozen=True, slots=True)
class Held:
    """The lease as it stands."""

    holder: Holder
    fence: int
    expires: int

    @property
    def is_nobody(self) -> bool:
        return self.holder == _NOBODY


def load(connection: Connection, workspace: str) -> Held | None:
    row = connection.execute(_SELECT, {"at": workspace}).one_or_none()
    return None if row is None else Held(Holder(*row[:6]), row[6], row[7])


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def _free(held: Held, ports: Ports) -> bool:
    expired = held.expires <= _milliseconds(ports.clock())
    return held.is_nobody or expired or ports.alive(held.holder) is False


def _row(holder: Holder, fence: int, until: float) -> dict[str, object]:
    names = (column.name for column in _HOLDER)
    said = {name: getattr(holder, name) for name in names}
    return {**said, "fence": fence, "expires": _milliseconds(until)}


def acquire(
    connection: Connection, workspace: str, holder: Holder, ports: Ports, timing: Timing
) -> Held | int:
    """The fence number, or who holds the lease."""
    held = load(connection, workspace)
    until = ports.clock() + timing.expiry
    if held is None:
        row = _row(holder, 1, until)
        connection.execute(insert(lease).values(workspace=workspace, **row))
        return 1
    if not _free(held, ports):
        return held
    row = _row(holder, held.fence + 1, until)
    connection.execute(update(lease).where(lease.c.workspace == workspace).values(**row))
    return held.fence + 1


def locked(workspace: str, held: Held) -> ReconcilerError:
    holder = held.holder
    return refused(
        "state-locked",
        user=holder.user,
        host=holder.host,
        workspace=workspace,
        what=holder.what,
        process=holder.process,
        since=holder.started,
    )


def check(connection: Connection, workspace: str, fence: int, ports: Ports) -> None:
    """Raises ReconcilerError `lease-lost`. Belongs into the transaction that writes."""
    held = load(connection, workspace)
    if held is None or held.fence != fence:
        taker = "another run" if held is None else (held.holder.user or "another run")
        raise refused("lease-lost", reason=f"{taker} has taken the state over.")
    if held.is_nobody:
        raise refused("lease-lost", reason="It was given back already.")
    if held.expires <= _milliseconds(ports.clock()):
        reason = "This run was silent for too long (a suspended machine, a blocked disk)."
        raise refused("lease-lost", reason=reason)


def renew(connection: Connection, workspace: str, fence: int, until: float) -> bool:
    """Whether the lease was still that of `fence`."""
    mine = (lease.c.workspace == workspace, lease.c.fence == fence, lease.c.host != "")
    values = {"expires": _milliseconds(until)}
    return connection.execute(update(lease).where(*mine).values(**values)).rowcount == 1


def release(connection: Connection, workspace: str, fence: int) -> None:
    mine = (lease.c.workspace == workspace, lease.c.fence == fence)
    connection.execute(update(lease).where(*mine).values(**_row(_NOBODY, fence, 0)))


@contextmanager
def heartbeat(beat: Callable[[], bool], every: float) -> Iterator[None]:
    """Calls `beat` every so many seconds, in a thread of its own, until it is False or the block
    ends. A beat that fails is tried again: what counts is the lease's end as it is stored.
    """
    over = threading.Event()

    def run() -> None:
        going = True
        while going and not over.wait(every):
            try:
                going = beat()
            except ReconcilerError:
                continue

    thread = threading.Thread(target=run, name="reconciler lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
