"""What must hold of desired objects: rules, conditions, and changes that cannot be made."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace

from reconciler.config.blocks import Condition, ResourceBlock
from reconciler.config.expand import context_of
from reconciler.engine.keeping import Seen, explained, place, seen
from reconciler.engine.sight import Sight
from reconciler.lang.scope import Scope
from reconciler.lang.value import SENSITIVE, is_known, marks, plain
from reconciler.model.address import Address, shown
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, Severity, error, warning
from reconciler.model.plan import Change, Check
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.values import Values
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Finding, Fleet, FleetRule, Rule, Scene, SceneRule
from reconciler.schema.rules import check, check_fleet, check_scene


@dataclass(frozen=True, slots=True)
class Around:
    """`others` are objects that nobody here manages, by backend and type; `staying` what becomes
    of wanted ones that are there and that the plan leaves or changes.
    """

    others: Mapping[tuple[str, str], Fleet] = field(default_factory=dict)
    staying: Mapping[Address, Change] = field(default_factory=dict)


_Fleets = dict[tuple[str, str], list[tuple[Desired, Seen]]]
"""What is wanted, by backend and type."""


def rules(
    desired: Sequence[Desired],
    types: Mapping[str, ResourceType],
    platforms: Mapping[str, Platform],
    around: Around = Around(),  # noqa: B008 (frozen)
) -> Iterator[Diagnostic]:
    """Broken rules of each object, then of all objects of a type in one backend together. What an
    object keeps counts as if it were written.
    """
    fleets: _Fleets = defaultdict(list)
    for one in desired:
        rtype, platform = types[one.address.type], platforms[one.backend]
        sight = seen(one, rtype, around.staying.get(one.address))
        for rule, finding in check(rtype, sight.values, one.given, platform):
            told = replace(finding, detail=explained(finding, sight, rtype))
            yield _finding(one, rule, told, place(one, finding, rule.attributes))
        fleets[one.backend, one.address.type].append((one, sight))
    for (backend, name), fleet in fleets.items():
        scene = _scene(types[name], fleets, around, (backend, platforms[backend]))
        for fleet_rule, index, finding in _together(types[name], scene):
            one, sight = fleet[index]
            told = replace(finding, detail=explained(finding, sight, types[name]))
            yield _finding(one, fleet_rule, told, place(one, finding, _looked_at(fleet_rule)))


def _looked_at(rule: FleetRule | SceneRule) -> tuple[str, ...]:
    return rule.attributes if isinstance(rule, SceneRule) else ()


def _scene(
    rtype: ResourceType, fleets: _Fleets, around: Around, where: tuple[str, Platform]
) -> Scene:
    backend, platform = where
    fleet = fleets[backend, rtype.name]
    staying = (around.staying.get(one.address) for one, _ in fleet)
    before = [None if change is None else change.before for change in staying]
    names = {name for rule in rtype.scene_rules for name in rule.beside}
    beside = {
        name: [
            *_labelled(fleets.get((backend, name), ())),
            *around.others.get((backend, name), ()),
        ]
        for name in names
    }
    others = around.others.get((backend, rtype.name), ())
    return Scene(_labelled(fleet), others, before, platform, beside)


def _labelled(fleet: Iterable[tuple[Desired, Seen]]) -> Fleet:
    return [(str(one.address), sight.values) for one, sight in fleet]


def _together(
    rtype: ResourceType, scene: Scene
) -> Iterator[tuple[FleetRule | SceneRule, int, Finding]]:
    yield from check_fleet(rtype, scene.wanted, scene.others, scene.platform)
    yield from check_scene(rtype, scene)


def _finding(
    one: Desired, rule: Rule | FleetRule | SceneRule, finding: Finding, span: Span | None
) -> Diagnostic:
    severity = Severity.ERROR if rule.level.is_error else Severity.WARNING
    return one.about(Diagnostic(severity, rule.code, rule.summary, finding.detail, span))


def unchangeable(
    desired: Desired, now: Values, names: Iterable[str], rtype: ResourceType
) -> Iterator[Diagnostic]:
    """Arguments that count at creation only, and were changed on an object that exists."""
    for name in names:
        was, will = "another value", "the new one"
        if name not in desired.sensitive:
            show = rtype.by_name[name].kind.show
            was, will = f"{name} = {show(now[name])}", show(desired.values[name])
        found = warning(
            "counts-at-creation-only",
            "The argument counts only when the object is made",
            f"{desired.address} was made with {was}. Exchange can neither change nor show {name} "
            f"afterwards, so that {will} has no effect on it. To make the object anew, plan with "
            f"-replace='{desired.address}'.",
            desired.spans.get(name, desired.span),
        )
        yield desired.about(found)


def conditions(
    sight: Sight, block: ResourceBlock, address: Address, scopes: tuple[Scope, Scope]
) -> Iterator[Check]:
    """Preconditions in the first scope, postconditions (which see `self`) in the second."""
    life = block.lifecycle
    where = (str(address), context_of(block))
    for kind, listed, scope in (
        ("precondition", life.preconditions, scopes[0]),
        ("postcondition", life.postconditions, scopes[1]),
    ):
        for condition in listed:
            yield outcome(sight, condition, scope, (kind, *where))


def outcome(
    sight: Sight, condition: Condition, scope: Scope | None, what: tuple[str, str, str]
) -> Check:
    """One condition evaluated; `what` is its kind, address and context. False is a problem."""
    problems = sight.problems
    kind, address, context = what
    before = len(problems.found)
    value = sight.attempt(condition.condition, scope, context)
    if len(problems.found) > before:
        return Check(address, kind, "error")
    if not is_known(value):
        return Check(address, kind, "unknown")
    result = plain(value)
    result = {"true": True, "false": False}.get(result, result) if type(result) is str else result
    if result is True:
        return Check(address, kind, "pass")
    message = _message(sight, condition, scope, context)
    if not isinstance(result, bool):
        problems.add(_not_bool(condition, context))
        return Check(address, kind, "error")
    severity = warning if kind == CHECK else error
    found = severity(
        f"{kind}-failed", f"{_SPOKEN[kind]} failed", message, condition.condition.span
    )
    problems.add(replace(found, context=context, address=address))
    return Check(address, kind, "fail", (message,))


def assertions(sight: Sight) -> Iterator[Check]:
    """The check blocks of all modules. One that fails is a warning."""
    for room in (sight.house.room(()), *sight.house.modules()):
        prefix = f"{shown(room.path)}." if room.path else ""
        for block in room.configuration.checks.values():
            what = (CHECK, f"{prefix}check.{block.name}", f'check "{block.name}"')
            for condition in block.asserts:
                yield outcome(sight, condition, room.scope, what)


CHECK = "check"
_SPOKEN = {
    "precondition": "Precondition",
    "postcondition": "Postcondition",
    "output-precondition": "Output precondition",
    CHECK: "Assertion of a check",
}


def _message(sight: Sight, condition: Condition, scope: Scope | None, context: str) -> str:
    value = sight.attempt(condition.message, scope, context)
    if not is_known(value):
        return "The condition does not hold. Its message is not known before apply."
    if SENSITIVE in marks(value):
        return "The condition does not hold. Its message is not shown: it holds a sensitive value."
    return str(plain(value))


def _not_bool(condition: Condition, context: str) -> Diagnostic:
    found = error(
        "condition-not-bool",
        "Not true or false",
        "A condition must come out as true or false. Compare something, as in self.port == 25.",
        condition.condition.span,
    )
    return replace(found, context=context)
