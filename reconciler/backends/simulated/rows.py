"""Objects and log entries as rows, within a transaction that somebody else has begun.

Statements are compiled once and run on the driver's own cursor, because a test bench should cost
nothing beside what it tests.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import ClauseElement, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

from reconciler.backends.simulated import tables
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Stored:
    """One object; `properties` is JSON, `slot` is not empty where the name was taken already."""

    guid: str
    name: str
    slot: str
    properties: str


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry of the audit log; `parameters` is JSON without secrets."""

    at: str
    caller: str
    cmdlet: str
    object: str
    parameters: str
    succeeded: bool = True
    error: str = ""


def fold(name: str) -> str:
    """Names are unique in any case."""
    return name.casefold()


def _columns(row: Stored) -> dict[str, str]:
    return {
        "name": row.name,
        "folded": fold(row.name),
        "slot": row.slot,
        "properties": row.properties,
    }


@dataclass(frozen=True, slots=True)
class _Prepared:
    """`order` is None where the driver takes parameters by name."""

    sql: str
    order: tuple[str, ...] | None

    def arrange(self, values: Mapping[str, object]) -> Sequence[object] | Mapping[str, object]:
        return values if self.order is None else [values[name] for name in self.order]


@lru_cache(maxsize=64)
def _prepared(statement: ClauseElement, dialect: Dialect) -> _Prepared:
    compiled = statement.compile(dialect=dialect)
    order = compiled.positiontup if isinstance(compiled, SQLCompiler) else None
    return _Prepared(str(compiled), None if order is None else tuple(order))


@dataclass(frozen=True, slots=True)
class Rows:
    """The objects and the log within one transaction."""

    cursor: DBAPICursor
    dialect: Dialect

    def _run(self, statement: ClauseElement, **values: object) -> Iterator[Sequence[object]]:
        prepared = _prepared(statement, self.dialect)
        self.cursor.execute(prepared.sql, prepared.arrange(values))
        return iter(self.cursor.fetchall() if self.cursor.description else ())

    def _objects(self, statement: ClauseElement, **values: str) -> Sequence[Stored]:
        return [Stored(*map(str, row)) for row in self._run(statement, **values)]

    def all(self, noun: str) -> Sequence[Stored]:
        """Sorted by name."""
        return self._objects(tables.ALL, noun=noun)

    def by_guid(self, noun: str, guid: str) -> Sequence[Stored]:
        return self._objects(tables.BY_GUID, noun=noun, which=guid)

    def by_name(self, noun: str, name: str) -> Sequence[Stored]:
        return self._objects(tables.BY_NAME, noun=noun, folded=fold(name))

    def below(self, noun: str, start: str) -> Sequence[Stored]:
        """Those whose names begin with `start`, in any order."""
        folded = fold(start)
        end = folded[:-1] + chr(ord(folded[-1]) + 1)
        return self._objects(tables.BELOW, noun=noun, start=folded, end=end)

    def insert(self, noun: str, row: Stored) -> None:
        self._run(tables.INSERT, guid=row.guid, noun=noun, **_columns(row))

    def update(self, row: Stored) -> None:
        self._run(tables.UPDATE, which=row.guid, **_columns(row))

    def delete(self, guid: str) -> None:
        self._run(tables.DELETE, which=guid)

    def log(self, entry: Logged) -> None:
        self._run(tables.LOG, **{name: getattr(entry, name) for name in Logged.__slots__})

    def logged(self) -> Iterator[Logged]:
        """Newest first."""
        for *texts, succeeded, error in self._run(tables.LOGGED):
            at, caller, cmdlet, name, parameters = map(str, texts)
            yield Logged(at, caller, cmdlet, name, parameters, bool(succeeded), str(error))
