"""The difference between one desired object, what is remembered, and what is there. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache

from reconciler.model.address import Address
from reconciler.model.anything import Anything
from reconciler.model.desired import Desired
from reconciler.model.plan import Action, Change, Difference, Drift
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, InstanceStatus
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema import following
from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.difference import differing, drifted
from reconciler.schema.resource_type import Can, ResourceType


def current(prior: Instance, observed: Values | None) -> Values | None:
    """The instance as it is now: read back where readable, remembered where not."""
    return None if observed is None else {**prior.values, **observed}


def drift(rtype: ResourceType, prior: Instance, now: Values | None) -> Drift | None:
    """What somebody else changed since the last run; None where nothing."""
    if now is None:
        return Drift(prior.address, prior.values, None, (), prior.sensitive)
    if now == prior.values:
        return None
    changed = tuple(
        Difference(name, prior.values.get(name), now.get(name), name in prior.sensitive)
        for name in sorted(drifted(rtype, prior.values, now))
        if name in prior.values
    )
    return Drift(prior.address, prior.values, now, changed, prior.sensitive) if changed else None


def drifts(
    rows: Mapping[Address, Instance],
    now: Mapping[Address, Values | None],
    types: Mapping[str, ResourceType],
    chosen: Callable[[Address], bool],
) -> tuple[Drift, ...]:
    """Of all that is `chosen`, by address."""
    found = (
        drift(types[a.type], rows[a], now[a])
        for a in sorted(rows, key=lambda a: a.sort_key)
        if chosen(a)
    )
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class Decision:
    """`kept` names arguments whose new value has no effect on an object that exists."""

    change: Change
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """What is to be made, and where."""

    rtype: ResourceType
    platform: Platform = Platform()


def decide(
    kind: Made, desired: Desired, prior: Instance | None, now: Values | None, forced: str
) -> Decision:
    """What to do about one desired instance. `forced` is the reason for a replacement, or ""."""
    rtype = kind.rtype
    if prior is None or now is None:
        return Decision(_creation(kind, desired))
    after = _wanted(rtype, desired, now)
    differences = _differences(rtype, now, after, desired.sensitive | prior.sensitive)
    reason = forced or _replacement(rtype, desired, prior, differences)
    if reason:
        return Decision(_replaced(kind, desired, prior, now, reason))
    action = Action.UPDATE if differences else Action.NO_OP
    hidden = replace(desired, sensitive=_hidden(rtype, desired, prior, now))
    change = _change(hidden, action, now, after, differences, prior.sensitive)
    return Decision(change, _kept(rtype, desired, now))


def _wanted(rtype: ResourceType, desired: Desired, now: Values) -> dict[str, Canonical]:
    after: dict[str, Canonical] = {**now, **desired.values, **desired.lasting}
    for name in _ignored_by(rtype) | desired.ignored:
        if name in now:
            after[name] = now[name]
    if not set(rtype.identity).isdisjoint(differing(rtype, now, after)):
        after.update(_moving(rtype))
    after.update(following.at_update(rtype, now, after))
    return after


@lru_cache(maxsize=64)
def _ignored_by(rtype: ResourceType) -> frozenset[str]:
    return frozenset(a.name for a in rtype.attributes if a.on_change is OnChange.IGNORE)


def _is_ignored(attribute: Attribute, desired: Desired) -> bool:
    return attribute.name in desired.ignored or attribute.on_change is OnChange.IGNORE


def _hidden(rtype: ResourceType, desired: Desired, prior: Instance, now: Values) -> frozenset[str]:
    """What is sensitive by the files, and what was and keeps a value that they do not show."""
    before = (rtype.by_name[name] for name in prior.sensitive if name in rtype.by_name)
    kept = (a.name for a in before if _keeps(a, desired, now))
    return following.hidden(rtype, desired.sensitive.union(kept))


def _keeps(attribute: Attribute, desired: Desired, now: Values) -> bool:
    name = attribute.name
    if name not in desired.values:
        return attribute.presence is Presence.KEPT
    return _is_ignored(attribute, desired) and desired.values[name] != now.get(name)


def _moving(rtype: ResourceType) -> dict[str, Canonical]:
    """Computed values that follow the name: unknown until it has changed."""
    return {
        a.name: UNKNOWN
        for a in rtype.attributes
        if a.presence is Presence.COMPUTED and a.on_change is OnChange.UPDATE
    }


def _kept(rtype: ResourceType, desired: Desired, now: Values) -> tuple[str, ...]:
    """Also where a line was deleted, so that the default would count if anything did."""
    return tuple(
        name
        for name, value in desired.values.items()
        if rtype.by_name[name].on_change is OnChange.IGNORE
        and now.get(name) not in (None, UNKNOWN, value)
        and value is not UNKNOWN
        and name not in desired.ignored
    )


def _differences(
    rtype: ResourceType, now: Values, after: Values, hidden: frozenset[str]
) -> tuple[Difference, ...]:
    """Only what users write; computed values never make a change by themselves."""
    if now == after:
        return ()
    return tuple(
        Difference(
            name,
            now.get(name),
            after[name],
            name in hidden,
            _forces(rtype.by_name[name], now.get(name), after[name]),
        )
        for name in sorted(differing(rtype, now, after))
    )


def _forces(attribute: Attribute, before: Canonical, after: Canonical) -> bool:
    """Whether a change needs a new object; how secret a value is does not."""
    if attribute.on_change is not OnChange.REPLACE:
        return False
    return not (isinstance(before, Anything) and before.is_like(after))


def _replacement(
    rtype: ResourceType, desired: Desired, prior: Instance, found: tuple[Difference, ...]
) -> str:
    if prior.status is InstanceStatus.TAINTED:
        return "replace-because-tainted"
    elsewhere = desired.backend != prior.backend
    cannot = found and Can.UPDATE not in rtype.can
    if elsewhere or cannot or any(d.forces_replacement for d in found):
        return "replace-because-cannot-update"
    return ""


def _fresh(kind: Made, desired: Desired) -> dict[str, Canonical]:
    """A new object: what the server computes is unknown, but for what it gives every one."""
    rtype, platform = kind.rtype, kind.platform
    computed = [a for a in _filled_in(rtype) if a.exists_on(platform)]
    given = {a.name: a.fill({}, platform) if a.default else UNKNOWN for a in computed}
    told = following.foretold(rtype, {**desired.values, **desired.secrets})
    return {**given, **told, **desired.values, **following.at_creation(rtype, desired.values)}


@lru_cache(maxsize=64)
def _filled_in(rtype: ResourceType) -> tuple[Attribute, ...]:
    server = (Presence.COMPUTED, Presence.KEPT)
    return tuple(a for a in rtype.attributes if a.presence in server)


def _creation(kind: Made, desired: Desired) -> Change:
    after = _fresh(kind, desired)
    return _change(desired, Action.CREATE, None, after, (), frozenset())


def _replaced(kind: Made, desired: Desired, prior: Instance, now: Values, reason: str) -> Change:
    action = Action.CREATE_FIRST if desired.create_before_destroy else Action.REPLACE
    after = _fresh(kind, desired)
    found = _differences(kind.rtype, now, after, desired.sensitive | prior.sensitive)
    return _change(desired, action, now, after, found, prior.sensitive, reason)


def _change(  # noqa: PLR0913, PLR0917 (one table of fields)
    desired: Desired,
    action: Action,
    before: Values | None,
    after: Mapping[str, Canonical],
    differences: tuple[Difference, ...],
    before_sensitive: frozenset[str],
    reason: str = "",
) -> Change:
    return Change(
        desired.address,
        action,
        before,
        after,
        differences,
        before_sensitive,
        desired.sensitive,
        reason,
    )
