"""Objects that a configuration takes over: import blocks to rows that look like remembered ones."""

from collections.abc import Container, Iterable, Iterator

from reconciler.config.blocks import Configuration, ImportBlock
from reconciler.engine.resolve import Resolver
from reconciler.engine.situation import Situation
from reconciler.engine.survey import Query
from reconciler.engine.uses import address_of
from reconciler.lang.value import is_known, marks, plain
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.state import Handle, Instance, State
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType


def pending(configuration: Configuration, state: State) -> bool:
    """Whether something is to be taken over still."""
    known = {row.address for row in state.instances}
    return any(one.to not in known for one in configuration.imports)


def undeclared(configuration: Configuration) -> Iterator[Diagnostic]:
    """Imports into resources of which there is no block."""
    blocks = {address_of(block) for block in configuration.blocks()}
    for one in configuration.imports:
        if one.to.block not in blocks:
            yield _no_resource(one)


def rows(at: Situation, resolver: Resolver) -> tuple[Instance, ...]:
    """A row for each object to be taken over. An address that state knows already needs no
    import any more.
    """
    known = {row.address for row in at.state.instances}
    found: dict[Address, Instance] = {}
    owners = {row.handle: row.address for row in at.state.instances}
    for one in at.configuration.imports:
        if one.to in found:
            resolver.sight.problems.add(_twice(one))
        elif one.to not in known:
            for row in _row(one, at, resolver):
                if row.handle in owners:
                    resolver.sight.problems.add(_owned(one, str(owners[row.handle])))
                else:
                    found[row.address] = row
                    owners[row.handle] = row.address
    return tuple(found.values())


def astray(
    at: Situation, taken: Iterable[Address], there: Container[Address]
) -> Iterator[Diagnostic]:
    """Imports into instances that the configuration does not have."""
    for address in taken:
        if address not in there and address.block not in there:
            yield from (_no_resource(one) for one in at.configuration.imports if one.to == address)


def _row(one: ImportBlock, at: Situation, resolver: Resolver) -> Iterator[Instance]:
    problems = resolver.sight.problems
    block = resolver.sight.block(one.to.block)
    rtype = resolver.types.get(one.to.type)
    if block is None or rtype is None:
        problems.add(_no_resource(one))
        return
    try:
        name = _identifier(one, resolver)
        alias = resolver.backend_of(block)
        handle, values = _found(one, name, at, rtype, alias)
    except ReconcilerError as failure:
        problems.extend(failure.diagnostics)
        return
    yield Instance(one.to, handle, values, backend=alias)


def _identifier(one: ImportBlock, resolver: Resolver) -> str:
    value = resolver.sight.evaluate(one.id)
    text = plain(value) if is_known(value) and not marks(value) else None
    if not isinstance(text, str) or not text:
        raise ReconcilerError(
            error(
                "invalid-import-id",
                "Not the name of an object",
                "The id is a text that is known before anything is changed and that may be shown: "
                "the GUID or the name of the object in Exchange.",
                one.id.span,
            )
        )
    return text


def _found(
    one: ImportBlock, name: str, at: Situation, rtype: ResourceType, alias: str
) -> tuple[Handle, Values]:
    if rtype.home:
        return Handle(name), dict.fromkeys(rtype.identity, name)
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


def _no_resource(one: ImportBlock) -> Diagnostic:
    return error(
        "import-without-resource",
        "Import into a resource that is not declared",
        f"The configuration has no {one.to}. Write the resource as it should be; the plan then shows "
        "what would change in the object.",
        one.span,
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


def _twice(one: ImportBlock) -> Diagnostic:
    return error(
        "duplicate-import",
        "Two imports into one resource",
        f"Another import block names {one.to} too, and a resource is one object. Take one of them out.",
        one.span,
    )


def _owned(one: ImportBlock, owner: str) -> Diagnostic:
    return error(
        "already-managed",
        "The object is managed already",
        f"This object is {owner}, and an object has one address. Take the import out.",
        one.id.span,
    )
