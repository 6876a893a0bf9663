"""Objects that a configuration takes over: what import blocks ask for, found in Exchange, as rows
that look like remembered ones.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache

from reconciler.config.blocks import ImportBlock
from reconciler.engine.adoption import Target, no_resource, targets, twice
from reconciler.engine.glance import listing
from reconciler.engine.resolve import Resolver
from reconciler.engine.sight import Sight
from reconciler.engine.situation import Situation
from reconciler.engine.survey import Query
from reconciler.lang.value import is_known, marks, plain
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType


@dataclass(frozen=True, slots=True)
class Directory:
    """All objects of one type in one backend; `names` are handles by what users may call them."""

    objects: Mapping[Handle, Values]
    names: Mapping[str, Sequence[Handle]]


def rows(at: Situation, resolver: Resolver, seen: Sight) -> tuple[Instance, ...]:
    """A row for each object to be taken over: which that is, is as `seen`. An address that state
    knows already needs no import any more.
    """
    known = {row.address for row in at.state.instances}
    found: dict[Address, Instance] = {}
    owners = {row.handle: row.address for row in at.state.instances}
    types = resolver.types
    look = cache(lambda query: directory(at.observed.get(query, {}), types[query.type]))
    for one in targets(at.configuration, seen):
        if one.address in found:
            resolver.sight.problems.add(twice(one.block, one.address))
        elif one.address not in known:
            for row in _row(one, look, resolver, seen):
                if row.handle in owners:
                    owner = str(owners[row.handle])
                    resolver.sight.problems.add(_owned(one.block, owner))
                else:
                    found[row.address] = row
                    owners[row.handle] = row.address
    return tuple(found.values())


def astray(
    at: Situation, resolver: Resolver, taken: Iterable[Address], there: Container[Address]
) -> Iterator[Diagnostic]:
    """Imports into instances that the configuration does not have."""
    lost = {a for a in taken if a not in there and a.block not in there}
    for one in targets(at.configuration, resolver.sight) if lost else ():
        if one.address in lost:
            yield no_resource(one.block, one.address)


def _row(
    one: Target, look: Callable[[Query], Directory], resolver: Resolver, seen: Sight
) -> Iterator[Instance]:
    problems = resolver.sight.problems
    block = resolver.sight.block(one.address.block)
    rtype = resolver.types.get(one.address.type)
    if block is None or rtype is None:
        problems.add(no_resource(one.block, one.address))
        return
    try:
        name = identifier(one, seen)
        alias = resolver.backend_of(block)
        query = Query(alias, rtype.name)
        handle, values = find(one.block, name, look(query), rtype, alias)
    except ReconcilerError as failure:
        problems.extend(failure.diagnostics)
        return
    yield Instance(one.address, handle, values, backend=alias)


def identifier(one: Target, seen: Sight) -> str:
    """What names the object. Raises ReconcilerError."""
    value = seen.evaluate(one.block.id, seen.instance(one.names))
    text = plain(value) if is_known(value) and not marks(value) else None
    if not isinstance(text, str) or not text:
        raise ReconcilerError(
            error(
                "invalid-import-id",
                "Not the name of an object",
                "The id is a text that is known before anything is changed and that may be shown: "
                "the GUID or the name of the object in Exchange.",
                one.block.id.span,
            )
        )
    return text


def directory(objects: Mapping[Handle, Values], rtype: ResourceType) -> Directory:
    names: dict[str, list[Handle]] = {}
    for handle, values in objects.items():
        for name in {handle.casefold(), rtype.identity_of(values).casefold()}:
            names.setdefault(name, []).append(handle)
    return Directory(objects, names)


def find(
    one: ImportBlock, name: str, among: Directory, rtype: ResourceType, backend: str
) -> tuple[Handle, Values]:
    """The object of that name. Raises ReconcilerError."""
    if rtype.home:
        return Handle(name), dict.fromkeys(rtype.identity, name)
    alike = among.names.get(name.casefold(), ())
    if len(alike) != 1:
        raise ReconcilerError(_no_object(one, name, len(alike), rtype, backend))
    return alike[0], among.objects[alike[0]]


def _no_object(
    one: ImportBlock, name: str, number: int, rtype: ResourceType, backend: str
) -> Diagnostic:
    how_many = f"{number} objects" if number else "no object"
    return error(
        "import-not-found",
        "No such object to import",
        f'Exchange has {how_many} of the type {rtype.noun} called "{name}". Give the GUID or the name '
        f"of one: {listing(rtype, backend)}",
        one.id.span,
    )


def _owned(one: ImportBlock, owner: str) -> Diagnostic:
    return error(
        "already-managed",
        "The object is managed already",
        f"This object is {owner}, and an object has one address. Take the import out.",
        one.id.span,
    )
