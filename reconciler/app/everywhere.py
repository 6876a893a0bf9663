"""What is wrong on every platform that the files permit."""

from collections.abc import Callable, Iterable, Mapping

from reconciler.config.blocks import BackendBlock
from reconciler.lang.meter import TOO_MUCH
from reconciler.lang.syntax import Text
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.platform import EVERY_VERSION, ONLINE, ROLES, Platform

Find = Callable[[Mapping[str, Platform]], list[Diagnostic]]
"""What is wrong if the backends, by alias, are these platforms."""


def everywhere(backends: Iterable[BackendBlock], find: Find) -> Iterable[Diagnostic]:
    """Each finding once."""
    found: list[list[Diagnostic]] = []
    for platforms in _platforms(backends):
        found.append(find(platforms))
        if any(one.code == TOO_MUCH for one in found[-1]):
            break  # as it would be everywhere
    counted = [each for each in found if not _is_elsewhere(each)] or found
    common = set.intersection(*({_sameness(d) for d in each} for each in counted))
    return dict.fromkeys(d for d in counted[0] if _sameness(d) in common)


def _is_elsewhere(found: Iterable[Diagnostic]) -> bool:
    """Whether platforms lack a type, so that nobody means those: they hide what is wrong with it."""
    return any(one.code.startswith("type-not-on-this-") for one in found)


def _sameness(found: Diagnostic) -> tuple[object, ...]:
    """What makes two findings the same although they speak of two platforms."""
    return (found.code, found.span, found.address)


def _platforms(blocks: Iterable[BackendBlock]) -> list[dict[str, Platform]]:
    """The platforms that the backends may be, by alias; the usual ones first."""
    possible = {block.alias: _possible(block) for block in blocks} or {"": [Platform()]}
    most = max(map(len, possible.values()))
    return [{a: found[n % len(found)] for a, found in possible.items()} for n in range(most)]


def _possible(block: BackendBlock) -> list[Platform]:
    usual = Platform()
    versions = _choices(block, "version", usual.version, EVERY_VERSION)
    roles = _choices(block, "role", usual.role, ROLES)
    every = (Platform(version, role) for role in roles for version in versions)
    # Of Exchange Online there is one, whatever role is written.
    return list(dict.fromkeys(Platform(ONLINE) if p.version == ONLINE else p for p in every))


def _choices(block: BackendBlock, name: str, usual: str, every: tuple[str, ...]) -> list[str]:
    """What a setting may be: mistakes in it are told elsewhere."""
    argument = block.arguments.get(name)
    if argument is None:
        return [usual]
    if isinstance(argument.expr, Text) and argument.expr.value in every:
        return [argument.expr.value]
    return [usual, *(one for one in every if one != usual)]
