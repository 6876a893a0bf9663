"""-target, -exclude, -replace, -destroy: what a run touches, and what it leaves."""

import pytest
from planning_bench import World, applied, connector, rows

from reconciler.model.plan import Mode
from reconciler.model.state import Instance

A, B, C = (f"send_connector.{label}" for label in "abc")


def out(name, value):
    return f'output "{name}" {{ value = {value} }}\n'


def using(port=25):
    """`a` uses `b`; `c` stands alone."""
    lines = f"port = {port}"
    return (
        connector("a", "A", lines, f"comment = {B}.guid")
        + connector("b", "B", lines, spaces='["b.example"]')
        + connector("c", "C", lines, spaces='["c.example"]')
    )


@pytest.mark.parametrize(
    ("targets", "touched"),
    [
        ([A], {A, B}),
        ([B], {B}),
        ([C], {C}),
        ([A, C], {A, B, C}),
        (["send_connector.*"], {A, B, C}),
    ],
)
def test_a_target_is_made_with_what_it_uses(targets, touched):
    assert set(World().plan(using(), targets=targets).actions) == touched


@pytest.mark.parametrize(
    ("excludes", "touched"),
    [([A], {B, C}), ([B], {C}), ([C], {A, B}), ([B, C], set())],
)
def test_what_is_excluded_is_left_with_its_users(excludes, touched):
    assert set(World().plan(using(), excludes=excludes).actions) == touched


def test_a_target_and_an_exclusion_go_together():
    assert set(World().plan(using(), targets=[A], excludes=[C]).actions) == {A, B}
    assert set(World().plan(using(), targets=[A, C], excludes=[B]).actions) == {C}


@pytest.mark.parametrize(
    ("targets", "touched"), [([A], {A}), ([B], {A, B}), ([C], {C}), ([], {A, B, C})]
)
def test_a_target_is_destroyed_with_its_users(targets, touched):
    planned = applied(using()).plan(using(), Mode.DESTROY, targets=targets)
    assert set(planned.actions) == touched


@pytest.mark.parametrize(("excludes", "touched"), [([A], {C}), ([B], {A, C}), ([C], {A, B})])
def test_what_an_excluded_object_uses_is_not_destroyed(excludes, touched):
    planned = applied(using()).plan(using(), Mode.DESTROY, excludes=excludes)
    assert set(planned.actions) == touched


def test_users_are_destroyed_before_what_they_use():
    planned = applied(using()).plan(using(), Mode.DESTROY)
    assert planned.order == ["delete a", "delete b", "delete c"]


def test_what_has_no_block_is_a_target_by_itself():
    world = applied(using())
    assert world.plan("", targets=[A]).actions == {A: "delete"}
    assert world.plan("", targets=[B]).actions == {B: "delete"}


def test_what_an_excluded_object_used_is_not_unmade():
    assert applied(using()).plan("", excludes=[A]).actions == {C: "delete"}


def test_an_address_that_means_nothing_is_an_error():
    asked = {"targets": ["send_connector.x"], "excludes": [f"{A}[0]"], "replacements": ["y"]}
    planned = World().plan(using(), **asked)
    told = [found.detail.split()[0] for found in planned.problems.errors]
    assert told == ["-target=send_connector.x", f"-exclude={A}[0]", "-replace=y"]


def test_a_block_that_is_not_a_target_may_have_instances_that_nobody_can_count_yet():
    text = connector() + connector(
        "c", "C${each.key}", f"for_each = toset([{A}.guid])", spaces='["c.example"]'
    )
    assert World().plan(text).codes == ["unknown-for-each"]
    planned = World().plan(text, targets=[A])
    assert (planned.actions, planned.codes) == ({A: "create"}, [])


def test_mistakes_in_what_is_not_a_target_are_not_looked_for():
    text = connector() + connector("c", "C", "port = tonumber(local.x)") + 'locals { x = "?" }\n'
    assert World().plan(text, targets=[A]).codes == []
    assert World().plan(text, excludes=[C]).codes == []


def test_what_is_not_a_target_is_seen_as_it_is():
    text = using() + out("o", f"[{A}.port, {C}.port]")
    world = applied(using(), text)
    planned = world.plan(using(2525) + out("o", f"[{A}.port, {C}.port]"), excludes=[C])
    assert C not in planned.actions
    assert planned.outputs == {}


COUNTED = connector("a", "A${count.index}", "count = 3")


def test_one_instance_may_be_a_target():
    assert World().plan(COUNTED, targets=[f"{A}[1]"]).actions == {f"{A}[1]": "create"}


def test_one_instance_may_be_excluded():
    actions = World().plan(COUNTED, excludes=[f"{A}[1]"]).actions
    assert actions == {f"{A}[0]": "create", f"{A}[2]": "create"}


def test_the_users_of_an_excluded_instance_are_left_too():
    text = COUNTED + connector("b", "B", f"comment = {A}[2].guid", spaces='["b.example"]')
    actions = World().plan(text, excludes=[f"{A}[1]"]).actions
    assert B not in actions


def test_a_pattern_of_keys_brings_what_its_instances_use():
    each = 'for_each = toset(["ams1", "sin1"])'
    text = connector("a", "A${each.key}", each, f"comment = {B}.guid")
    text += connector("b", "B", spaces='["b.example"]')
    planned = World().plan(text, targets=['send_connector.*["ams*"]'])
    assert set(planned.actions) == {f'{A}["ams1"]', B}


def test_an_instance_that_is_gone_from_its_block_may_be_a_target():
    less = connector("a", "A${count.index}", "count = 1")
    planned = applied(COUNTED).plan(less, targets=[f"{A}[2]"])
    assert planned.actions == {f"{A}[2]": "delete"}


def test_outputs_follow_the_targets():
    text = using() + out("a", f"{A}.guid") + out("c", f"{C}.guid") + out("k", '"new"')
    assert World().plan(text, targets=[A]).outputs == {"a": "create"}


def test_outputs_that_hang_on_nothing_excluded_are_kept_up():
    text = using() + out("a", f"{A}.guid") + out("c", f"{C}.guid") + out("k", '"new"')
    assert World().plan(text, excludes=[C]).outputs == {"a": "create", "k": "create"}


def test_an_output_of_one_target_among_several_instances_waits():
    text = COUNTED + out("o", f"{A}[*].guid")
    assert World().plan(text, targets=[f"{A}[1]"]).outputs == {}


def test_an_output_without_a_block_stays_while_there_are_targets():
    world = applied(using() + out("o", "1"))
    assert world.plan(using(), targets=[A]).outputs == {}
    assert world.plan(using(), excludes=[A]).outputs == {"o": "delete"}


def test_outputs_stay_where_only_a_part_is_destroyed():
    world = applied(using() + out("o", "1"))
    assert world.plan(using() + out("o", "1"), Mode.DESTROY, targets=[A]).outputs == {}
    assert world.plan(using() + out("o", "1"), Mode.DESTROY).outputs == {"o": "delete"}


def test_what_is_left_out_by_targets_is_no_drift():
    world = applied(using())
    world.edit(A, port=1)
    world.edit(C, port=1)
    planned = world.plan(using(), targets=[C])
    assert [str(d.address) for d in planned.draft.drift] == [C]


def test_a_name_that_is_left_in_use_cannot_be_taken():
    world = applied(connector("b", "B", spaces='["b.example"]'))
    text = connector("b", "B2", spaces='["b.example"]') + connector("a", "b")
    (problem,) = world.plan(text, targets=[A]).problems.errors
    assert (problem.code, problem.address) == ("name-in-use", A)
    assert world.plan(text).order == ["update b", "create a"]


def test_a_replacement_on_request_is_of_one_instance():
    planned = applied(COUNTED).plan(COUNTED, replacements=[f"{A}[1]"])
    assert planned.actions == {f"{A}[1]": "replace"}
    assert planned.reasons == {f"{A}[1]": "replace-by-request"}


def test_a_block_of_several_instances_is_not_replaced_as_a_whole():
    planned = applied(COUNTED).plan(COUNTED, replacements=[A])
    assert (planned.actions, planned.codes) == ({}, ["unknown-address"])


def test_what_is_to_be_made_needs_no_replacement():
    planned = World().plan(connector(), replacements=[A])
    assert (planned.actions, planned.codes) == ({A: "create"}, [])


def left_over(world):
    """A replacement of `a` was cut short: the old object is still there."""
    old = world.row(A)
    handle = world.stranger("A old", port=25)
    aside = Instance(old.address, handle, {**old.values, "name": "A old"}, deposed="deadbeef")
    world.state = type(world.state)(instances=(*world.state.instances, aside))
    return handle


def test_what_an_unfinished_replacement_left_is_deleted():
    world = applied(connector())
    handle = left_over(world)
    planned = world.plan(connector())
    assert planned.actions == {f"{A} deposed": "delete"}
    assert planned.reasons == {A: "delete-because-deposed"}
    assert [step.handle for step in planned.steps] == [handle]


def test_a_left_over_that_is_gone_is_forgotten():
    world = applied(connector())
    handle = left_over(world)
    for here in world.objects.values():
        here.pop(handle, None)
    planned = world.plan(connector())
    assert (planned.actions, planned.order) == ({}, ["forget a (deposed deadbeef)"])


def test_a_left_over_that_is_no_target_stays():
    world = applied(connector() + connector("c", "C", spaces='["c.example"]'))
    left_over(world)
    planned = world.plan(connector() + connector("c", "C", spaces='["c.example"]'), targets=[C])
    assert planned.steps == ()


def test_a_left_over_is_destroyed_with_the_rest():
    world = applied(connector())
    left_over(world)
    world.apply(connector(), Mode.DESTROY)
    assert rows(world) == []


def test_a_destruction_leaves_strangers_alone():
    world = applied(connector())
    handle = world.stranger("Not ours")
    world.apply(connector(), Mode.DESTROY)
    assert [list(here) for here in world.objects.values()] == [[handle]]


def test_what_is_gone_already_is_forgotten_by_a_destruction():
    world = applied(connector())
    world.remove(A)
    planned = world.plan(connector(), Mode.DESTROY)
    assert (planned.actions, planned.order) == ({}, ["forget a"])
