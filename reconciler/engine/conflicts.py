"""Names that a plan would take although somebody else's object bears them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from reconciler.engine.moves import identity
from reconciler.engine.recover import unowned
from reconciler.engine.survey import Observed, Query
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.plan import Action, Change, Step, Verb
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, State
from reconciler.schema.literal import quote
from reconciler.schema.resource_type import ResourceType

TAKING = (Action.CREATE, Action.UPDATE, Action.REPLACE, Action.CREATE_FIRST)


class World(Protocol):
    """What is remembered and what was observed."""

    @property
    def state(self) -> State: ...

    @property
    def observed(self) -> Observed: ...


@dataclass(frozen=True, slots=True)
class Known:
    """A World of its own."""

    state: State
    observed: Observed


def taken(
    changes: Mapping[Address, Change],
    desired: Mapping[Address, Desired],
    world: World,
    types: Mapping[str, ResourceType],
) -> Iterator[Diagnostic]:
    """A name in Exchange that no state row owns is never silently taken over; nor is one that
    an object of ours bears which this run leaves as it is.
    """
    others = strangers(world, types)
    ours = _left(changes, world, types)
    for address, change in changes.items():
        wanted, rtype = desired.get(address), types[address.type]
        if wanted is None or not _takes_a_name(change, rtype):
            continue
        name = identity(rtype, change.after or {})
        place = (wanted.backend, address.type, name.casefold())
        if name and place in others:
            yield _exists(wanted, name, others[place], rtype)
        elif name and place in ours:
            by = ours[place]
            yield _borne(wanted, name, by, rtype, _freed(wanted, by, forgotten=by in changes))


def _takes_a_name(change: Change, rtype: ResourceType) -> bool:
    if change.action is not Action.UPDATE:
        return change.action in TAKING
    names = [identity(rtype, values or {}).casefold() for values in (change.before, change.after)]
    return names[0] != names[1]


def _left(
    changes: Mapping[Address, Change], world: World, types: Mapping[str, ResourceType]
) -> dict[tuple[str, str, str], Address]:
    """Objects of ours that a plan leaves out, by backend, type and folded name."""
    found = {}
    for row in world.state.instances:
        here = world.observed.get(Query(row.backend, row.address.type), {})
        now = here.get(row.handle)
        change = changes.get(row.address)
        is_left = change is None or change.action is Action.FORGET
        if now is not None and is_left and not row.deposed:
            name = types[row.address.type].identity_of(now).casefold()
            found[row.backend, row.address.type, name] = row.address
    return found


def strangers(
    world: World, types: Mapping[str, ResourceType]
) -> dict[tuple[str, str, str], Handle]:
    """Objects that state does not know, by backend, type and folded name."""
    owned = {instance.handle for instance in world.state.instances}
    return {
        (query.backend, query.type, types[query.type].identity_of(values).casefold()): handle
        for query, here in world.observed.items()
        for handle, values in unowned(here, owned).items()
    }


def _exists(wanted: Desired, name: str, handle: Handle, rtype: ResourceType) -> Diagnostic:
    part = rtype.identity[-1]
    found = error(
        "already-exists",
        "The name is taken in Exchange",
        f'Exchange has a {rtype.noun} "{name}" that state does not know. It is never taken over '
        "silently. To manage it here, write this block; otherwise choose another name:\n\n"
        f"import {{\n  to = {wanted.address}\n  id = {quote(handle)}\n}}",
        wanted.spans.get(part, wanted.span),
    )
    return wanted.about(found)


def _freed(wanted: Desired, by: Address, *, forgotten: bool) -> str:
    """What helps where `by` bears a name that is wanted."""
    if forgotten:
        return (
            "A removed block has it forgotten, so that it stays in Exchange. To go on managing it "
            f"as {wanted.address}, write a moved block instead; otherwise choose another name."
        )
    return (
        f"Take it into the run with -target='{by}', or without -target and -exclude; or choose "
        "another name."
    )


def _borne(wanted: Desired, name: str, by: Address, rtype: ResourceType, cure: str) -> Diagnostic:
    found = error(
        "name-in-use",
        "The name is still in use",
        f'{by} bears the name "{name}" in Exchange, and this run leaves that as it is. {cure}',
        wanted.spans.get(rtype.identity[-1], wanted.span),
    )
    return wanted.about(found)


def takes(step: Step, types: Mapping[str, ResourceType]) -> bool:
    """Whether the step gives an object a name that it did not have."""
    return step.verb is Verb.CREATE or (
        step.verb is Verb.UPDATE
        and any(part in step.values for part in types[step.address.type].identity)
    )


def usurped(
    steps: Iterable[Step], state: State, observed: Observed, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    """Names that `steps` would take, and that somebody else's object bears by now."""
    others = strangers(Known(state, observed), types)
    for step in steps:
        if takes(step, types):
            rtype = types[step.address.type]
            name = identity(rtype, step.after)
            handle = others.get((step.backend, step.address.type, name.casefold()))
            if name and handle is not None:
                yield _usurped(step, name, handle, rtype)


def _usurped(step: Step, name: str, handle: Handle, rtype: ResourceType) -> Diagnostic:
    found = error(
        "already-exists",
        "The name is taken in Exchange",
        f'Since the plan was made, somebody else made a {rtype.noun} "{name}" ({handle}). Nothing was '
        "changed. Plan again: it says how to take that object over.",
    )
    return replace(found, address=str(step.address))
