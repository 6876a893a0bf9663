"""What import blocks ask for: which object each, for which resource, and what is wrong with that
whatever there is in state and in Exchange.
"""

from collections.abc import Iterator

from reconciler.config.blocks import Configuration, ImportBlock
from reconciler.config.expand import Names, repetition
from reconciler.config.written import Part, constant
from reconciler.engine.each import each_of, key_of
from reconciler.engine.sight import Sight, within
from reconciler.engine.uses import Uses
from reconciler.lang.syntax import Expr
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.state import State

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


def hanging(configuration: Configuration, uses: Uses) -> bool:
    """Whether which objects are meant hangs on resources or data sources."""
    return any(uses.of(_expressions(one)) for one in configuration.imports)


def _expressions(one: ImportBlock) -> Iterator[Expr]:
    yield from (one.id, *one.to.keys)
    if one.for_each is not None:
        yield one.for_each


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
    for one in configuration.imports:
        if sight.block(resource(one)) is None:
            yield no_resource(one, resource(one))
    seen: set[Address] = set()
    for target in targets(configuration, sight):
        block = sight.block(target.address.block)
        if target.address in seen:
            yield twice(target.block, target.address)
        elif block is not None and _is_odd(target.address.key, repetition(block)):
            yield no_resource(target.block, target.address)
        seen.add(target.address)


def fixed(one: ImportBlock) -> Address:
    """The address of a block that is not repeated."""
    return _address(one, {}, None)


def resource(one: ImportBlock) -> Address:
    """The block that takes the object over."""
    *modules, last = one.to.parts
    return Address(last.kind, last.name, None, tuple((part.name, None) for part in modules))


def _is_odd(key: Key, repeated: str) -> bool:
    """Whether no instance can have that key."""
    kinds = {"count": int, "for_each": str, "": type(None)}
    return not isinstance(key, kinds[repeated])


def no_resource(one: ImportBlock, address: Address) -> Diagnostic:
    return error(
        "import-without-resource",
        "Import into a resource that is not declared",
        f"The configuration has no {address}. Write the resource as it should be; the plan then shows "
        "what would change in the object.",
        one.to.span,
    )


def twice(one: ImportBlock, address: Address) -> Diagnostic:
    return error(
        "duplicate-import",
        "Two imports into one resource",
        f"Another import block names {address} too, and a resource is one object. Take one of them out.",
        one.to.span,
    )
