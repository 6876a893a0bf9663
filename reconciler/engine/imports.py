"""Objects that a configuration takes over: import blocks to rows that look like remembered ones."""

from collections.abc import Container, Iterable, Iterator

from reconciler.config.blocks import Configuration, ImportBlock
from reconciler.config.expand import Names
from reconciler.config.written import Part, constant
from reconciler.engine.each import each_of, key_of
from reconciler.engine.resolve import Resolver
from reconciler.engine.sight import Sight, repetition, within
from reconciler.engine.situation import Situation
from reconciler.engine.survey import Query
from reconciler.lang.value import is_known, marks, plain
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, Instance, State
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

CONTEXT = "import"


@dataclass(frozen=True, slots=True)
class Target:
    """One object to be taken over; `names` are what its id sees besides."""

    block: ImportBlock
    address: Address
    names: Names


def pending(configuration: Configuration, state: State) -> bool:
    """Whether something may be to be taken over still; of keys that are worked out nobody knows
    yet.
    """
    known = {row.address for row in state.instances}
    return any(
        one.for_each is not None or _address(one, {}, None) not in known
        for one in configuration.imports
    )


def targets(configuration: Configuration, sight: Sight) -> Iterator[Target]:
    """In the order of the text. What is wrong with keys is reported."""
    for one in configuration.imports:
        try:
            for names in each_of(one.for_each, sight):
                yield Target(one, _address(one, names, sight), names)
        except ReconcilerError as failure:
            sight.problems.extend(within(failure.diagnostics, CONTEXT))


def _address(one: ImportBlock, names: Names, sight: Sight | None) -> Address:
    """Raises ReconcilerError. Without a `sight`, keys must be written out."""
    *modules, last = one.to.parts
    path = tuple((part.name, _key(part, names, sight)) for part in modules)
    return Address(last.kind, last.name, _key(last, names, sight), path)


def _key(part: Part, names: Names, sight: Sight | None) -> Key:
    if part.key is None:
        return None
    key = constant(part.key)
    return key_of(part.key, names, sight) if key is None and sight else key


def mistakes(configuration: Configuration, sight: Sight) -> Iterator[Diagnostic]:
    """What is wrong with the blocks whatever there is in state and in Exchange."""
    seen: set[Address] = set()
    for one in configuration.imports:
        block = sight.block(_resource(one))
        if block is None:
            yield _no_resource(one, _resource(one))
        elif one.for_each is None and (address := _address(one, {}, None)) in seen:
            yield _twice(one, address)
        elif one.for_each is None and _is_odd(address.key, repetition(block)):
            yield _no_resource(one, address)
        elif one.for_each is None:
            seen.add(address)
    tuple(targets(configuration, sight))


def _resource(one: ImportBlock) -> Address:
    *modules, last = one.to.parts
    return Address(last.kind, last.name, None, tuple((part.name, None) for part in modules))


def _is_odd(key: Key, repeated: str) -> bool:
    """Whether no instance can have that key."""
    kinds = {"count": int, "for_each": str, "": type(None)}
    return not isinstance(key, kinds[repeated])


def rows(at: Situation, resolver: Resolver) -> tuple[Instance, ...]:
    """A row for each object to be taken over. An address that state knows already needs no
    import any more.
    """
    known = {row.address for row in at.state.instances}
    found: dict[Address, Instance] = {}
    owners = {row.handle: row.address for row in at.state.instances}
    for one in targets(at.configuration, resolver.sight):
        if one.address in found:
            resolver.sight.problems.add(_twice(one.block, one.address))
        elif one.address not in known:
            for row in _row(one, at, resolver):
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
            yield _no_resource(one.block, one.address)


def _row(one: Target, at: Situation, resolver: Resolver) -> Iterator[Instance]:
    problems = resolver.sight.problems
    block = resolver.sight.block(one.address.block)
    rtype = resolver.types.get(one.address.type)
    if block is None or rtype is None:
        problems.add(_no_resource(one.block, one.address))
        return
    try:
        name = _identifier(one, resolver)
        alias = resolver.backend_of(block)
        handle, values = _found(one.block, name, at, rtype, alias)
    except ReconcilerError as failure:
        problems.extend(failure.diagnostics)
        return
    yield Instance(one.address, handle, values, backend=alias)


def _identifier(one: Target, resolver: Resolver) -> str:
    value = resolver.sight.evaluate(one.block.id, resolver.sight.instance(one.names))
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


def _found(
    one: ImportBlock, name: str, at: Situation, rtype: ResourceType, alias: str
) -> tuple[Handle, Values]:
    here = at.observed.get(Query(alias, rtype.name), {})
    folded = name.casefold()
    alike = [
        handle
        for handle, values in here.items()
        if folded in (handle.casefold(), rtype.identity_of(values).casefold())
    ]
    if len(alike) != 1:
        raise ReconcilerError(_no_object(one, name, rtype, len(alike)))
    return alike[0], here[alike[0]]


def _no_resource(one: ImportBlock, address: Address) -> Diagnostic:
    return error(
        "import-without-resource",
        "Import into a resource that is not declared",
        f"The configuration has no {address}. Write the resource as it should be; the plan then shows "
        "what would change in the object.",
        one.to.span,
    )


def _no_object(one: ImportBlock, name: str, rtype: ResourceType, number: int) -> Diagnostic:
    how_many = f"{number} objects" if number else "no object"
    return error(
        "import-not-found",
        "No such object to import",
        f"Exchange has {how_many} of the type {rtype.noun} called {name!r}. Give the GUID or the name "
        f"of one: reconciler sim Get-{rtype.noun}",
        one.id.span,
    )


def _twice(one: ImportBlock, address: Address) -> Diagnostic:
    return error(
        "duplicate-import",
        "Two imports into one resource",
        f"Another import block names {address} too, and a resource is one object. Take one of them out.",
        one.to.span,
    )


def _owned(one: ImportBlock, owner: str) -> Diagnostic:
    return error(
        "already-managed",
        "The object is managed already",
        f"This object is {owner}, and an object has one address. Take the import out.",
        one.id.span,
    )
