"""Which block refers to which, through locals and modules, and the order of evaluation that follows.

Everything here is as declared: addresses bear no keys.
"""

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from reconciler.config.blocks import (
    Condition,
    Configuration,
    ModuleCall,
    OutputBlock,
    ResourceBlock,
)
from reconciler.config.data import flat
from reconciler.lang.references import Reference, references
from reconciler.lang.syntax import Expr
from reconciler.model.address import Address, ModulePath
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class Use:
    """`used` is referred to at `span`."""

    used: Address
    span: Span


Found = tuple[Use, ...]
_Node = tuple[ModulePath, str, str]
"""A local, variable or output: its module, `local`, `var` or `output`, its name."""


def address_of(block: ResourceBlock) -> Address:
    return Address(block.type, block.name, None, block.module)


class Uses:
    """Answers which blocks an expression uses. Each name is looked through once."""

    def __init__(self, project: Configuration, types: Iterable[str]) -> None:
        self._types = frozenset(types)
        self._modules = {one.path: one for one in project.whole()}
        self._of_nodes: dict[_Node, Found] = {}
        self._of_blocks: dict[Address, Found] = {}
        self._of_calls: dict[ModulePath, Found] = {(): ()}

    def of(self, expressions: Iterable[Expr], module: ModulePath = ()) -> Found:
        """Uses in order of appearance, each block once."""
        return _once(
            use
            for expr in expressions
            for reference in references(expr)
            for use in self._through(reference, module)
        )

    def _through(self, reference: Reference, module: ModulePath) -> Found:
        reference = flat(reference)
        name = reference.steps[0] if reference.steps else None
        if reference.root in self._types and isinstance(name, str):
            return (Use(Address(reference.root, name, None, module), reference.span),)
        match reference.root:
            case "local" | "var" as kind:
                found = self._named(module, kind, name)
            case "module" if name in self._modules[module].children:
                found = self._outputs(module, str(name), reference)
            case _:
                return ()
        return tuple(Use(use.used, reference.span) for use in found)

    def _named(self, module: ModulePath, kind: str, name: str | int | None) -> Found:
        """A bare or dynamic name stands for all of its kind."""
        one = self._modules[module]
        known: Iterable[str] = one.locals if kind == "local" else one.variables
        if not isinstance(name, str):
            return tuple(use for each in known for use in self.node(module, kind, each))
        return self.node(module, kind, name) if name in known else ()

    def _outputs(self, module: ModulePath, name: str, reference: Reference) -> Found:
        call, inner = self._modules[module].modules[name], (*module, (name, None))
        output = call.output(reference.steps)
        known = self._modules[inner].outputs
        meant = [output] if output in known else known
        found = [use for each in meant for use in self.node(inner, "output", str(each))]
        return (*self._of_call(inner), *found)

    def node(self, module: ModulePath, kind: str, name: str) -> Found:
        """What a local, a variable or an output uses."""
        node = (module, kind, name)
        if node not in self._of_nodes:
            self._of_nodes[node] = ()  # a ring ends here; it is reported as such
            self._of_nodes[node] = self._computed(*node)
        return self._of_nodes[node]

    def _computed(self, module: ModulePath, kind: str, name: str) -> Found:
        one = self._modules[module]
        match kind:
            case "local":
                return self.of((one.locals[name].expr,), module)
            case "output":
                return self.of_output(one.outputs[name], module)
            case _:
                caller = module[:-1]
                argument = self._call(module).arguments.get(name) if module else None
                return self.of((argument.expr,), caller) if argument else ()

    def _call(self, module: ModulePath) -> ModuleCall:
        return self._modules[module[:-1]].modules[module[-1][0]]

    def _of_call(self, module: ModulePath) -> Found:
        """What must be known or done before anything of a module."""
        if module not in self._of_calls:
            call, caller = self._call(module), module[:-1]
            counted = [expr for expr in (call.count, call.for_each) if expr is not None]
            own = (*self.of(counted, caller), *self._ordered(call.depends_on, caller))
            self._of_calls[module] = _once((*self._of_call(caller), *own))
        return self._of_calls[module]

    def _ordered(self, expressions: Iterable[Expr], module: ModulePath) -> Iterator[Use]:
        """What `depends_on` names: a module is everything in it."""
        for expr in expressions:
            yield from self.of((expr,), module)
            for reference in references(expr):
                if reference.root == "module" and reference.steps:
                    inner = (*module, (str(reference.steps[0]), None))
                    one = self._modules.get(inner)
                    blocks = one.blocks() if one else ()
                    yield from (Use(address_of(block), reference.span) for block in blocks)

    def ordered(self, block: ResourceBlock) -> tuple[Address, ...]:
        """What a block must wait for because it, or a call around it, says so."""
        found = [*self._ordered(block.depends_on, block.module), *self._of_call(block.module)]
        return tuple(use.used for use in found)

    def of_block(self, block: ResourceBlock) -> Found:
        """What a block uses besides itself."""
        address = address_of(block)
        if address not in self._of_blocks:
            found = _once(
                (
                    *self.of(expressions(block), block.module),
                    *self._ordered(block.depends_on, block.module),
                    *self._of_call(block.module),
                )
            )
            self._of_blocks[address] = tuple(use for use in found if use.used != address)
        return self._of_blocks[address]

    def of_output(self, block: OutputBlock, module: ModulePath = ()) -> Found:
        """What an output uses, its preconditions too."""
        expressions = (block.value, *_conditions(block.preconditions))
        found = (*self.of(expressions, module), *self._ordered(block.depends_on, module))
        return _once(found)


def _once(uses: Iterable[Use]) -> Found:
    found: dict[Address, Use] = {}
    for use in uses:
        found.setdefault(use.used, use)
    return tuple(found.values())


def expressions(block: ResourceBlock) -> Iterator[Expr]:
    """Every expression of a resource block but its depends_on."""
    yield from (argument.expr for argument in block.arguments.values())
    life = block.lifecycle
    single = (block.count, block.for_each, block.backend, life.create_before_destroy,
              life.prevent_destroy, life.enabled)  # fmt: skip
    yield from (expr for expr in single if expr is not None)
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
