"""Several leases a workspace, each for what its run touches; runs in the chain of the history.

Every run of before gets its line in the chain, as if it had been written then.
"""

import json
from hashlib import blake2b

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"

_RUN = ("id", "command", "user", "host", "message", "plan_digest", "started", "finished", "status")
_SAID = ("workspace", "lineage", "serial", "total", "changes", "chain", "tool", "seal")
_LINE = (
    *("workspace", "number", "run", "serial", "kind", "key", "deposed", "intent"),
    *("version_before", "before", "version_after", "after", "chain"),
)
_META = sa.table("meta", *map(sa.column, (*_SAID, "digest", "fence")))
_RUNS = sa.table("run", sa.column("workspace"), *map(sa.column, _RUN))
_HISTORY = sa.table("history", *map(sa.column, _LINE))


def upgrade() -> None:
    fences = _fences()
    op.add_column("meta", sa.Column("seal", sa.Text, nullable=False, server_default=""))
    op.add_column("meta", sa.Column("fence", sa.BigInteger, nullable=False, server_default="0"))
    _renew_leases()
    for books in op.get_bind().execute(sa.select(_META)).mappings().all():
        _chained(dict(books), fences.get(books["workspace"], 0))


def _fences() -> dict[str, int]:
    lease = sa.table("lease", sa.column("workspace"), sa.column("fence"))
    found = op.get_bind().execute(sa.select(lease))
    return {row.workspace: row.fence for row in found}


def _renew_leases() -> None:
    """Nobody works here now, or the migration would have been refused."""
    op.drop_table("lease")
    numbers = ("fence", "expires", "run")
    op.create_table(
        "lease",
        sa.Column("workspace", sa.Text, nullable=False),
        sa.Column("process", sa.Integer, nullable=False),
        *(sa.Column(n, sa.BigInteger, nullable=False, autoincrement=False) for n in numbers),
        *(
            sa.Column(n, sa.Text, nullable=False)
            for n in ("user", "host", "what", "started", "boot", "scope")
        ),
        sa.PrimaryKeyConstraint("workspace", "fence"),
    )


def _chained(books: dict[str, object], fence: int) -> None:
    bind = op.get_bind()
    mine = _RUNS.c.workspace == books["workspace"]
    for run in bind.execute(sa.select(_RUNS).where(mine).order_by(_RUNS.c.id)).mappings().all():
        bind.execute(sa.insert(_HISTORY).values(_line(books, {name: run[name] for name in _RUN})))
    said = "\n".join(str(books[name]) for name in _SAID)
    values = {name: books[name] for name in ("changes", "chain")}
    values |= {"fence": fence, "digest": _hash(said)}
    bind.execute(sa.update(_META).where(_META.c.workspace == books["workspace"]).values(values))


def _line(books: dict[str, object], run: dict[str, object]) -> dict[str, object]:
    changes = books["changes"]
    assert isinstance(changes, int)
    books["changes"] = changes + 1
    ends = (1, "", 2, _json(run))
    where = (books["workspace"], changes + 1, run["id"], books["serial"])
    said = (*where, "run", str(run["id"]), "", "", *ends)
    books["chain"] = _hash(_json([books["chain"], *said]))
    return dict(zip(_LINE, (*said, books["chain"]), strict=True))


def _json(document: object) -> str:
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def _hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
