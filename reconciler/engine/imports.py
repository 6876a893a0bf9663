"""Objects that a configuration takes over: import blocks to rows that look like remembered ones."""

from collections.abc import Iterator

from reconciler.config.blocks import ImportBlock
from reconciler.engine.resolve import Resolver
from reconciler.engine.situation import Situation
from reconciler.engine.survey import Query
from reconciler.lang.value import is_known, plain
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.state import Handle, Instance
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType


def rows(at: Situation, resolver: Resolver) -> tuple[Instance, ...]:
    """A row for each object to be taken over. An address that state knows already needs no
    import any more.
    """
    known = {row.address for row in at.state.instances}
    wanted = [one for one in at.configuration.imports if one.to not in known]
    return tuple(row for one in wanted for row in _row(one, at, resolver))


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
    text = plain(value) if is_known(value) else None
    if not isinstance(text, str) or not text:
        raise ReconcilerError(
            error(
                "invalid-import-id",
                "Not the name of an object",
                "The id is a text that is known before anything is changed: the GUID or the name of "
                "the object in Exchange.",
                one.id.span,
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
    owners = {row.handle: row.address for row in at.state.instances}
    if len(alike) != 1:
        raise ReconcilerError(_no_object(one, name, rtype, len(alike)))
    if alike[0] in owners:
        raise ReconcilerError(_owned(one, name, str(owners[alike[0]])))
    return alike[0], here[alike[0]]


def _no_resource(one: ImportBlock) -> Diagnostic:
    return error(
        "import-without-resource",
        "Import into a resource that is not declared",
        f"There is no block for {one.to}. Write the resource as it should be; the plan then shows "
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


def _owned(one: ImportBlock, name: str, owner: str) -> Diagnostic:
    return error(
        "already-managed",
        "The object is managed already",
        f"{name!r} is {owner} in this state. An object has one address: take the import out.",
        one.id.span,
    )
