"""The right to write in a workspace: to all of it, or to named objects beside others' runs.

A lease is kept alive by a heartbeat. The fence number grows with every acquisition and every
write transaction looks for it, so that whoever lost the right, however long it slept, writes
nothing more. A holder whose process is known to be dead loses it at once, any other when its
time is over.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, bindparam, delete, insert, select, update

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.store import ledger, process
from reconciler.store.base import Holder, Lease, Scope
from reconciler.store.refusals import refused
from reconciler.store.spelling import keepable
from reconciler.store.tables import lease

_HOLDER = (
    lease.c.user,
    lease.c.host,
    lease.c.process,
    lease.c.what,
    lease.c.started,
    lease.c.boot,
)
_COLUMNS = (*_HOLDER, lease.c.fence, lease.c.expires, lease.c.scope, lease.c.run)
_SELECT = select(*_COLUMNS).where(lease.c.workspace == bindparam("at")).order_by(lease.c.fence)


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
    """A lease as it stands. `run` is 0 before its run has begun."""

    holder: Holder
    fence: int
    expires: int
    scope: Scope
    run: int

    def excludes(self, scope: Scope) -> bool:
        """Whether a run on `scope` would touch what this one may touch."""
        return self.scope is None or scope is None or not self.scope.isdisjoint(scope)


@dataclass(frozen=True, slots=True)
class Moment:
    """`now` in milliseconds by the one clock that all runs on the database go by; a lease that
    begins or is renewed at it lasts to `until`.
    """

    now: int
    until: int
    alive: Callable[[Holder], bool | None]

    def over(self, held: Held) -> bool:
        return held.expires <= self.now or self.alive(held.holder) is False


def moment(ports: Ports, timing: Timing, shared: float | None) -> Moment:
    """`shared` is the database's own clock, None where it runs on this machine."""
    now = ports.clock() if shared is None else shared
    return Moment(_milliseconds(now), _milliseconds(now + timing.expiry), ports.alive)


def load(connection: Connection, workspace: str) -> list[Held]:
    """Every lease that was not given back, oldest first."""
    rows = connection.execute(_SELECT, {"at": workspace})
    return [Held(Holder(*row[:6]), row[6], row[7], _read(row[8]), row[9]) for row in rows]


def _read(scope: str) -> Scope:
    return frozenset(json.loads(scope)) if scope else None


def _spelt(scope: Scope) -> str:
    return "" if scope is None else json.dumps(sorted(scope))


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)


def acquire(
    connection: Connection,
    workspace: str,
    wanted: Lease,
    moment: Moment,
) -> Lease | Held:
    """`wanted` with its fence number and those whose time was over, or who holds what it wants.
    Needs the workspace's ledger.
    """
    held = load(connection, workspace)
    over = [one for one in held if moment.over(one)]
    against = [one for one in held if one not in over and one.excludes(wanted.scope)]
    if against:
        return against[0]
    _drop(connection, workspace, over)
    fence = ledger.next_fence(connection, workspace)
    said = {column.name: getattr(wanted.holder, column.name) for column in _HOLDER}
    said |= {name: keepable(text) for name, text in said.items() if isinstance(text, str)}
    holder = Holder(**said)
    row = {"fence": fence, "expires": moment.until, "run": 0, "scope": _spelt(wanted.scope)}
    connection.execute(insert(lease).values(workspace=workspace, **said, **row))
    return Lease(holder, fence, wanted.scope, tuple(one.holder for one in over))


def _drop(connection: Connection, workspace: str, those: Sequence[Held]) -> None:
    for one in those:
        release(connection, workspace, one.fence)


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
        fence=held.fence,
    )


def check(connection: Connection, workspace: str, fence: int, moment: Moment) -> None:
    """Raises ReconcilerError `lease-lost`. Belongs into the transaction that writes."""
    held = load(connection, workspace)
    mine = next((one for one in held if one.fence == fence), None)
    if mine is None:
        taker = held[-1].holder.user if held and held[-1].fence > fence else ""
        raise refused("lease-lost", reason=f"{taker or 'Another run'} has taken the state over.")
    if mine.expires <= moment.now:
        reason = "This run was silent for too long (a suspended machine, a blocked disk)."
        raise refused("lease-lost", reason=reason)


def _mine(workspace: str, fence: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return lease.c.workspace == workspace, lease.c.fence == fence


def renew(connection: Connection, workspace: str, fence: int, moment: Moment) -> bool:
    """Whether the lease was still that of `fence`."""
    mine = update(lease).where(*_mine(workspace, fence))
    return connection.execute(mine.values(expires=moment.until)).rowcount == 1


def begin(connection: Connection, workspace: str, fence: int, run: int) -> None:
    """Says which run is carried out under the lease."""
    connection.execute(update(lease).where(*_mine(workspace, fence)).values(run=run))


def release(connection: Connection, workspace: str, fence: int) -> bool:
    """Whether there was one."""
    return connection.execute(delete(lease).where(*_mine(workspace, fence))).rowcount == 1


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
