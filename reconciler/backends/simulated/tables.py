"""The tables of the simulated Exchange, and the statements on them. Opens nothing."""

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

METADATA = MetaData()
_OBJECTS = Table(
    "exchange_object",
    METADATA,
    Column("noun", String(64), primary_key=True),
    Column("folded", Text, primary_key=True),
    # Empty, but for the second bearer of one name: its GUID.
    Column("slot", String(36), primary_key=True),
    Column("guid", String(36), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("properties", Text, nullable=False),
    # One tree instead of two: a creation writes fewer pages.
    sqlite_with_rowid=False,
)
_AUDIT = Table(
    "admin_audit_log",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False),
    Column("caller", Text, nullable=False),
    Column("cmdlet", Text, nullable=False),
    Column("object", Text, nullable=False),
    Column("parameters", Text, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Column("error", Text, nullable=False),
)

WITNESS = _AUDIT.name
"""Where this table is, all are: they are made in one transaction."""

_FIELDS = (_OBJECTS.c.guid, _OBJECTS.c.name, _OBJECTS.c.slot, _OBJECTS.c.properties)
_OF_NOUN = select(*_FIELDS).where(_OBJECTS.c.noun == bindparam("noun"))
_WHICH = _OBJECTS.c.guid == bindparam("which")

ALL = _OF_NOUN.order_by(_OBJECTS.c.folded, _OBJECTS.c.slot)
BY_GUID = _OF_NOUN.where(_WHICH).with_for_update()
BY_NAME = _OF_NOUN.where(_OBJECTS.c.folded == bindparam("folded")).with_for_update()
BELOW = _OF_NOUN.where(
    _OBJECTS.c.folded >= bindparam("start"), _OBJECTS.c.folded < bindparam("end")
)
"""Those whose names begin alike."""
INSERT = insert(_OBJECTS).values({c.name: bindparam(c.name) for c in _OBJECTS.c})
UPDATE = (
    update(_OBJECTS)
    .where(_WHICH)
    .values({n: bindparam(n) for n in ("name", "folded", "slot", "properties")})
)
DELETE = delete(_OBJECTS).where(_WHICH)
LOG = (
    insert(_AUDIT).values({c.name: bindparam(c.name) for c in _AUDIT.c if c.name != "id"}).inline()
)
LOGGED = select(*(c for c in _AUDIT.c if c.name != "id")).order_by(_AUDIT.c.id.desc())
