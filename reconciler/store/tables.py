"""The schema: what is stored where. Portable SQL, no dialect's own.

| table | one row for each | holds |
|---|---|---|
| meta | workspace | lineage, serial, total of all row digests, length and head of the history, last fence, mark of the key |
| entry | object, output, open intent | canonical JSON, version, digest |
| run | apply, destroy, import, undo | who, when, why, how it ended |
| history | object, output or run that a run changed | before and after, chained; append-only |
| lease | run at work | who may write what, until when, and the fence number |
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

FORMAT = 2
"""Grows with every change to the schema or to the rows' spelling."""

metadata = MetaData()


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, primary_key=key)


def _number(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=False, primary_key=key, autoincrement=False)


meta = Table(
    "meta",
    metadata,
    _text("workspace", key=True),
    _text("lineage"),
    _number("serial"),
    _text("total"),
    _number("changes"),
    _text("chain"),
    _text("tool"),
    _text("seal"),
    _text("digest"),
    _number("fence"),
)

# Instances, outputs and open intents share a table: they are read, checked and summed alike.
entry = Table(
    "entry",
    metadata,
    _text("workspace", key=True),
    _text("kind", key=True),
    _text("key", key=True),
    _text("deposed", key=True),
    _number("version"),
    _text("body"),
    _text("digest"),
)

run = Table(
    "run",
    metadata,
    _text("workspace", key=True),
    _number("id", key=True),
    _text("command"),
    _text("user"),
    _text("host"),
    _text("message"),
    _text("plan_digest"),
    _text("started"),
    _text("finished"),
    _text("status"),
)

# Numbered without gaps. A missing side is the version 0 with an empty body.
history = Table(
    "history",
    metadata,
    _text("workspace", key=True),
    _number("number", key=True),
    _number("run"),
    _number("serial"),
    _text("kind"),
    _text("key"),
    _text("deposed"),
    _text("intent"),
    _number("version_before"),
    _text("before"),
    _number("version_after"),
    _text("after"),
    _text("chain"),
    ForeignKeyConstraint(["workspace", "run"], ["run.workspace", "run.id"]),
    Index("history_of_one", "workspace", "kind", "key"),
)

lease = Table(
    "lease",
    metadata,
    _text("workspace", key=True),
    _number("fence", key=True),
    _number("expires"),
    _text("user"),
    _text("host"),
    Column("process", Integer, nullable=False),
    _text("what"),
    _text("started"),
    _text("boot"),
    _number("run"),
    _text("scope"),
)
