"""Which block refers to which, through locals, and the order of evaluation that follows."""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from reconciler.config.blocks import Condition, Configuration, ResourceBlock
from reconciler.lang.references import Reference, references
from reconciler.lang.syntax import Expr
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class Use:
    """`used` is referred to at `span`."""

    used: Address
    span: Span


def address_of(block: ResourceBlock) -> Address:
    return Address(block.type, block.name)


class Uses:
    """Answers which blocks an expression uses. Locals are looked through once each."""

    def __init__(self, configuration: Configuration, types: Iterable[str]) -> None:
        self._configuration = configuration
        self._types = frozenset(types)
        self._locals: dict[str, tuple[Use, ...]] = {}
        self._of_blocks: dict[Address, tuple[Use, ...]] = {}

    def of(self, expressions: Iterable[Expr]) -> tuple[Use, ...]:
        """Uses in order of appearance, each block once."""
        found: dict[Address, Use] = {}
        for expr in expressions:
            for reference in references(expr):
                for use in self._through(reference):
                    found.setdefault(use.used, use)
        return tuple(found.values())

    def _through(self, reference: Reference) -> tuple[Use, ...]:
        name = reference.steps[0] if reference.steps else None
        if reference.root in self._types and isinstance(name, str):
            return (Use(Address(reference.root, name), reference.span),)
        if reference.root == "local":
            return tuple(Use(use.used, reference.span) for use in self._local(name))
        return ()

    def _local(self, name: str | int | None) -> tuple[Use, ...]:
        """A bare or dynamic `local` uses all locals."""
        if not isinstance(name, str):
            every = [self._local(known) for known in self._configuration.locals]
            return tuple(use for uses in every for use in uses)
        if name not in self._locals and name in self._configuration.locals:
            self._locals[name] = ()
            self._locals[name] = self.of((self._configuration.locals[name].expr,))
        return self._locals.get(name, ())

    def of_block(self, block: ResourceBlock) -> tuple[Use, ...]:
        """What a block uses besides itself."""
        address = address_of(block)
        if address not in self._of_blocks:
            found = self.of(expressions(block))
            self._of_blocks[address] = tuple(use for use in found if use.used != address)
        return self._of_blocks[address]


def expressions(block: ResourceBlock) -> Iterator[Expr]:
    """Every expression of a resource block."""
    yield from (argument.expr for argument in block.arguments.values())
    life = block.lifecycle
    single = (block.count, block.for_each, block.backend, life.create_before_destroy,
              life.prevent_destroy, life.enabled)  # fmt: skip
    yield from (expr for expr in single if expr is not None)
    yield from block.depends_on
    yield from life.replace_triggered_by
    yield from _conditions((*life.preconditions, *life.postconditions))


def _conditions(conditions: Iterable[Condition]) -> Iterator[Expr]:
    for condition in conditions:
        yield condition.condition
        yield condition.message


def in_order(
    blocks: Mapping[Address, ResourceBlock], uses: Mapping[Address, tuple[Use, ...]]
) -> tuple[Address, ...]:
    """Used blocks before their users, else as written. Raises ReconcilerError `cycle`.

    The standard library's sorter serves here, because a plan without steps should not pay for
    loading a graph library.
    """
    sorter: TopologicalSorter[Address] = TopologicalSorter()
    for address in blocks:
        sorter.add(address, *(u.used for u in uses[address] if u.used in blocks))
    try:
        return tuple(sorter.static_order())
    except CycleError as found:
        raise _cycle(found.args[1], blocks, uses) from found


def _cycle(
    ring: list[Address],
    blocks: Mapping[Address, ResourceBlock],
    uses: Mapping[Address, tuple[Use, ...]],
) -> ReconcilerError:
    """Names each edge: the ring runs from the used to the user."""
    backwards = ring[::-1]
    edges = [
        f"  {user} uses {use.used} ({use.span.path} line {use.span.line})"
        for user, used in pairwise(backwards)
        for use in uses[user]
        if use.used == used
    ]
    detail = "These resources refer to each other in a ring, so that none can be made first:\n"
    detail += "\n".join(edges) + "\nRemove one of these references."
    return ReconcilerError(
        error("cycle", "Cycle of references", detail, blocks[backwards[0]].header)
    )
