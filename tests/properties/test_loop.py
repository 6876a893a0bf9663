"""Laws of the whole loop: from HCL through plan and apply to Exchange, and back."""

import json
from itertools import chain

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loop_worlds import HIDDEN, RTYPE, Folder, edited, fleets, folder, hcl

from reconciler.app import inspect
from reconciler.app.validate import run as validate
from reconciler.model.plan import Mode, Plan
from reconciler.views import json_lines, json_plan, json_state, palette, progress
from reconciler.views import plan as plan_view
from reconciler.views import state as state_view

few = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ways = st.lists(st.sampled_from(["delete", "rename", "edit", "leave"]), min_size=4, max_size=4)
TYPES = {RTYPE.name: RTYPE}


def in_order(plan: Plan) -> bool:
    """Whether each step comes after all that it needs."""
    place = {step.id: number for number, step in enumerate(plan.steps)}
    return all(place[need] < place[step.id] for step in plan.steps for need in step.needs)


@few
@given(fleets(), st.data())
def test_after_an_apply_there_is_nothing_to_do(fleet, data):
    with folder() as at:
        at.apply(hcl(fleet))
        assert at.names() == {c.name for c in fleet}
        made = at.plan()
        assert (made.is_empty, made.steps, made.drift) == (True, (), ())
        at.write(hcl(fleet, data.draw(st.integers(1, 6), "another spelling")))
        assert [c for c in at.plan().changes if c.action != "no-op"] == []


@few
@given(fleets(), ways, st.data())
def test_an_apply_converges_whatever_happened_meanwhile(fleet, happened, data):
    with folder() as at:
        at.apply(hcl(fleet))
        at.meddle(happened)
        there, before = at.there(), at.handles
        changed = data.draw(edited(fleet), "edited")
        at.write(hcl(changed))
        assert in_order(at.plan())
        at.apply(hcl(changed))
        assert at.names() == {c.name for c in changed} | {"a stranger's"}
        assert converged(at)
        kept = [c.address for c in changed if before.get(c.address) in there]
        assert [at.handles[one] for one in kept] == [before[one] for one in kept]


def converged(at: Folder) -> bool:
    made = at.plan()
    return made.is_empty and not made.steps


@few
@given(fleets(), st.data())
def test_whatever_is_to_be_made_anew_there_is_an_order(fleet, data):
    with folder() as at:
        at.apply(hcl(fleet))
        before = at.handles
        changed = data.draw(edited(fleet), "edited")
        stay = sorted(c.address for c in changed if c.address in before)
        again = data.draw(st.sets(st.sampled_from(stay)), "replaced") if stay else set()
        at.apply(hcl(changed), again=again)
        assert at.names() == {c.name for c in changed}
        assert {one for one in stay if at.handles[one] != before[one]} == again
        assert converged(at)


@few
@given(fleets(), ways)
def test_a_destruction_takes_what_is_ours_and_nothing_else(fleet, happened):
    with folder() as at:
        at.apply(hcl(fleet))
        at.meddle(happened)
        at.apply(hcl(fleet), Mode.DESTROY)
        assert at.names() == {"a stranger's"}
        assert inspect.state(at.project).instances == ()


@few
@given(fleets())
def test_what_can_be_planned_is_valid(fleet):
    with folder() as at:
        at.write(hcl(fleet))
        assert [d for d in validate(at.project) if d.severity == "error"] == []
        at.plan()


def shown(at: Folder) -> str:
    """Everything that a user or a program can get to see."""
    plans = [one for one in at.seen if isinstance(one, Plan)]
    events = [one for one in at.seen if not isinstance(one, Plan)]
    state = inspect.state(at.project)
    lines = (json_lines.event(one, "") for one in events)
    return "\n".join(
        chain(
            map(repr, at.seen),
            [repr(state), json_state.text(state, TYPES), state_view.text(state, TYPES)],
            (json_plan.text(one, TYPES) for one in plans),
            (plan_view.text(one, TYPES, palette.Look()) for one in plans),
            map(progress.line, events),
            (json.dumps(line) for line in lines if line),
        )
    )


@few
@given(fleets(), ways, st.data())
def test_no_password_is_shown_or_kept(fleet, happened, data):
    with folder() as at:
        at.apply(hcl(fleet))
        at.meddle(happened)
        at.apply(hcl(data.draw(edited(fleet), "edited")))
        everything = shown(at).encode() + at.bytes()
        assert not [token for token in HIDDEN if token.encode() in everything]
