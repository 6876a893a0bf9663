"""A configuration evaluated without state and without the values of variables: what is constant
shows its mistakes all the same. What some values would mend is no mistake here.
"""

from collections.abc import Iterable, Iterator, Mapping

from reconciler.catalog.index import everything
from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.expand import Names, Repeatable, context_of
from reconciler.engine import adoption, checks, inner, outputs
from reconciler.engine.relocation import statements
from reconciler.engine.resolve import Resolver, Surroundings
from reconciler.engine.rooms import Room
from reconciler.engine.sight import within
from reconciler.engine.triggers import Seen, triggered
from reconciler.engine.uses import address_of, in_order
from reconciler.lang.references import references
from reconciler.lang.syntax import Expr, GetAttr, Index, Name
from reconciler.lang.types import DYNAMIC
from reconciler.lang.value import EPHEMERAL, SENSITIVE, Value, unknown, with_marks
from reconciler.model.address import Address, Key, ModulePath
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.platform import Platform
from reconciler.model.values import Sealed, Secret
from reconciler.schema.resource_type import IN_STATE

_SECRET = ("sensitive-", "ephemeral-")
_ONLY_WITHOUT_VALUES = frozenset(
    {
        "unknown-count",
        "unknown-for-each",
        "unknown-key",
        "unknown-enabled",
        "unknown-prevent-destroy",
        "unknown-create-before-destroy",
    }
)
"""What is wrong here merely because variables have no values yet."""


def variables(configuration: Configuration) -> Mapping[str, Value]:
    """All variables, unknown."""
    found: dict[str, Value] = {}
    for name, variable in configuration.variables.items():
        blank = unknown(DYNAMIC if variable.constraint is None else variable.constraint.type)
        kinds = {SENSITIVE: variable.sensitive, EPHEMERAL: variable.ephemeral}
        found[name] = with_marks(blank, frozenset(one for one, given in kinds.items() if given))
    return found


def rehearsed(configuration: Configuration, platforms: Mapping[str, Platform]) -> list[Diagnostic]:
    """What is wrong whatever the values, if these are the platforms."""
    return _Rehearsal(configuration, platforms).run()


class _Rehearsal:
    def __init__(self, configuration: Configuration, platforms: Mapping[str, Platform]) -> None:
        self._configuration = configuration
        self._problems = Collector()
        types = everything()
        known = {**platforms, IN_STATE: Platform()}
        around = Surroundings(types, known, variables(configuration), _unsealed)
        self._resolver = Resolver(configuration, around, self._problems)
        self._sight = self._resolver.sight
        self._sight.house.imagine = _imagined

    def run(self) -> list[Diagnostic]:
        try:
            self._resources()
        except ReconcilerError as failure:
            self._problems.extend(failure.diagnostics)
        self._problems.extend(adoption.mistakes(self._configuration, self._sight))
        statements(self._configuration, self._sight)
        for name, output in self._configuration.outputs.items():
            before = len(self._problems.found)
            value = self._sight.attempt(output.value, None, f'output "{name}"')
            if len(self._problems.found) == before and self._is_plain(output.value):
                self._problems.extend(outputs.leaks(output, value))
        tuple(outputs.preconditions(self._resolver, self._configuration.outputs))
        before = len(self._problems.found)
        tuple(inner.checked(self._sight))
        calls = self._configuration.modules.values()
        given = [argument.expr for call in calls for argument in call.arguments.values()]
        self._keep_certain(before, given)
        for room in (self._sight.house.room(()), *self._sight.house.modules()):
            for local in room.configuration.locals.values():
                self._sight.attempt(local.expr, room.scope, "locals")
        return [d for d in self._problems if d.code not in _ONLY_WITHOUT_VALUES]

    def _resources(self) -> None:
        blocks = {address_of(block): block for block in self._configuration.blocks()}
        uses = {address: self._sight.uses.of_block(b) for address, b in blocks.items()}
        certain: list[Desired] = []
        possible: list[Desired] = []
        for address in in_order(blocks, uses):
            block = blocks[address]
            for room in self._sight.house.rooms(block.module):
                expanded = self._expanded(block, room)
                found = list(self._block(block, expanded or _one_of(block, room.path)))
                (possible if expanded is None or room.path else certain).extend(found)
        platforms = self._resolver.platforms
        self._problems.extend(checks.rules(certain, everything(), platforms))
        # What may not be there at all stands in nobody's way.
        for one in possible:
            self._problems.extend(checks.rules([one], everything(), platforms))

    def _expanded(self, block: ResourceBlock, room: Room) -> Mapping[Address, Names] | None:
        """The instances; None where their number is not known."""
        before = len(self._problems.found)
        found = self._resolver.expand(block, room)
        counting = (block.count, block.for_each, block.lifecycle.enabled)
        self._keep_certain(before, counting)
        return found

    def _keep_certain(self, before: int, exprs: Iterable[Expr | None]) -> None:
        """Takes out what was found since about secret values that are so for some values only:
        `exprs` are where they may stand.
        """
        certain = {expr.span for expr in exprs if expr is not None and self._is_plain(expr)}
        told = self._problems.found
        told[before:] = [
            one for one in told[before:] if not one.code.startswith(_SECRET) or one.span in certain
        ]

    def _block(
        self, block: ResourceBlock, instances: Mapping[Address, Names]
    ) -> Iterator[Desired]:
        for address, names in instances.items():
            before = len(self._problems.found)
            desired = self._resolver.desire(block, address, names, {})
            known = () if block.module else block.arguments.values()
            self._keep_certain(before, (argument.expr for argument in known))
            self._lifecycle(block, address, names)
            if desired is not None:
                yield desired
                # Nobody knows before a plan what the object will be: users see no value.
                self._sight.lose(address_of(block))

    def _lifecycle(self, block: ResourceBlock, address: Address, names: Names) -> None:
        module = address.module
        scope = self._sight.instance(names, module=module)
        itself = self._sight.instance(names, unknown(DYNAMIC), module)
        tuple(checks.conditions(self._sight, block, address, (scope, itself)))
        try:
            for expr in block.lifecycle.replace_triggered_by:
                triggered(Seen(self._sight, scope, module, {}), expr)
        except ReconcilerError as failure:
            self._problems.extend(within(failure.diagnostics, context_of(block), address))

    def _is_plain(self, expr: Expr) -> bool:
        """Whether the value is that of a variable in any case. What is calculated may come
        from elsewhere, for some values.
        """
        root = expr
        while isinstance(root, GetAttr | Index):
            root = root.of
        if not isinstance(root, Name):
            return False
        (reference, *more) = references(expr)
        if reference.root != "local":
            return not more
        name = reference.steps[0] if reference.steps else None
        local = self._configuration.locals.get(name) if isinstance(name, str) else None
        return local is not None and not more and self._is_plain(local.expr)


def _one_of(block: ResourceBlock, module: ModulePath) -> Mapping[Address, Names]:
    """One instance, standing for all of an unknown number."""
    own = (block.type, block.name)
    return {Address(*own, key, module): names for key, names in _imagined(block).items()}


def _imagined(block: Repeatable) -> Mapping[Key, Names]:
    blank = unknown(DYNAMIC)
    if block.count is not None:
        return {0: {"count": {"index": blank}}}
    if block.for_each is not None:
        return {"*": {"each": {"key": blank, "value": blank}}}
    return {None: {}}


def _unsealed(secret: Secret, before: Sealed | None) -> Sealed:
    return before or Sealed(secret.open, "")
