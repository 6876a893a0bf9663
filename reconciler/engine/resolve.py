"""Evaluates the blocks of a configuration against what is known so far.

It knows values and blocks, not what will be done about them: the planner tells it, with
`learn`, what each instance will be, and the executor what each instance became.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.expand import Names, by_count, by_each, count_keys, each_values
from reconciler.engine.exposure import assembled, exposed
from reconciler.engine.uses import Uses, address_of
from reconciler.lang.evaluate import Program
from reconciler.lang.evaluate import compile as compiled
from reconciler.lang.scope import Namespace, Scope
from reconciler.lang.syntax import Expr, GetAttr, Index, Name, Text
from reconciler.lang.types import DYNAMIC
from reconciler.lang.value import EPHEMERAL, SENSITIVE, Value, is_known, marks, plain, unknown
from reconciler.model.address import Address, Key
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.platform import Platform
from reconciler.model.span import Span
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Secret, Values
from reconciler.schema.canonical import canonicalise, given
from reconciler.schema.resource_type import ResourceType

Seal = Callable[[Secret, Sealed | None], Sealed]
"""The digest of a secret; the one given where the secret is still the same."""

SIMPLE = (str, bool, int, type(None), Fraction)


class Surroundings:
    """What is the same for a whole run: types, platforms, values of variables, and who seals."""

    __slots__ = ("platforms", "seal", "types", "variables", "workspace")

    def __init__(
        self,
        types: Mapping[str, ResourceType],
        platforms: Mapping[str, Platform],
        variables: Mapping[str, Value],
        seal: Seal,
        *,
        workspace: str = "default",
    ) -> None:
        self.types = types
        self.platforms = platforms
        self.variables = variables
        self.seal = seal
        self.workspace = workspace


class Resolver:
    """Answers what blocks mean. `problems` gathers what is wrong with them."""

    def __init__(
        self, configuration: Configuration, surroundings: Surroundings, problems: Collector
    ) -> None:
        self.configuration = configuration
        self.problems = problems
        self.types = surroundings.types
        self.platforms = surroundings.platforms
        self.uses = Uses(configuration, surroundings.types)
        self._surroundings = surroundings
        self._programs: dict[int, Program] = {}
        self._locals: dict[str, Value] = {}
        self._blocks = {address_of(block): block for block in configuration.resources}
        self._known: dict[Address, dict[Key, Value]] = {}
        self._assembled: dict[Address, Value] = {}
        self._broken: set[Address] = set()
        self._scope = Scope(self._roots(), base=configuration.root)

    def _roots(self) -> dict[str, Value | Namespace]:
        variables = self._surroundings.variables
        here: dict[str, Value] = {
            "root": ".",
            "module": ".",
            "cwd": self.configuration.root.as_posix(),
        }
        roots: dict[str, Value | Namespace] = {
            "var": Namespace(variables.__getitem__, lambda: variables),
            "local": Namespace(self._local, lambda: self.configuration.locals),
            "path": here,
            "reconciler": {"workspace": self._surroundings.workspace},
        }
        for name in self._surroundings.types:
            roots[name] = self._namespace(name)
        return roots

    def _namespace(self, rtype: str) -> Namespace:
        return Namespace(
            lambda name: self._block_value(Address(rtype, name)),
            lambda: (a.name for a in self._blocks if a.type == rtype),
        )

    def _local(self, name: str) -> Value:
        """Raises KeyError for one that is not declared."""
        if name not in self._locals:
            expr = self.configuration.locals[name].expr
            self._locals[name] = self.evaluate(expr, self._scope)
        return self._locals[name]

    def _block_value(self, address: Address) -> Value:
        block = self._blocks[address]
        if address in self._broken or address not in self._known:
            return unknown(DYNAMIC)
        if address not in self._assembled:
            self._assembled[address] = assembled(self._known[address], repetition(block))
        return self._assembled[address]

    def program(self, expr: Expr) -> Program:
        """The expression compiled; each node once."""
        found = self._programs.get(id(expr))
        if found is None:
            found = self._programs[id(expr)] = compiled(expr)
        return found

    def evaluate(self, expr: Expr, scope: Scope | None = None) -> Value:
        """Raises ReconcilerError."""
        return self.program(expr)(scope or self._scope)

    def attempt(self, expr: Expr, scope: Scope | None = None, context: str = "") -> Value:
        """The value, or an unknown one and a problem in the collector."""
        try:
            return self.evaluate(expr, scope)
        except ReconcilerError as failure:
            self.problems.extend(_within(failure.diagnostics, context))
            return unknown(DYNAMIC)

    def expand(self, block: ResourceBlock) -> Mapping[Key, Names] | None:
        """What each instance of a block sees besides; None where that cannot be told."""
        try:
            found = self._repeated(block)
        except ReconcilerError as failure:
            self.problems.extend(_within(failure.diagnostics, context_of(block)))
            self._broken.add(address_of(block))
            return None
        self._known.setdefault(address_of(block), {})
        return found

    def _repeated(self, block: ResourceBlock) -> Mapping[Key, Names]:
        enabled = block.lifecycle.enabled
        if enabled is not None and not self.flag(enabled, self._scope, block):
            return {}
        if block.count is not None:
            keys = count_keys(self.evaluate(block.count), block.count.span)
            return by_count(_sound(keys))
        if block.for_each is not None:
            values = each_values(self.evaluate(block.for_each), block.for_each.span)
            return by_each(_sound(values))
        return {None: {}}

    def scope_for(self, names: Names, myself: Value | None = None) -> Scope:
        """The scope of one instance: `each` or `count`, and `self` where there is one."""
        own = dict(names) if myself is None else {**names, "self": myself}
        return Scope(own, parent=self._scope) if own else self._scope

    def learn(
        self, rtype: ResourceType, address: Address, values: Values, sensitive: Iterable[str]
    ) -> None:
        """From now on expressions see the instance so."""
        block = address.block
        self._known.setdefault(block, {})[address.key] = exposed(rtype, values, sensitive)
        self._assembled.pop(block, None)
        if self._locals:
            self._locals.clear()

    def forget(self, block: Address) -> None:
        """From now on expressions see the whole block as unknown."""
        self._broken.add(block)

    def desire(
        self, block: ResourceBlock, key: Key, names: Names, prior: Values
    ) -> Desired | None:
        """One instance as the configuration wants it; None where it has a mistake. `prior`
        holds the Sealed digests that unchanged secrets keep.
        """
        rtype = self._surroundings.types[block.type]
        scope = self.scope_for(names)
        address = Address(block.type, block.name, key)
        draft = _Draft(self.problems, block, address)
        for name, argument in block.arguments.items():
            draft.take(name, self._argument(draft, argument.expr, scope), rtype)
        backend = self.backend_of(block)
        platform = self._surroundings.platforms[backend]
        hidden = frozenset(draft.sensitive)
        values = canonicalise(rtype, draft.raw, platform, draft.report, sensitive=hidden)
        if draft.broken:
            self._broken.add(address_of(block))
            return None
        sealed, secrets = self._sealed(values, prior)
        life = block.lifecycle
        return Desired(
            address=address,
            values=sealed,
            given=given(rtype, draft.raw),
            span=block.header,
            spans={name: argument.expr.span for name, argument in block.arguments.items()},
            sensitive=hidden,
            secrets=secrets,
            ignored=ignored(block, rtype),
            dependencies=self.dependencies(block),
            backend=backend,
            protected=self.flag(life.prevent_destroy, scope, block),
            create_before_destroy=self.flag(life.create_before_destroy, scope, block),
        )

    def _argument(self, draft: "_Draft", expr: Expr, scope: Scope) -> Value:
        try:
            return self.program(expr)(scope)
        except ReconcilerError as failure:
            self.problems.extend(
                _within(failure.diagnostics, context_of(draft.block), draft.address)
            )
            draft.broken = True
            return unknown(DYNAMIC)

    def _sealed(self, values: Values, prior: Values) -> tuple[Values, dict[str, Secret]]:
        secrets = {name: value for name, value in values.items() if isinstance(value, Secret)}
        if not secrets:
            return values, {}
        sealed: dict[str, Canonical] = dict(values)
        for name, secret in secrets.items():
            before = prior.get(name)
            sealed[name] = self._surroundings.seal(
                secret, before if isinstance(before, Sealed) else None
            )
        return sealed, secrets

    def dependencies(self, block: ResourceBlock) -> tuple[Address, ...]:
        return tuple(sorted((u.used for u in self.uses.of_block(block)), key=lambda a: a.sort_key))

    def backend_of(self, block: ResourceBlock) -> str:
        """The alias that a block names, "" for the default backend."""
        if block.backend is None:
            return ""
        match block.backend:
            case GetAttr(of=Name(), name=alias) if alias in self._surroundings.platforms:
                return alias
            case Name() if "" in self._surroundings.platforms:
                return ""
            case _:
                self.problems.add(_no_such_backend(block, block.backend.span))
                return next(iter(self._surroundings.platforms))

    def flag(self, expr: Expr | None, scope: Scope, block: ResourceBlock) -> bool:
        """A lifecycle switch: false where not given; it must be known."""
        if expr is None:
            return False
        value = self.attempt(expr, scope, context_of(block))
        bare = plain(value) if is_known(value) else None
        if isinstance(bare, bool):
            return bare
        if is_known(value):
            self.problems.add(_not_a_switch(block, expr.span))
        return False


class _Draft:
    """The raw arguments of one instance, with what was found wrong among them."""

    def __init__(self, problems: Collector, block: ResourceBlock, address: Address) -> None:
        self.block = block
        self.address = address
        self.raw: dict[str, object] = {}
        self.sensitive: set[str] = set()
        self.broken = False
        self._problems = problems

    def take(self, name: str, value: Value, rtype: ResourceType) -> None:
        if type(value) in SIMPLE:
            self.raw[name] = value
            return
        self.raw[name] = plain(value) if is_known(value) else UNKNOWN
        found = marks(value)
        if SENSITIVE in found:
            self.sensitive.add(name)
        if EPHEMERAL in found and not _may_be_ephemeral(rtype, name):
            self.report(
                "ephemeral-value",
                "Ephemeral value in a remembered argument",
                name,
                f"The value of {name} is ephemeral: it exists during this run only, while {name} "
                "is kept in state. Use it for write-only arguments alone.",
            )

    def report(self, code: str, summary: str, name: str, detail: str) -> None:
        argument = self.block.arguments.get(name)
        span = argument.expr.span if argument else self.block.header
        found = error(code, summary, detail, span)
        self._problems.extend(_within((found,), context_of(self.block), self.address))
        self.broken = True


def _may_be_ephemeral(rtype: ResourceType, name: str) -> bool:
    attribute = rtype.by_name.get(name)
    return attribute is not None and attribute.write_only


_T = TypeVar("_T")


def _sound(found: _T | Diagnostic) -> _T:
    if isinstance(found, Diagnostic):
        raise ReconcilerError(found)
    return found


def repetition(block: ResourceBlock) -> str:
    """`count`, `for_each` or ""."""
    if block.count is not None:
        return "count"
    return "for_each" if block.for_each is not None else ""


def context_of(block: ResourceBlock) -> str:
    return f'resource "{block.type}" "{block.name}"'


def _within(
    found: Iterable[Diagnostic], context: str, address: Address | None = None
) -> Iterator[Diagnostic]:
    for one in found:
        yield replace(
            one,
            context=one.context or context or None,
            address=one.address or (str(address) if address else None),
        )


def ignored(block: ResourceBlock, rtype: ResourceType) -> frozenset[str]:
    """The arguments of ignore_changes."""
    listed = block.lifecycle.ignore_changes
    if isinstance(listed, str):
        return frozenset(rtype.by_name)
    return frozenset(_root(expr) for expr in listed)


def _root(expr: Expr) -> str:
    while isinstance(expr, GetAttr | Index):
        expr = expr.of
    match expr:
        case Name(name=name) | Text(value=name):
            return name
        case _:
            return ""


def _no_such_backend(block: ResourceBlock, span: Span) -> Diagnostic:
    return replace(
        error(
            "no-such-backend",
            "No such backend",
            "There is no backend block of that kind and alias. Write backend = simulated.ALIAS with "
            "the alias of a backend block, or leave the argument out for the default one.",
            span,
        ),
        context=context_of(block),
    )


def _not_a_switch(block: ResourceBlock, span: Span) -> Diagnostic:
    return replace(
        error("not-a-bool", "Not true or false", "This switch must be true or false.", span),
        context=context_of(block),
    )
