"""Settles the intents of runs that died, from what the backends say now. Pure."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from reconciler.engine.survey import Observed, Query
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, State
from reconciler.model.values import Sealed, Secret, Values, is_open
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.difference import same
from reconciler.schema.literal import quote
from reconciler.schema.resource_type import ResourceType

NOTHING_KNOWN = Sealed("", "")
"""Stands for a write-only value of which nobody knows what it is by now."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of one intent: `how` is adopted, finished or dropped; `after` is the row that
    state should hold from now on, None where none. `deposed` is the row that an adopted object
    pushed aside (create before destroy).
    """

    intent: Intent
    how: str
    before: Instance | None
    after: Instance | None
    deposed: Instance | None = None


@dataclass(frozen=True, slots=True)
class Recovery:
    state: State
    settlements: tuple[Settlement, ...]
    problems: tuple[Diagnostic, ...]


def recover(state: State, observed: Observed, types: Mapping[str, ResourceType]) -> Recovery:
    """The state with every intent settled. An intent that proves nothing stays, with a problem."""
    rows = {(i.address, i.deposed): i for i in state.instances}
    owned = {i.handle for i in state.instances}
    settlements, problems, open_intents = [], [], []
    for intent in state.intents:
        here = observed.get(Query(intent.backend, intent.address.type), {})
        before = rows.get((intent.address, intent.deposed))
        result = _settle(intent, before, here, owned, types[intent.address.type])
        if isinstance(result, Diagnostic):
            problems.append(result)
            open_intents.append(intent)
            continue
        settlements.append(result)
        owned |= {result.after.handle} if result.after else set()
        rows.pop((intent.address, intent.deposed), None)
        for row in (result.after, result.deposed):
            if row is not None:
                rows[row.address, row.deposed] = row
    recovered = replace(state, instances=tuple(rows.values()), intents=tuple(open_intents))
    return Recovery(recovered, tuple(settlements), tuple(problems))


def _settle(
    intent: Intent,
    before: Instance | None,
    here: Mapping[Handle, Values],
    owned: Iterable[Handle],
    rtype: ResourceType,
) -> Settlement | Diagnostic:
    match intent.verb:
        case IntentVerb.CREATE:
            return _created(intent, before, unowned(here, owned), rtype)
        case IntentVerb.UPDATE:
            found = {} if intent.handle is None else here.get(intent.handle, {})
            how = "finished" if _landed(rtype, intent.values, found) else "dropped"
            return Settlement(intent, how, before, before and _doubted(before, intent, rtype))
        case IntentVerb.DELETE:
            gone = intent.handle not in here
            return Settlement(
                intent, "finished" if gone else "dropped", before, None if gone else before
            )


def _landed(rtype: ResourceType, sent: Values, found: Values) -> bool:
    """Whether all that an update sent can be read, and is there."""
    are_there = sent.keys() <= found.keys() and not any(rtype.by_name[n].write_only for n in sent)
    return bool(sent) and are_there and not mismatches(rtype, sent, found, written=sent)


def _doubted(before: Instance, intent: Intent, rtype: ResourceType) -> Instance:
    """What cannot be read back may have been written or not: it is written again in any case,
    because a digest of nothing equals no other.
    """
    unreadable = {n: NOTHING_KNOWN for n in intent.values if rtype.by_name[n].write_only}
    return replace(before, values={**before.values, **unreadable}) if unreadable else before


def unowned(here: Mapping[Handle, Values], owned: Iterable[Handle]) -> dict[Handle, Values]:
    taken = frozenset(owned)
    return {handle: values for handle, values in here.items() if handle not in taken}


def _created(
    intent: Intent, before: Instance | None, free: Mapping[Handle, Values], rtype: ResourceType
) -> Settlement | Diagnostic:
    found = candidates(rtype, intent.identity, intent.seen, free)
    if not found:
        return Settlement(intent, "dropped", before, before)
    proven = [handle for handle in found if bears(rtype, found[handle], intent.values)]
    if len(found) > 1 or not proven:
        return _unproven(intent, found)
    after = adopt(intent, proven[0], found[proven[0]])
    aside = before and replace(before, deposed=deposed_key(before))
    return Settlement(intent, "adopted", before, after, aside)


def deposed_key(old: Instance) -> str:
    """The key of the row of an object whose successor has taken its address."""
    return old.handle.replace("-", "")[:8]


def candidates(
    rtype: ResourceType, identity: str, seen: Iterable[Handle], here: Mapping[Handle, Values]
) -> dict[Handle, Values]:
    """Objects that bear `identity` (any, where Exchange was to choose it) and were not there when
    the intent was written.
    """
    folded, old = identity.casefold(), frozenset(seen)
    return {
        handle: values
        for handle, values in here.items()
        if handle not in old and folded in ("", rtype.identity_of(values).casefold())
    }


def bears(rtype: ResourceType, values: Values, sent: Values) -> bool:
    """Every readable value that a creation sends is there: the proof that it is ours. What comes
    late may not have come yet.
    """
    late = rtype.late(sent)
    return not mismatches(rtype, {n: v for n, v in sent.items() if n not in late}, values)


def mismatches(
    rtype: ResourceType, expected: Values, found: Values, written: Container[str] = ()
) -> tuple[str, ...]:
    """Arguments that were to have one value and were read back with another. What the server
    fills in is as it says, unless it was `written`.
    """
    return tuple(
        name
        for name, value in expected.items()
        if name in found
        and (name in written or not _is_filled_in(rtype.by_name[name]))
        and not isinstance(value, Sealed | Secret)
        and not is_open(value)
        and not same(rtype.by_name[name].kind, value, found[name])
    )


def _is_filled_in(attribute: Attribute) -> bool:
    is_foretold = attribute.presence is Presence.KEPT and attribute.default is not None
    return attribute.presence is Presence.COMPUTED or is_foretold


def adopt(intent: Intent, handle: Handle, values: Values) -> Instance:
    """The row for an object that `intent` proves ours."""
    return Instance(
        address=intent.address,
        handle=handle,
        values={**intent.values, **values},
        sensitive=intent.sensitive,
        dependencies=intent.dependencies,
        protected=intent.protected,
        create_before_destroy=intent.create_before_destroy,
        backend=intent.backend,
        deposed=intent.deposed,
    )


def _unproven(intent: Intent, found: Mapping[Handle, Values]) -> Diagnostic:
    names = ", ".join(sorted(found))
    called = f'"{intent.identity}"' if intent.identity else str(intent.address)
    problem = error(
        "unproven-object",
        "An interrupted creation cannot be told apart from another's",
        f"An earlier run was stopped while it created {called}. Exchange now has "
        f"{len(found)} object(s) that may be it ({names}), and nothing proves which of them, if any, "
        "that run made: their settings are not those it sent. Nothing was changed. Look at them, "
        "then remove what should not be there, or take one over:\n\n"
        f"import {{\n  to = {intent.address}\n  id = {quote(min(found))}\n}}",
    )
    return replace(problem, address=str(intent.address))
