"""The first format: rows, runs, chained history, one lease a workspace."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Integer, Text

revision = "1"
down_revision = None


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=key)


def _number(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=False, primary_key=key, autoincrement=False)


def upgrade() -> None:
    op.create_table(
        "meta",
        _text("workspace", key=True),
        _text("lineage"),
        _number("serial"),
        _text("total"),
        _number("changes"),
        _text("chain"),
        _text("tool"),
        _text("digest"),
    )
    op.create_table(
        "entry",
        _text("workspace", key=True),
        _text("kind", key=True),
        _text("key", key=True),
        _text("deposed", key=True),
        _number("version"),
        _text("body"),
        _text("digest"),
    )
    op.create_table(
        "run",
        _text("workspace", key=True),
        _number("id", key=True),
        *map(_text, ("command", "user", "host", "message", "plan_digest")),
        *map(_text, ("started", "finished", "status")),
    )
    op.create_table(
        "history",
        _text("workspace", key=True),
        _number("number", key=True),
        _number("run"),
        _number("serial"),
        *map(_text, ("kind", "key", "deposed", "intent")),
        _number("version_before"),
        _text("before"),
        _number("version_after"),
        _text("after"),
        _text("chain"),
        ForeignKeyConstraint(["workspace", "run"], ["run.workspace", "run.id"]),
    )
    op.create_index("history_of_one", "history", ["workspace", "kind", "key"])
    op.create_table(
        "lease",
        _text("workspace", key=True),
        _number("fence"),
        Column("expires", BigInteger, nullable=False),
        _text("user"),
        _text("host"),
        Column("process", Integer, nullable=False),
        *map(_text, ("what", "started", "boot")),
    )
