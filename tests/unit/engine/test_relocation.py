"""Plans of objects whose addresses change, and of objects that are let go."""

import pytest
from planning_bench import applied, connector, rows

from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Mode, Verb

S = "send_connector."
EACH = 'name = "A${each.key}"\naddress_spaces = ["${each.key}.example"]'


def moved(origin, to, more=""):
    return f"moved {{\nfrom = {S}{origin}\nto = {S}{to}\n{more}}}\n"


def removed(origin, *, destroy):
    life = f"lifecycle {{\ndestroy = {str(destroy).lower()}\n}}"
    return f"removed {{\nfrom = {S}{origin}\n{life}\n}}\n"


def each(label, keys, more=""):
    listed = ", ".join(f'"{key}"' for key in keys)
    head = f'resource "send_connector" "{label}" {{\nfor_each = toset([{listed}])\n'
    return f"{head}{EACH}\n{more}\n}}\n"


def counted(label, number):
    name = 'name = "A${count.index}"\naddress_spaces = ["${count.index}.example"]'
    return f'resource "send_connector" "{label}" {{\ncount = {number}\n{name}\n}}\n'


def origins(planned):
    """What has moved, from where, without the type."""
    return {
        str(c.address).removeprefix(S): str(c.moved_from).removeprefix(S)
        for c in planned.draft.changes
        if c.moved_from
    }


def refused(world, text):
    with pytest.raises(ReconcilerError) as caught:
        world.plan(text)
    return [found.code for found in caught.value.diagnostics]


def test_a_renamed_resource_keeps_its_object():
    world = applied(connector())
    planned = world.plan(connector("b", "A") + moved("a", "b"))
    assert (planned.actions, origins(planned)) == ({}, {"b": "a"})
    assert [step.verb for step in planned.steps] == [Verb.MOVE]
    assert planned.steps[0].handle == world.handle(S + "a")


def test_once_moved_nothing_is_left_to_do():
    world = applied(connector())
    text = connector("b", "A") + moved("a", "b")
    world.apply(text)
    again = world.plan(text)
    assert (rows(world), again.actions, again.steps) == ([S + "b"], {}, ())
    assert origins(again) == {}


def test_a_change_comes_after_the_move():
    world = applied(connector())
    planned = world.plan(connector("b", "A", "port = 26") + moved("a", "b"))
    assert (planned.actions, origins(planned)) == ({S + "b": "update"}, {"b": "a"})
    move, update = planned.steps
    assert (move.id, update.needs) == (f"move {S}b", (f"move {S}b",))


def test_moves_come_one_after_the_other():
    world = applied(connector())
    text = connector("c", "A") + moved("b", "c") + moved("a", "b")
    assert origins(world.plan(text)) == {"c": "a"}


@pytest.mark.parametrize(
    ("before", "after", "blocks", "expected"),
    [
        (connector("a", "Ak"), each("a", "k"), moved("a", 'a["k"]'), {'a["k"]': "a"}),
        (each("a", "k"), connector("a", "Ak"), moved('a["k"]', "a"), {"a": 'a["k"]'}),
        (each("a", "kl"), each("b", "kl"), moved("a", "b"), {'b["k"]': 'a["k"]', 'b["l"]': 'a["l"]'}),
        (counted("a", 2), each("b", "01"), moved("a[0]", 'b["0"]') + moved("a[1]", 'b["1"]'),
         {'b["0"]': "a[0]", 'b["1"]': "a[1]"}),
        (counted("a", 2), each("a", "xy"), moved("a[0]", 'a["x"]') + moved("a[1]", 'a["y"]'),
         {'a["x"]': "a[0]", 'a["y"]': "a[1]"}),
        (each("a", "xy"), counted("a", 2), moved('a["y"]', "a[0]") + moved('a["x"]', "a[1]"),
         {"a[0]": 'a["y"]', "a[1]": 'a["x"]'}),
        (each("a", ["ek", "ul"]), each("b", ["k"]), moved('a["e*"]', 'b["*"]'), {'b["k"]': 'a["ek"]'}),
        (connector() + connector("b", "B"), "", moved("*", "*").replace("to = ", "to = module.m."),
         {"module.m.send_connector.a": "a", "module.m.send_connector.b": "b"}),
    ],
)  # fmt: skip
def test_addresses_go_where_the_block_says(before, after, blocks, expected):
    assert origins(applied(before).plan(after + blocks)) == expected


def test_for_each_makes_a_move_of_each_element():
    world = applied(each("a", "kl"))
    block = moved("a[each.key]", "b[each.value]", 'for_each = { k = "x", l = "*" }\n')
    planned = world.plan(each("b", "x*") + block)
    assert origins(planned) == {'b["x"]': 'a["k"]', 'b["*"]': 'a["l"]'}


@pytest.mark.parametrize(
    ("each_value", "key", "code"),
    [
        ('["a"]', "each.key", "invalid-for-each"),
        ("{ a = true }", "each.value", "invalid-key"),
        ("{ a = null }", "each.value", "invalid-key"),
        ('{ a = sensitive("x") }', "each.value", "invalid-key"),
        (f"{{ a = {S}z.guid }}", "each.value", "unknown-key"),
    ],
)
def test_a_key_that_is_none_is_refused(each_value, key, code):
    block = moved(f"a[{key}]", 'b["x"]', f"for_each = {each_value}\n")
    assert applied().plan(connector("z", "Z") + block).codes == [code]


def test_moves_by_for_each_must_agree_as_well():
    block = moved("a[each.key]", "b[each.value]", 'for_each = { k = "x", l = "x" }\n')
    assert applied().plan(each("b", "x") + block).codes == ["ambiguous-move"]


def test_an_address_that_is_taken_is_not_moved_to():
    world = applied(connector() + connector("b", "B", spaces='["b.example"]'))
    planned = world.plan(connector("b", "B", spaces='["b.example"]') + moved("a", "b"))
    assert (planned.codes, planned.actions) == (["move-blocked"], {S + "a": "delete"})
    assert (
        "send_connector.a cannot move to send_connector.b" in planned.problems.warnings[0].detail
    )


def test_a_whole_resource_moves_only_to_where_nothing_is():
    world = applied(each("a", "k") + each("b", "l"))
    planned = world.plan(each("b", "kl") + moved("a", "b"))
    assert (planned.codes, origins(planned)) == (["move-blocked"], {})


def test_nothing_moves_through_an_address_that_is_taken():
    world = applied(connector("z", "Z") + connector("a", "A", spaces='["z.example"]'))
    planned = world.plan(
        connector("b", "A", spaces='["z.example"]') + moved("z", "a") + moved("a", "b")
    )
    assert (origins(planned), planned.actions) == ({"b": "a"}, {S + "z": "delete"})


def test_two_objects_do_not_move_to_one_address():
    world = applied(each("a", "k") + each("c", "k").replace('"A$', '"C$'))
    planned = world.plan(each("b", "k") + moved('a["*"]', 'b["*"]') + moved('c["*"]', 'b["*"]'))
    assert (planned.codes, origins(planned)) == (["move-blocked"], {'b["k"]': 'a["k"]'})


def test_an_instance_that_is_still_declared_does_not_move():
    world = applied(each("a", "kl"))
    text = each("a", "kl") + connector("b", "B") + moved('a["k"]', "b")
    assert world.plan(text).codes == ["moved-still-declared"]


def test_what_was_moved_to_nowhere_is_destroyed_and_says_so():
    planned = applied(connector()).plan(moved("a", "b"))
    assert (planned.actions, origins(planned)) == ({S + "b": "delete"}, {"b": "a"})
    assert planned.reasons == {S + "b": "delete-because-no-move-target"}


def test_a_resource_that_gets_count_keeps_its_object_as_the_first():
    planned = applied(connector("a", "A0")).plan(counted("a", 2))
    assert origins(planned) == {"a[0]": "a"}
    assert planned.actions == {S + "a[0]": "update", S + "a[1]": "create"}


def test_a_resource_that_loses_count_keeps_the_first():
    planned = applied(counted("a", 2)).plan(connector("a", "A0", spaces='["0.example"]'))
    assert (origins(planned), planned.actions) == ({"a": "a[0]"}, {S + "a[1]": "delete"})


def test_what_moved_blocks_say_of_a_resource_goes_before_count():
    text = connector("a", "A1", spaces='["1.example"]') + moved("a[1]", "a")
    planned = applied(counted("a", 2)).plan(text)
    assert (origins(planned), planned.actions) == ({"a": "a[1]"}, {S + "a[0]": "delete"})


def test_for_each_moves_nothing_by_itself():
    planned = applied(connector("a", "Ak")).plan(each("a", "k"))
    assert (origins(planned), set(planned.actions.values())) == ({}, {"delete", "create"})


def test_what_others_used_is_remembered_under_its_new_address():
    uses = f"comment = {S}a.guid"
    world = applied(connector() + connector("u", "U", uses, spaces='["u.example"]'))
    after = connector("b", "A") + connector(
        "u", "U", f"comment = {S}b.guid", spaces='["u.example"]'
    )
    world.apply(after + moved("a", "b"))
    assert [str(used) for used in world.row(S + "u").dependencies] == [S + "b"]
    assert world.plan(after).steps == ()


def test_a_user_that_is_gone_from_the_files_still_goes_before_what_it_used():
    uses = f"comment = {S}a.guid"
    world = applied(connector() + connector("u", "U", uses, spaces='["u.example"]'))
    world.apply(connector("b", "A") + moved("a", "b"), excludes=[S + "u"])
    planned = world.plan("")
    assert planned.order == ["delete u", "delete b"]


def test_a_replacement_comes_after_the_move():
    world = applied(connector())
    planned = world.plan(connector("b", "A") + moved("a", "b"), replacements=[S + "b"])
    assert planned.order == ["move b", "delete b", "create b"]
    assert origins(planned) == {"b": "a"}


def test_a_left_over_moves_with_its_resource():
    world = applied(connector())
    world.remember(S + "a", deposed="old")
    world.apply(connector("b", "A2") + moved("a", "b"))
    assert rows(world) == [S + "b"]


def test_a_tainted_object_stays_tainted():
    world = applied(connector())
    world.taint(S + "a")
    planned = world.plan(connector("b", "A") + moved("a", "b"))
    assert planned.actions == {S + "b": "replace"}


def test_an_object_that_is_gone_is_made_under_its_new_address():
    world = applied(connector())
    world.remove(S + "a")
    world.apply(connector("b", "A") + moved("a", "b"))
    assert rows(world) == [S + "b"]


def test_a_destroy_finds_what_has_moved():
    world = applied(connector())
    world.apply(connector("b", "A") + moved("a", "b"), Mode.DESTROY)
    assert rows(world) == []


def test_a_refresh_records_moves_and_calls_nothing():
    world = applied(connector())
    planned = world.plan(connector("b", "A", "port = 1") + moved("a", "b"), Mode.REFRESH_ONLY)
    assert (planned.order, origins(planned)) == (["move b"], {"b": "a"})


def test_targets_must_name_both_addresses():
    world = applied(connector())
    text = connector("b", "A") + connector("z", "Z", spaces='["z.example"]') + moved("a", "b")
    for targets in ([S + "z"], [S + "b"], [S + "a"]):
        planned = world.plan(text, targets=targets)
        assert planned.codes == ["move-outside-targets"]
    missing = world.plan(text, targets=[S + "b"]).problems.errors[0].detail
    assert f"-target='{S}a'" in missing
    assert f"-target='{S}b'" not in missing
    both = world.plan(text, targets=[S + "a", S + "b"])
    assert (both.codes, both.order) == ([], ["move b"])


def test_what_is_excluded_still_gets_its_new_address():
    world = applied(connector())
    planned = world.plan(connector("b", "A", "port = 26") + moved("a", "b"), excludes=[S + "b"])
    assert (planned.actions, planned.order, origins(planned)) == ({}, ["move b"], {"b": "a"})


def test_an_import_into_an_address_that_is_moved_to_has_nothing_to_do():
    world = applied(connector())
    text = connector("b", "A") + moved("a", "b") + f'import {{\nto = {S}b\nid = "Nobody"\n}}\n'
    assert (world.plan(text).codes, world.plan(text).actions) == ([], {})


def test_what_is_removed_without_destroying_is_forgotten():
    world = applied(connector())
    planned = world.plan(removed("a", destroy=False))
    assert (planned.actions, planned.order) == ({S + "a": "forget"}, ["forget a"])
    world.apply(removed("a", destroy=False))
    assert (rows(world), [len(here) for here in world.objects.values()]) == ([], [1])


def test_what_is_removed_and_destroyed_is_deleted():
    planned = applied(connector()).plan(removed("a", destroy=True))
    assert planned.actions == {S + "a": "delete"}
    assert planned.reasons == {S + "a": "delete-because-no-resource-config"}


def test_all_instances_are_removed_and_all_resources_of_a_module():
    world = applied(each("a", "kl"))
    assert set(world.plan(removed("a", destroy=False)).actions.values()) == {"forget"}
    world.apply(
        moved("a", "a").replace(f"to = {S}", "to = module.m.send_connector."), Mode.REFRESH_ONLY
    )
    planned = world.plan("removed {\nfrom = module.m\nlifecycle {\ndestroy = false\n}\n}\n")
    assert list(planned.actions.values()) == ["forget", "forget"]


def test_protection_outlives_a_removed_block():
    world = applied(connector("a", "A", "!prevent_destroy = true"))
    assert world.plan(removed("a", destroy=True)).codes == ["protected"]
    assert world.plan(removed("a", destroy=False)).codes == []


def test_a_destroy_run_destroys_what_a_removed_block_would_keep():
    planned = applied(connector()).plan(removed("a", destroy=False), Mode.DESTROY)
    assert planned.actions == {S + "a": "delete"}


def test_a_removed_block_takes_effect_at_the_new_address():
    planned = applied(connector()).plan(moved("a", "b") + removed("b", destroy=False))
    assert (planned.actions, origins(planned)) == ({S + "b": "forget"}, {"b": "a"})


def test_what_is_gone_already_is_forgotten_without_a_word():
    world = applied(connector())
    world.remove(S + "a")
    planned = world.plan(removed("a", destroy=False))
    assert (planned.actions, planned.order) == ({}, ["forget a"])


def test_the_name_of_what_is_forgotten_is_not_free():
    world = applied(connector())
    planned = world.plan(connector("b", "A") + removed("a", destroy=False))
    assert planned.codes == ["name-in-use"]
    assert "moved block" in planned.problems.errors[0].detail


def test_what_a_target_leaves_out_is_not_forgotten():
    world = applied(connector() + connector("z", "Z", spaces='["z.example"]'))
    text = connector("z", "Z", spaces='["z.example"]') + removed("a", destroy=False)
    assert world.plan(text, targets=[S + "z"]).actions == {}
    assert world.plan(text, targets=[S + "a"]).actions == {S + "a": "forget"}
