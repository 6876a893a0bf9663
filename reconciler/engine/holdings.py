"""What Exchange has and nobody here manages: which objects, and which of them setup made. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from reconciler.engine.survey import Observed
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import Values
from reconciler.schema.resource_type import Can, ResourceType


@dataclass(frozen=True, slots=True)
class Holding:
    """One object without an owner. `system`: it is always there, or setup or Exchange made it.
    `backend` is the alias.
    """

    rtype: ResourceType
    backend: str
    platform: Platform
    handle: Handle
    values: Values
    system: bool

    @property
    def identity(self) -> str:
        return self.rtype.identity_of(self.values)


def holdings(
    observed: Observed,
    types: Mapping[str, ResourceType],
    platforms: Mapping[str, Platform],
    owned: Collection[tuple[str, Handle]],
) -> tuple[Holding, ...]:
    """By backend, type and identity. `owned` are the backends and handles of what is managed."""
    found = (
        _holding(types[query.type], query.backend, platforms[query.backend], handle, values)
        for query, here in observed.items()
        for handle, values in here.items()
        if (query.backend, handle) not in owned
    )
    return tuple(sorted(found, key=_place))


def _holding(
    rtype: ResourceType, backend: str, platform: Platform, handle: Handle, values: Values
) -> Holding:
    """What Exchange itself made, or what setup did, is told apart by the type."""
    always = Can.CREATE not in rtype.can_on(platform)
    system = always or (rtype.setup is not None and rtype.setup(values))
    return Holding(rtype, backend, platform, handle, values, system)


def _place(one: Holding) -> tuple[str, str, str, str]:
    return (one.backend, one.rtype.name, one.identity.casefold(), one.handle)


def chosen(found: Iterable[Holding], patterns: Sequence[str]) -> Iterator[Holding]:
    """Those that a pattern means; all of them where there is none."""
    for one in found:
        if not patterns or any(_fits(one, pattern) for pattern in patterns):
            yield one


def _fits(one: Holding, pattern: str) -> bool:
    """`TYPE`, or `TYPE.IDENTITY`; `*`, `?` and `[…]` stand for what they do among files, and case
    does not count in names.
    """
    kind, dot, name = pattern.partition(".")
    named = not dot or fnmatchcase(one.identity.casefold(), name.casefold())
    return fnmatchcase(one.rtype.name, kind) and named


def idle(
    every: Collection[Holding], patterns: Iterable[str], code: str = "nothing-unmanaged"
) -> Iterator[Diagnostic]:
    """Patterns that mean nothing at all."""
    for pattern in patterns:
        if not any(_fits(one, pattern) for one in every):
            yield error(
                code,
                "Pattern that fits nothing",
                f'Exchange has no object for "{pattern}" that is not managed already. A pattern is a '
                'type, or a type and a name, such as "send_connector" or "receive_connector.MBX1*". '
                "To see what there is, run: reconciler unmanaged",
            )
