"""What happens behind our back, and what a plan does about it."""

from planning_bench import World, applied, connector

from reconciler.model.plan import Mode, Verb

A = "send_connector.a"


def changed(**values):
    world = applied(connector())
    world.edit(A, **values)
    return world


def test_a_change_by_hand_is_drift_and_is_undone():
    planned = changed(port=2525).plan(connector())
    (found,) = planned.draft.drift
    assert {d.name: (d.before, d.after) for d in found.differences} == {"port": (25, 2525)}
    assert planned.sent(A) == {"port": 25}


def test_a_change_by_hand_to_what_is_wanted_by_now_is_only_recorded():
    planned = changed(port=2525).plan(connector("a", "A", "port = 2525"))
    assert planned.actions == {}
    assert [(s.verb, s.after["port"]) for s in planned.steps] == [(Verb.RECORD, 2525)]
    assert len(planned.draft.drift) == 1


def test_a_rename_by_hand_is_undone_on_the_same_object():
    planned = changed(name="Z").plan(connector())
    assert planned.sent(A) == {"name": "A"}
    assert planned.steps[0].identity == "Z"


def test_what_exchange_computes_is_no_drift():
    planned = changed(distinguished_name="CN=elsewhere").plan(connector())
    assert (planned.draft.drift, planned.actions) == ((), {})


def test_an_object_that_is_gone_is_made_again():
    world = applied(connector())
    world.remove(A)
    planned = world.plan(connector())
    (found,) = planned.draft.drift
    assert (found.after, planned.actions) == (None, {A: "create"})
    assert planned.order == ["forget a", "create a"]


def test_an_object_that_is_gone_and_not_wanted_is_forgotten():
    world = applied(connector())
    world.remove(A)
    planned = world.plan("")
    assert planned.actions == {}
    assert [s.verb for s in planned.steps] == [Verb.FORGET]


def test_an_object_that_somebody_else_made_again_is_not_taken_over():
    world = applied(connector())
    world.remove(A)
    handle = world.stranger("a")
    planned = world.plan(connector())
    (problem,) = planned.problems.errors
    assert problem.code == "already-exists"
    assert handle in problem.detail
    assert f"to = {A}" in problem.detail


def test_drift_of_a_sensitive_argument_is_marked_as_such():
    world = changed(port=2525)
    world.remember(A, sensitive=frozenset({"port"}))
    (found,) = world.plan(connector()).draft.drift
    assert [d.sensitive for d in found.differences] == [True]


def test_without_a_refresh_nothing_has_drifted():
    planned = changed(port=2525).plan(connector(), refresh=False)
    assert (planned.draft.drift, planned.actions, planned.steps) == ((), {}, ())


def test_without_a_refresh_names_of_strangers_are_not_known():
    world = World()
    world.stranger("A")
    assert world.plan(connector(), refresh=False).codes == []


def test_refresh_only_records_what_is_there_and_calls_nobody():
    planned = changed(port=2525).plan(connector(), Mode.REFRESH_ONLY)
    assert planned.actions == {}
    assert [(s.verb, s.after["port"]) for s in planned.steps] == [(Verb.RECORD, 2525)]


def test_refresh_only_forgets_what_is_gone():
    world = applied(connector())
    world.remove(A)
    planned = world.plan(connector(), Mode.REFRESH_ONLY)
    assert [s.verb for s in planned.steps] == [Verb.FORGET]


def test_refresh_only_does_nothing_about_the_configuration():
    planned = applied(connector()).plan(connector("b", "B"), Mode.REFRESH_ONLY)
    assert (planned.actions, planned.steps) == ({}, ())


def test_refresh_only_keeps_to_its_targets():
    two = connector() + connector("b", "B", spaces='["b.example"]')
    world = applied(two)
    world.edit(A, port=1)
    world.edit("send_connector.b", port=2)
    planned = world.plan(two, Mode.REFRESH_ONLY, targets=[A])
    assert planned.order == ["record a"]


def test_refresh_only_shows_outputs_as_they_are_there():
    text = connector() + f'output "o" {{ value = {A}.port }}\n'
    world = applied(text)
    assert world.plan(text, Mode.REFRESH_ONLY).outputs == {}
    world.edit(A, port=2525)
    planned = world.plan(text, Mode.REFRESH_ONLY)
    assert [o.after.value for o in planned.draft.outputs] == [2525]


def test_refresh_only_counts_no_instances_where_there_are_none():
    text = connector("a", "A", "count = 0") + f'output "o" {{ value = length({A}) }}\n'
    assert applied(text).plan(text, Mode.REFRESH_ONLY).outputs == {}


def test_refresh_only_sees_nothing_of_what_is_not_enabled():
    text = connector("a", "A", "!enabled = false") + f'output "o" {{ value = {A} == null }}\n'
    assert applied(text).plan(text, Mode.REFRESH_ONLY).outputs == {}


def test_refresh_only_does_not_know_what_is_not_there_yet():
    text = connector() + f'output "o" {{ value = {A}.port }}\n'
    (output,) = World().plan(text, Mode.REFRESH_ONLY).draft.outputs
    assert (output.action, output.known) == ("create", False)


def test_what_is_gone_is_not_seen_by_refresh_only():
    text = connector() + f'output "o" {{ value = {A}.port }}\n'
    world = applied(text)
    world.remove(A)
    assert world.plan(text, Mode.REFRESH_ONLY).outputs == {"o": "update"}
