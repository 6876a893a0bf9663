"""Whether somebody takes over before an object goes that Exchange is never without, and whether
what no two objects can have is free before it is taken: what only the order of the steps shows. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.engine.incumbents import seated
from reconciler.engine.situation import Draft
from reconciler.engine.survey import Observed, Query
from reconciler.engine.waits import Waits
from reconciler.model.address import Address
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Mode, Step, Verb
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import UNKNOWN, Values
from reconciler.schema.literal import quote
from reconciler.schema.resource_type import ResourceType, Seat


@dataclass(frozen=True, slots=True)
class Course:
    """A plan with its steps in order, and what is there before it."""

    draft: Draft
    steps: Sequence[Step]
    observed: Observed
    mode: Mode = Mode.NORMAL

    @property
    def types(self) -> Mapping[str, ResourceType]:
        return self.draft.resolver.types

    def about(self, address: Address, found: Diagnostic) -> Diagnostic:
        """With the place of what forces a replacement, or of the block, if there is one."""
        wanted = self.draft.desired.get(address)
        if wanted is None:
            return replace(found, address=str(address))
        changes = (one for one in self.draft.changes if one.address == address)
        forcing = (d.name for one in changes for d in one.differences if d.forces_replacement)
        spans = (wanted.spans[name] for name in forcing if name in wanted.spans)
        return wanted.about(replace(found, span=next(spans, wanted.span)))


@dataclass(frozen=True, slots=True)
class _Going:
    """The step that removes an object of a type with a seat; `follower` makes the one that
    replaces it.
    """

    step: Step
    seat: Seat
    before: Values
    follower: Step | None


def judged(course: Course) -> Iterator[Diagnostic]:
    """What would be removed before anybody has taken over, or taken before it is free."""
    going = list(_going(course))
    if not going:
        return
    waits, sitting = Waits(course.steps), seated(course.observed, course.types)
    for one in going:
        if (one.step.backend, one.step.handle) in sitting:
            yield from _vacant(course, one, waits)
    yield from _taken_too_early(course, going, waits)


def _going(course: Course) -> Iterator[_Going]:
    makers = {step.address: step for step in course.steps if step.verb is Verb.CREATE}
    for step in course.steps:
        seat = course.types[step.address.type].seat if step.verb is Verb.DELETE else None
        if seat is not None:
            here = course.observed.get(Query(step.backend, step.address.type), {})
            before = here.get(step.handle or Handle(""), {})
            yield _Going(step, seat, before, makers.get(step.address))


def _vacant(course: Course, going: _Going, waits: Waits) -> Iterator[Diagnostic]:
    heirs = [step for step in course.steps if _takes_over(step, going)]
    if any(waits.between(going.step, heir) is not None for heir in heirs):
        return
    address, seat = going.step.address, going.seat
    late = next((heir for heir in heirs if heir.address != address), None)
    cure = _alone(going, course.mode) if late is None else _too_late(going, late, waits)
    found = error(
        seat.code,
        seat.summary,
        f"{address} is {seat.called}, and this plan {'replaces' if going.follower else 'removes'} "
        "it. Exchange is never without one and refuses to remove it, so that apply would stop "
        f"there, half done. {cure}",
    )
    yield course.about(address, found)


def _takes_over(step: Step, going: _Going) -> bool:
    """Whether the object is to have the seat, as far as that is known."""
    seat = (going.step.backend, going.step.address.type)
    if step.verb not in (Verb.CREATE, Verb.UPDATE) or seat != (step.backend, step.address.type):
        return False
    value = step.after.get(going.seat.attribute)
    return value is True or value is UNKNOWN


def _handing(going: _Going) -> str:
    return f"move {going.seat.attribute} = true to the block of another {going.step.address.type}"


def _alone(going: _Going, mode: Mode) -> str:
    """What to do where nobody is to take over."""
    cure = (
        f"Make another one {going.seat.called} first: {_handing(going)}, in the same run or in one "
        "before."
    )
    if going.follower is not None:
        if going.follower.after.get(going.seat.attribute) is not True:
            return cure
        return (
            f"{cure} Or give this one another name and create_before_destroy, so that what follows "
            "it takes over."
        )
    if mode is Mode.NORMAL:
        return f"{cure} To leave it in Exchange, unmanaged, write a removed block with destroy = false."
    return f"{cure} Or leave it out of this run with -exclude='{going.step.address}'."


def _too_late(going: _Going, late: Step, waits: Waits) -> str:
    is_same = late.verb is Verb.CREATE and going.follower is None
    moved = f" If {late.address} is meant to be the same object, write a moved block instead."
    return (
        f"{late.address} is to follow it, but comes too late: {_why_late(going, late, waits)}. "
        f"Make a third one {going.seat.called} in a run of its own first: {_handing(going)}."
        f"{moved if is_same else ''}"
    )


def _why_late(going: _Going, late: Step, waits: Waits) -> str:
    for name in going.seat.unique:
        if _has(late.values, name, going.before.get(name)):
            value = quote(str(going.before[name]))
            return f"it takes the {name} {value}, which this one has until it is gone"
    between = waits.between(late, going.step) or ()
    steps = ", ".join(f'"{step.id}"' for step in between if step.verb is not Verb.JOIN)
    return (
        f"it waits for {steps}, and that for this one to go" if steps else "it waits for this one"
    )


def _has(values: Values, name: str, value: object) -> bool:
    own = values.get(name)
    return isinstance(own, str) and isinstance(value, str) and own.casefold() == value.casefold()


def _taken_too_early(
    course: Course, going: Sequence[_Going], waits: Waits
) -> Iterator[Diagnostic]:
    """Where objects wait for each other's removal in a ring, one would be made too early."""
    holders = {
        key: one
        for one in going
        for name in one.seat.unique
        for key in _key(one.step, one.before, name)
    }
    for step in course.steps:
        seat = course.types[step.address.type].seat if step.verb is Verb.CREATE else None
        for name in seat.unique if seat else ():
            for key in _key(step, step.values, name):
                holder = holders.get(key)
                if holder is not None and waits.between(step, holder.step) is None:
                    yield course.about(step.address, _not_free(step, holder.step, name))


def _key(step: Step, values: Values, name: str) -> Iterator[tuple[str, str, str, str]]:
    """Where a value is unique; nothing where it is not known."""
    value = values.get(name)
    if isinstance(value, str):
        yield step.backend, step.address.type, name, value.casefold()


def _not_free(taker: Step, holder: Step, name: str) -> Diagnostic:
    value = quote(str(taker.values[name]))
    return error(
        "not-free-in-time",
        "The value is not free in time",
        f"{taker.address} takes the {name} {value} of {holder.address}, which goes only after it, "
        "and Exchange allows the value once. Take create_before_destroy away from one of the two, "
        "or make the change in two applies.",
    )
