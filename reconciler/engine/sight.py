"""What expressions see: variables, locals, and of each resource what is known so far.

It is told, with `learn`, what an instance will be (by the planner) or became (by the executor).
Values are made only when an expression asks for them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.expand import Names
from reconciler.engine.exposure import assembled, exposed
from reconciler.engine.uses import Uses, address_of
from reconciler.lang.evaluate import Program
from reconciler.lang.evaluate import compile as compiled
from reconciler.lang.scope import Namespace, Scope
from reconciler.lang.shape import DYNAMIC
from reconciler.lang.syntax import Expr
from reconciler.lang.value import Value, unknown
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType

_Known = tuple[ResourceType, Values, frozenset[str]]


class Sight:
    """`problems` gathers what is wrong with the expressions that are attempted."""

    def __init__(
        self,
        configuration: Configuration,
        types: Mapping[str, ResourceType],
        variables: Mapping[str, Value],
        workspace: str,
        problems: Collector,
    ) -> None:
        self.configuration = configuration
        self.problems = problems
        self.uses = Uses(configuration, types)
        self._types = types
        self._blocks = {address_of(block): block for block in configuration.resources}
        self._programs: dict[int, Program] = {}
        self._locals: dict[str, Value] = {}
        self._hanging: dict[Address, set[str]] = defaultdict(set)
        self._known: dict[Address, dict[Key, _Known | None]] = {}
        self._assembled: dict[Address, Value] = {}
        self._broken: set[Address] = set()
        self.scope = Scope(self._roots(variables, workspace), base=configuration.root)

    def _roots(
        self, variables: Mapping[str, Value], workspace: str
    ) -> dict[str, Value | Namespace]:
        here: dict[str, Value] = {
            "root": ".",
            "module": ".",
            "cwd": self.configuration.root.as_posix(),
        }
        roots: dict[str, Value | Namespace] = {
            "var": Namespace(variables.__getitem__, lambda: variables, "variable"),
            "local": Namespace(self._local, lambda: self.configuration.locals, "local"),
            "path": here,
            "reconciler": {"workspace": workspace},
        }
        for name in self._types:
            roots[name] = self._namespace(name)
        return roots

    def _namespace(self, rtype: str) -> Namespace:
        return Namespace(
            lambda name: self._block_value(Address(rtype, name)),
            lambda: (a.name for a in self._blocks if a.type == rtype),
            "resource",
        )

    def _local(self, name: str) -> Value:
        """Raises KeyError for one that is not declared."""
        if name not in self._locals:
            expr = self.configuration.locals[name].expr
            for use in self.uses.of((expr,)):
                self._hanging[use.used].add(name)
            self._locals[name] = self.evaluate(expr, self.scope)
        return self._locals[name]

    def _block_value(self, address: Address) -> Value:
        block = self._blocks[address]
        if address in self._broken or address not in self._known:
            return unknown(DYNAMIC)
        if address not in self._assembled:
            instances = {key: _seen(known) for key, known in self._known[address].items()}
            self._assembled[address] = assembled(instances, repetition(block))
        return self._assembled[address]

    def block(self, address: Address) -> ResourceBlock | None:
        """The block that is declared under `address`."""
        return self._blocks.get(address)

    def program(self, expr: Expr) -> Program:
        """The expression compiled; each node once."""
        found = self._programs.get(id(expr))
        if found is None:
            found = self._programs[id(expr)] = compiled(expr)
        return found

    def evaluate(self, expr: Expr, scope: Scope | None = None) -> Value:
        """Raises ReconcilerError."""
        return self.program(expr)(scope or self.scope)

    def attempt(self, expr: Expr, scope: Scope | None = None, context: str = "") -> Value:
        """The value, or an unknown one and a problem in the collector."""
        try:
            return self.evaluate(expr, scope)
        except ReconcilerError as failure:
            self.problems.extend(within(failure.diagnostics, context))
            return unknown(DYNAMIC)

    def instance(self, names: Names, myself: Value | None = None) -> Scope:
        """The scope of one instance: `each` or `count`, and `self` where there is one."""
        own = dict(names) if myself is None else {**names, "self": myself}
        return Scope(own, parent=self.scope, base=self.scope.base) if own else self.scope

    def declare(self, block: Address) -> None:
        """From now on the block is known, as yet without instances."""
        self._known.setdefault(block, {})

    def learn(self, address: Address, known: _Known | None) -> None:
        """From now on expressions see the instance so: its type, values, sensitive arguments;
        None where nobody knows.
        """
        block = address.block
        self._known.setdefault(block, {})[address.key] = known
        self._assembled.pop(block, None)
        for name in self._hanging.pop(block, ()):
            self._locals.pop(name, None)

    def lose(self, block: Address) -> None:
        """From now on expressions see the whole block as unknown."""
        self._broken.add(block)


def _seen(known: _Known | None) -> Value:
    return unknown(DYNAMIC) if known is None else exposed(*known)


def repetition(block: ResourceBlock) -> str:
    """`count`, `for_each` or ""."""
    if block.count is not None:
        return "count"
    return "for_each" if block.for_each is not None else ""


def context_of(block: ResourceBlock) -> str:
    return f'resource "{block.type}" "{block.name}"'


def within(
    found: Iterable[Diagnostic], context: str, address: Address | None = None
) -> Iterator[Diagnostic]:
    """The findings with the block and the instance they are about, where they do not say."""
    for one in found:
        yield replace(
            one,
            context=one.context or context or None,
            address=one.address or (str(address) if address else None),
        )
