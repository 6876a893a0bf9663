"""Changes to single steps, not yet in order: what each call sends and what is remembered. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.engine.recover import deposed_key
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.plan import Action, Change, Drift, Step, Verb
from reconciler.model.record import dataclass
from reconciler.model.state import Instance
from reconciler.model.values import UNKNOWN, Canonical, Sealed, Values, is_open
from reconciler.schema.attribute import Presence
from reconciler.schema.difference import travelling
from reconciler.schema.resource_type import ResourceType


@dataclass(frozen=True, slots=True)
class Move:
    """One step still without order, with what order needs to know of it.

    `before` and `after` are the object around the step; `uses` the blocks that the configuration
    says it uses from now on, `used` those that it used until now. `replaces` is set on both
    halves of a replacement: "first" (the delete comes first) or "last".
    """

    step: Step
    before: Values | None
    after: Values | None
    uses: tuple[Address, ...] = ()
    used: tuple[Address, ...] = ()
    replaces: str = ""


def moves(
    rtype: ResourceType, change: Change, desired: Desired | None, prior: Instance | None
) -> Iterator[Move]:
    """The steps that one change takes."""
    match change.action:
        case Action.CREATE if desired:
            made = _creation(rtype, change, desired)
            if prior:  # gone by itself, so that its row is no left-over of a replacement
                gone = forgetting(prior)
                made = replace(made, step=replace(made.step, needs=(gone.step.id,)))
                yield gone
            yield made
        case Action.UPDATE if desired and prior:
            yield _update(rtype, change, desired, prior)
        case Action.REPLACE if desired and prior:
            yield _deletion(rtype, prior, change.before, replaces="first")
            yield _creation(rtype, change, desired, replaces="first")
        case Action.CREATE_FIRST if desired and prior:
            yield _creation(rtype, change, desired, replaces="last")
            aside = replace(prior, deposed=deposed_key(prior))
            yield _deletion(rtype, aside, change.before, replaces="last")
        case Action.READ if desired:
            yield _reading(desired)
        case Action.DELETE if prior:
            yield _deletion(rtype, prior, change.before)
        case Action.FORGET if prior:
            yield forgetting(prior)
        case _:
            pass


def _identifier(verb: Verb, address: Address, deposed: str = "") -> str:
    return f"{verb} {address}" + (f" (deposed {deposed})" if deposed else "")


def _reading(desired: Desired) -> Move:
    address = desired.address
    step = Step(_identifier(Verb.READ, address), address, Verb.READ, None, "", {}, {})
    return Move(_filled(step, desired), None, None, desired.dependencies)


def _creation(rtype: ResourceType, change: Change, desired: Desired, replaces: str = "") -> Move:
    after = change.after or {}
    step = _filled(
        Step(
            id=_identifier(Verb.CREATE, desired.address),
            address=desired.address,
            verb=Verb.CREATE,
            handle=None,
            identity=identity(rtype, after),
            values=dict(_sent_at_creation(rtype, desired)),
            after=after,
        ),
        desired,
    )
    return Move(step, None, after, desired.dependencies, (), replaces)


def _sent_at_creation(rtype: ResourceType, desired: Desired) -> Iterator[tuple[str, Canonical]]:
    """What the user wrote, and the defaults that documentation and servers disagree about."""
    for name, value in desired.values.items():
        if value is not None and (name in desired.given or rtype.by_name[name].pinned):
            yield name, value


def _update(rtype: ResourceType, change: Change, desired: Desired, prior: Instance) -> Move:
    before, after = change.before or {}, {**(change.after or {})}
    values = sent_at_update(rtype, (d.name for d in change.differences), after)
    for name in [n for n, value in values.items() if isinstance(value, Sealed)]:
        # One that is ignored travels with what it is coupled to, but what was sent is not known.
        if name in desired.secrets:
            values[name] = after[name] = desired.values[name]
        else:
            del values[name]
    step = _filled(
        Step(
            id=_identifier(Verb.UPDATE, desired.address),
            address=desired.address,
            verb=Verb.UPDATE,
            handle=prior.handle,
            identity=rtype.identity_of(before),
            values=values,
            after=after,
            left=frozenset(_left_to_others(rtype, desired, after)).difference(values),
        ),
        desired,
    )
    return Move(step, before, after, desired.dependencies, prior.dependencies)


def _left_to_others(rtype: ResourceType, desired: Desired, after: Values) -> Iterator[str]:
    """What the configuration does not say, or says to ignore: whoever changes it meanwhile may."""
    for attribute in rtype.attributes:
        name = attribute.name
        is_unsaid = attribute.presence is Presence.KEPT and name not in desired.values
        if name in after and (is_unsaid or name in desired.ignored):
            yield name


def sent_at_update(
    rtype: ResourceType, changed: Iterable[str], after: Values
) -> dict[str, Canonical]:
    """The changed arguments, and those that Exchange wants in the same call with them."""
    return {name: after[name] for name in travelling(rtype, changed, after)}


def _filled(step: Step, desired: Desired) -> Step:
    """Takes out what is not known yet, and notes what else the row will remember."""
    known = {name: value for name, value in step.values.items() if not is_open(value)}
    return replace(
        step,
        values=known,
        deferred=tuple(sorted(set(step.values) - set(known))),
        secrets=tuple(sorted(n for n, v in known.items() if isinstance(v, Sealed))),
        sensitive=desired.sensitive,
        dependencies=desired.dependencies,
        protected=desired.protected,
        create_before_destroy=desired.create_before_destroy,
        backend=desired.backend,
        handles=desired.handles,
    )


def _deletion(
    rtype: ResourceType, prior: Instance, before: Values | None, replaces: str = ""
) -> Move:
    was = before or prior.values
    step = _remembering(prior, Verb.DELETE, identity(rtype, was), {})
    return Move(step, was, None, (), prior.dependencies, replaces)


def forgetting(prior: Instance) -> Move:
    """State alone: the object is gone already."""
    return Move(
        _remembering(prior, Verb.FORGET, "", {}), prior.values, None, (), prior.dependencies
    )


def recording(prior: Instance, values: Values, desired: Desired | None) -> Move:
    """State alone: remember what is there, and what the configuration says about it now."""
    step = _remembering(prior, Verb.RECORD, "", values)
    return Move(_filled(step, desired) if desired else step, prior.values, values)


def records(drift: Iterable[Drift], rows: Mapping[Address, Instance]) -> Iterator[Move]:
    """-refresh-only: what drifted is recorded, and nothing else is done."""
    for found in drift:
        row = rows[found.address]
        yield forgetting(row) if found.after is None else recording(row, found.after, None)


def relocating(origin: Address, row: Instance) -> Move:
    """State alone: the row that stood at `origin` becomes `row`, with the same values."""
    step = replace(_remembering(row, Verb.MOVE, "", {}), moved_from=origin)
    return Move(step, row.values, row.values)


def _remembering(prior: Instance, verb: Verb, called: str, after: Values) -> Step:
    return Step(
        id=_identifier(verb, prior.address, prior.deposed),
        address=prior.address,
        verb=verb,
        handle=prior.handle,
        identity=called,
        values={},
        after=after,
        sensitive=prior.sensitive,
        dependencies=prior.dependencies,
        protected=prior.protected,
        create_before_destroy=prior.create_before_destroy,
        backend=prior.backend,
        deposed=prior.deposed,
    )


def identity(rtype: ResourceType, values: Values) -> str:
    """What people call the object; "" while part of it is unknown."""
    parts = [values.get(part) for part in rtype.identity]
    return "" if any(part is UNKNOWN for part in parts) else rtype.identity_of(values)


def differs_in_record(prior: Instance, values: Values, desired: Desired) -> bool:
    """Whether the row should be brought up to date although the object needs no call."""
    told = (
        desired.sensitive,
        desired.dependencies,
        desired.protected,
        desired.create_before_destroy,
    )
    kept = (prior.sensitive, prior.dependencies, prior.protected, prior.create_before_destroy)
    return told != kept or values != prior.values
