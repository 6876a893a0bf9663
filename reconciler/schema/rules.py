"""Checks what must hold between arguments, and the words to say it in. Knows no type."""

from collections.abc import Callable, Iterator
from functools import lru_cache

from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Finding, Fleet, FleetRule, Rule, Scene, SceneRule

Test = Callable[[Values], bool]
Check = Callable[[Values, frozenset[str], Platform], Iterator[Finding]]


def check(
    rtype: ResourceType, values: Values, given: frozenset[str], platform: Platform
) -> Iterator[tuple[Rule, Finding]]:
    """Every broken rule. A rule that looks at an UNKNOWN value has to wait. `given` names all
    arguments that are not left at their defaults, for defaults alone break few rules.
    """
    unknown = {name for name, value in values.items() if value is UNKNOWN}
    for rule in _concerned(rtype, given):
        if unknown.isdisjoint(rule.attributes):
            for finding in rule.check(values, given, platform):
                yield rule, finding


@lru_cache(maxsize=1024)
def _concerned(rtype: ResourceType, given: frozenset[str]) -> tuple[Rule, ...]:
    return tuple(r for r in rtype.rules if r.always or not given.isdisjoint(r.attributes))


def check_fleet(
    rtype: ResourceType, fleet: Fleet, others: Fleet, platform: Platform
) -> Iterator[tuple[FleetRule, int, Finding]]:
    """Every rule broken among all objects of one type on one backend: (rule, index, finding)."""
    for rule in rtype.fleet_rules:
        for index, finding in rule.check(fleet, others, platform):
            yield rule, index, finding


def check_scene(rtype: ResourceType, scene: Scene) -> Iterator[tuple[SceneRule, int, Finding]]:
    """Every rule broken in a scene: (rule, index among the wanted, finding)."""
    for rule in rtype.scene_rules:
        for index, finding in rule.check(scene):
            yield rule, index, finding


def is_on(name: str) -> Test:
    return lambda values: values.get(name) is True


def is_off(name: str) -> Test:
    return lambda values: values.get(name) is False


def is_set(name: str) -> Test:
    """Neither null nor an empty set."""
    return lambda values: values.get(name) not in (None, ())


def is_one_of(name: str, *choices: str) -> Test:
    return lambda values: values.get(name) in choices


def either(*tests: Test) -> Test:
    return lambda values: any(test(values) for test in tests)


def both(*tests: Test) -> Test:
    return lambda values: all(test(values) for test in tests)


def no(test: Test) -> Test:
    return lambda values: not test(values)


def excludes(one: Test, other: Test, culprit: str, detail: str) -> Check:
    """`one` and `other` must not hold at once."""

    def find(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
        if one(values) and other(values):
            yield Finding(culprit, detail)

    return find


def needs(one: Test, other: Test, culprit: str, detail: str) -> Check:
    """Where `one` holds, `other` must hold too."""
    return excludes(one, no(other), culprit, detail)


def never(test: Test, culprit: str, detail: str) -> Check:
    """`test` must not hold."""
    return excludes(test, test, culprit, detail)
