"""Blocks to desired objects: expansion, evaluation, the border to canonical values, secrets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.expand import Names, context_of, instances, switch
from reconciler.config.literals import traversal
from reconciler.engine import absence, checks, ignoring
from reconciler.engine.arguments import Arguments
from reconciler.engine.rooms import Room
from reconciler.engine.sight import Sight
from reconciler.engine.uses import address_of
from reconciler.lang.scope import Moment, Scope
from reconciler.lang.syntax import Expr, GetAttr
from reconciler.lang.value import Value
from reconciler.model.address import Address
from reconciler.model.anything import Path
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.values import Canonical, Sealed, Secret, Values
from reconciler.schema import following
from reconciler.schema.canonical import canonicalise, given, lasting
from reconciler.schema.resource_type import ResourceType

Seal = Callable[[Secret, Sealed | None], Sealed]
"""The digest of a secret; the one given where the secret is still the same."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is the same for a whole run: types, platforms, values of variables, and who seals."""

    types: Mapping[str, ResourceType]
    platforms: Mapping[str, Platform]
    variables: Mapping[str, Value]
    seal: Seal
    workspace: str = "default"
    moment: Moment = Moment()


@dataclass(frozen=True, slots=True)
class _Constants:
    """What all instances of one block share."""

    spans: Mapping[str, Span]
    ignored: frozenset[str]
    ignored_parts: tuple[tuple[str, Path], ...]
    dependencies: tuple[Address, ...]
    backend: str
    here: bool
    """Whether the type exists on that backend."""


class Resolver:
    """Answers what blocks mean. `problems` gathers what is wrong with them."""

    def __init__(
        self, configuration: Configuration, surroundings: Surroundings, problems: Collector
    ) -> None:
        self.configuration = configuration
        self.types = surroundings.types
        self.platforms = surroundings.platforms
        self.sight = Sight(
            configuration,
            surroundings.types,
            surroundings.variables,
            surroundings.workspace,
            problems,
        )
        self.sight.begin(surroundings.moment)
        self._seal = surroundings.seal
        self._constants: dict[Address, _Constants] = {}
        self._passed = {one.path: one.passed for one in configuration.whole()}

    def expand(self, block: ResourceBlock, room: Room) -> Mapping[Address, Names] | None:
        """What each instance of a block in `room` sees besides; None where that cannot be told."""
        address = address_of(block)
        found = instances(block, self.sight.evaluate, room.scope, self.sight.problems)
        if found is None:
            self.sight.lose(address)
            return None
        self.sight.declare(address)
        own = (block.type, block.name)
        return {Address(*own, key, room.path): names for key, names in found.items()}

    def desire(
        self, block: ResourceBlock, address: Address, names: Names, prior: Values
    ) -> Desired | None:
        """One instance as the configuration wants it; None where it has a mistake. `prior`
        holds the Sealed digests that unchanged secrets keep.
        """
        rtype = self.types[block.type]
        scope = self.sight.instance(names, module=address.module)
        same = self._shared(block, rtype)
        if not same.here:
            self.sight.lose(address_of(block))
            return None
        arguments = Arguments(self.sight, block, address, scope).of(rtype)
        hidden = frozenset(arguments.sensitive)
        platform = self.platforms[same.backend]
        values: Values = canonicalise(
            rtype, arguments.raw, platform, arguments.report, sensitive=hidden
        )
        values = ignoring.kept(values, prior, same.ignored_parts) if same.ignored_parts else values
        written = given(rtype, arguments.raw)
        if arguments.broken:
            self.sight.lose(address_of(block))
            sound = {**values, **arguments.doubtful(rtype)}
            rest = Desired(address, sound, written, block.header, same.spans, backend=same.backend)
            self.sight.problems.extend(checks.rules([rest], self.types, self.platforms))
            return None
        sealed, secrets = self._sealed(values, prior)
        return Desired(
            address=address,
            values=sealed,
            given=written,
            span=block.header,
            spans=same.spans,
            sensitive=following.hidden(rtype, hidden),
            secrets=secrets,
            ignored=same.ignored,
            dependencies=same.dependencies,
            backend=same.backend,
            protected=self.switch(block, "prevent_destroy", scope),
            create_before_destroy=self.switch(block, "create_before_destroy", scope),
            lasting=lasting(rtype, values, written, prior, platform) if prior else {},
        )

    def _shared(self, block: ResourceBlock, rtype: ResourceType) -> _Constants:
        address = address_of(block)
        if address not in self._constants:
            used = {use.used for use in self.sight.uses.of_block(block)}
            alias = self.backend_of(block)
            absent = absence.of_block(
                block, rtype, alias, self.platforms, self.configuration.backends
            )
            if absent is not None:
                self.sight.problems.add(absent)
            self._constants[address] = _Constants(
                {name: argument.expr.span for name, argument in block.arguments.items()},
                _ignored(block, rtype),
                _ignored_parts(block, rtype),
                tuple(sorted(used, key=lambda a: a.sort_key)),
                alias,
                absent is None,
            )
        return self._constants[address]

    def _sealed(self, values: Values, prior: Values) -> tuple[Values, dict[str, Secret]]:
        secrets = {name: value for name, value in values.items() if isinstance(value, Secret)}
        if not secrets:
            return values, {}
        sealed: dict[str, Canonical] = dict(values)
        for name, secret in secrets.items():
            before = prior.get(name)
            sealed[name] = self._seal(secret, before if isinstance(before, Sealed) else None)
        return sealed, secrets

    def backend_of(self, block: ResourceBlock) -> str:
        """The alias that a block names, "" for the default backend; the home of types that have
        one. That there is one is a static check.
        """
        home = self.types[block.type].home
        if home:
            return home
        named = block.backend.name if isinstance(block.backend, GetAttr) else ""
        return self._passed[block.module].get(named, named)

    def switch(self, block: ResourceBlock, name: str, scope: Scope) -> bool:
        """A switch of `lifecycle`: false where it is not given or, as is reported, wrong."""
        expr: Expr | None = getattr(block.lifecycle, name)
        if expr is None:
            return False
        before = len(self.sight.problems.found)
        value = self.sight.attempt(expr, scope, context_of(block))
        if len(self.sight.problems.found) > before:
            return False
        found = switch(name, value, expr.span)
        if isinstance(found, bool):
            return found
        self.sight.problems.add(replace(found, context=context_of(block)))
        return False


def _ignored(block: ResourceBlock, rtype: ResourceType) -> frozenset[str]:
    """The arguments of ignore_changes."""
    if isinstance(block.lifecycle.ignore_changes, str):
        return frozenset(rtype.by_name)
    return frozenset(
        str(name)
        for name, *path in _listed(block)
        if not (path and rtype.by_name[str(name)].kind.is_any)
    )


def _ignored_parts(block: ResourceBlock, rtype: ResourceType) -> tuple[tuple[str, Path], ...]:
    """Of values of any type also a part may be ignored; of others it stands for the whole."""
    return tuple(
        (str(name), tuple(path))
        for name, *path in _listed(block)
        if path and rtype.by_name[str(name)].kind.is_any
    )


def _listed(block: ResourceBlock) -> Iterator[Path]:
    listed = block.lifecycle.ignore_changes
    for expr in () if isinstance(listed, str) else listed:
        steps = traversal(expr)
        assert steps is not None
        yield steps
