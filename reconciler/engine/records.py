"""What is told of steps: to the store the intent before a call and the outcome after it; and the counts
in the end. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reconciler.engine.crew import Answer
from reconciler.engine.errand import Errand
from reconciler.engine.recover import deposed_key
from reconciler.model.event import Tally
from reconciler.model.plan import Step, Verb
from reconciler.model.state import Handle, Instance, Intent, IntentVerb
from reconciler.model.values import Canonical, Secret, Values, is_open
from reconciler.store.base import Settled

CALLS = (Verb.CREATE, Verb.UPDATE, Verb.DELETE)


def intent(run: int, errand: Errand) -> Intent:
    """A creation's intent holds the whole object, so that it can be known again."""
    step = errand.step
    return Intent(
        id=f"{run}/{step.id}",
        run=run,
        address=step.address,
        verb=IntentVerb(step.verb.value),
        handle=step.handle,
        identity=step.identity,
        values=known(step.after) if step.verb is Verb.CREATE else step.values,
        seen=errand.seen,
        sensitive=step.sensitive,
        dependencies=step.dependencies,
        protected=step.protected,
        create_before_destroy=step.create_before_destroy,
        backend=step.backend,
        deposed=step.deposed,
    )


def recorded(step: Step, before: Instance | None) -> tuple[Settled, ...]:
    """Of a step that touches state alone, or nothing."""
    if step.verb is Verb.MOVE:
        assert before is not None
        after = replace(before, address=step.address, dependencies=step.dependencies)
        return (Settled("", str(before.address), before, after, step.deposed),)
    if step.verb is Verb.RECORD:
        assert step.handle is not None
        return (_settled("", step, before, row(step, step.handle, step.after)),)
    return (_settled("", step, before, None),) if step.verb is Verb.FORGET else ()


def outcomes(answer: Answer, open_intent: str, before: Instance | None) -> tuple[Settled, ...]:
    """Nothing where nobody knows what happened: then the intent stays open."""
    step, failure = answer.step, answer.failure
    settled = failure is None or failure.settled
    if answer.dropped or (failure is not None and answer.found is None):
        return (_settled(open_intent, step, before, before),) if settled else ()
    closed = open_intent if settled else ""
    if answer.found is None:
        return (_settled(closed, step, before, None),)
    after = row(step, answer.found.handle, {**known(step.after), **answer.found.values})
    new = _settled(closed, step, before, after)
    if step.verb is Verb.CREATE and before is not None:
        return (_deposed(before), new)
    return (new,)


def _deposed(old: Instance) -> Settled:
    """Create-before-destroy: the old object keeps a row under a key of its own."""
    kept = replace(old, deposed=deposed_key(old))
    return Settled("", str(old.address), None, kept, kept.deposed)


def _settled(
    open_intent: str, step: Step, before: Instance | None, after: Instance | None
) -> Settled:
    return Settled(open_intent, str(step.address), before, after, step.deposed)


def known(values: Values) -> dict[str, Canonical]:
    return {name: value for name, value in values.items() if not is_open(value)}


def row(step: Step, handle: Handle, values: Values) -> Instance:
    assert not any(isinstance(value, Secret) for value in values.values())
    return Instance(
        address=step.address,
        handle=handle,
        values=values,
        sensitive=step.sensitive,
        dependencies=step.dependencies,
        protected=step.protected,
        create_before_destroy=step.create_before_destroy,
        backend=step.backend,
        deposed=step.deposed,
    )


def tally(steps: Iterable[Step], ended: Mapping[str, str]) -> Tally:
    """The closing counts. `ended` says how, by id: done, failed, skipped; nothing: not begun.
    Calls are counted, and whatever else failed. An object that is changed in two steps is changed
    once, and one that is made in two is added.
    """
    steps = tuple(steps)
    calls = [step for step in steps if step.verb in CALLS]
    ends = [ended.get(step.id, "") for step in calls]
    done = [step.verb for step in calls if ended.get(step.id) == "done"]
    made, changed = (
        {s.address for s in calls if s.verb is verb and ended.get(s.id) == "done"}
        for verb in (Verb.CREATE, Verb.UPDATE)
    )
    return Tally(
        done=len(done),
        failed=sum(ended.get(step.id) == "failed" for step in steps),
        skipped=ends.count("skipped"),
        not_started=ends.count(""),
        added=done.count(Verb.CREATE),
        changed=len(changed - made),
        destroyed=done.count(Verb.DELETE),
    )
