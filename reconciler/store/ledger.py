"""The books of one workspace: serial, total of all row digests, head of the history.

The total is what tells a lost, doubled or stale row from a sound one although each row by itself
looks right; it is carried along with every commit at the cost of what changed.
"""

from dataclasses import dataclass
from hashlib import blake2b

from sqlalchemy import Connection, bindparam, insert, select, update

from reconciler import __version__
from reconciler.store.tables import meta

_MODULUS = 1 << 128
_NAMES = ("workspace", "lineage", "serial", "total", "changes", "chain", "tool", "seal", "digest")
# Statements are built once: building one takes longer than running it.
_MINE = meta.c.workspace == bindparam("at")
_SELECT = select(*(meta.c[name] for name in _NAMES)).where(_MINE)
_UPDATE = update(meta).where(_MINE).values({name: bindparam(name) for name in _NAMES})


def plus(total: str, added: list[str], removed: list[str]) -> str:
    """`total` with the digests `added` in it and `removed` taken out."""
    change = sum(int(each, 16) for each in added) - sum(int(each, 16) for each in removed)
    return f"{(int(total or '0', 16) + change) % _MODULUS:032x}"


@dataclass(slots=True)
class Ledger:
    """Mutable during one transaction, then written back. `seal` marks the key that values are
    sealed with; "" before the first.
    """

    workspace: str
    lineage: str
    serial: int
    total: str
    changes: int
    chain: str
    tool: str
    seal: str

    @property
    def digest(self) -> str:
        said = (self.workspace, self.lineage, self.serial, self.total, self.changes, self.chain)
        return blake2b(
            "\n".join(map(str, (*said, self.tool, self.seal))).encode(), digest_size=16
        ).hexdigest()


def load(connection: Connection, workspace: str) -> tuple[Ledger | None, str]:
    """The ledger as stored, and what is wrong with it ("" for nothing)."""
    row = connection.execute(_SELECT, {"at": workspace}).one_or_none()
    if row is None:
        return None, ""
    *fields, digest = row
    ledger = Ledger(*fields)
    return ledger, "" if ledger.digest == digest else "its first row was altered"


def blank(workspace: str, lineage: str = "") -> Ledger:
    """That of a workspace in which nothing was done yet."""
    return Ledger(workspace, lineage, 0, plus("", [], []), 0, "", __version__, "")


def open_new(connection: Connection, workspace: str, lineage: str) -> Ledger:
    ledger = blank(workspace, lineage)
    connection.execute(insert(meta).values(**_columns(ledger), fence=0))
    return ledger


def next_fence(connection: Connection, workspace: str) -> int:
    """A number that no lease of `workspace` ever had."""
    mine = meta.c.workspace == workspace
    connection.execute(update(meta).where(mine).values(fence=meta.c.fence + 1))
    return int(connection.execute(select(meta.c.fence).where(mine)).scalar_one())


def save(connection: Connection, ledger: Ledger) -> None:
    """Writes `ledger` back under the next serial."""
    ledger.serial += 1
    keep(connection, ledger)


def keep(connection: Connection, ledger: Ledger) -> None:
    """Writes `ledger` back where only the history grew."""
    ledger.tool = __version__
    connection.execute(_UPDATE, {"at": ledger.workspace, **_columns(ledger)})


def _columns(ledger: Ledger) -> dict[str, object]:
    return {name: getattr(ledger, name) for name in _NAMES}
