"""Another key for what is sealed: rows and history say the same as before, under the new key.

One transaction, in which the history may be written anew; its chain is closed again at the end.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache

from sqlalchemy import Connection, bindparam, select, update

from reconciler.store import codec, history, lease, ledger, rows
from reconciler.store.base import Lease
from reconciler.store.codec import Row
from reconciler.store.keys import Key
from reconciler.store.ledger import Ledger
from reconciler.store.seal import Bound
from reconciler.store.tables import history as lines
from reconciler.store.tables import meta
from reconciler.store.view import View

_UPDATE = (
    update(lines)
    .where(lines.c.workspace == bindparam("at_workspace"), lines.c.number == bindparam("at"))
    .values({name: bindparam(f"new_{name}") for name in ("before", "after", "chain")})
)


def rekey(connection: Connection, view: View, held: Lease, key: Key) -> int:
    """How many rows are sealed anew, in all workspaces that share the key of before."""
    own = view.books(connection)
    sharing = [own] if not own.seal else list(_sharing(connection, own.seal))
    _refuse_others(connection, sharing, held)
    return sum(
        reseal(
            connection, books, view.vault(books), view.sealed_with(key, replace(books, seal=""))
        )
        for books in sharing
    )


def _sharing(connection: Connection, seal: str) -> Iterator[Ledger]:
    names = connection.execute(select(meta.c.workspace).where(meta.c.seal == seal)).scalars()
    for name in sorted(names):
        books, _ = ledger.load(connection, name)
        assert books is not None
        yield books


def _refuse_others(connection: Connection, sharing: Iterable[Ledger], held: Lease) -> None:
    for books in sharing:
        for one in lease.load(connection, books.workspace):
            if one.fence != held.fence or one.holder != held.holder:
                raise lease.locked(books.workspace, one)


def reseal(connection: Connection, books: Ledger, old: Bound, new: Bound) -> int:
    """How many rows are sealed anew. The history must not be guarded meanwhile."""
    renewed = _renewer(old, new)
    stored, _ = rows.load(connection, books.workspace, books.total)
    before = {rows.name_of(row): row for row in stored}
    after = {name: renewed(row) for name, row in before.items()}
    rows.replace(connection, books, before, after)
    _rewrite_history(connection, books, renewed)
    books.seal = new.books.seal
    ledger.keep(connection, books)
    return sum(after[name] != row for name, row in before.items())


def _renewer(old: Bound, new: Bound) -> Callable[[Row], Row]:
    """Each row is sealed once: a seal never comes out twice alike, and rows equal their history."""

    @cache
    def renewed(row: Row) -> Row:
        if row.kind not in _CODERS or not _is_sealed(row):
            return row
        return _CODERS[row.kind](row, old, new)

    return renewed


def _is_sealed(row: Row) -> bool:
    """Whether anything in it may be sealed; a false alarm costs only time."""
    return '"sealed":' in row.body or '"sensitive":' in row.body


def _instance(row: Row, old: Bound, new: Bound) -> Row:
    return codec.instance_row(codec.instances_of([row], old)[0], row.version, new)


def _intent(row: Row, old: Bound, new: Bound) -> Row:
    return codec.intent_row(codec.intent_of(row, old), new)


def _output(row: Row, old: Bound, new: Bound) -> Row:
    return codec.output_row(row.key, codec.output_of(row, old), row.version, new)


_CODERS: dict[str, Callable[[Row, Bound, Bound], Row]] = {
    "instance": _instance,
    "intent": _intent,
    "output": _output,
}


def _rewrite_history(connection: Connection, books: Ledger, renewed: Callable[[Row], Row]) -> None:
    chain, changes = "", []
    query = select(lines).where(lines.c.workspace == books.workspace).order_by(lines.c.number)
    for line in connection.execute(query).all():
        sides = {"before": line.before, "after": line.after}
        for side, version in (("before", line.version_before), ("after", line.version_after)):
            row = Row(line.kind, line.key, line.deposed, version, sides[side])
            sides[side] = renewed(row).body if version else ""
        said = {**line._asdict(), **sides}
        chain = history.linked(chain, list(said.values())[:-1])
        new = {f"new_{name}": text for name, text in {**sides, "chain": chain}.items()}
        changes.append({"at_workspace": books.workspace, "at": line.number, **new})
    if changes:
        connection.execute(_UPDATE, changes)
    books.chain = chain
