"""A plan tells which deletion and creation look like one object, and a moved block makes it one."""

from pathlib import Path

import pytest
from planning_bench import applied, connector

from reconciler.config.load import configuration as read
from reconciler.engine import lookalikes
from reconciler.model.diagnostic import Collector
from reconciler.model.platform import Platform
from reconciler.views.renames import block

S = "send_connector."
PORT = "port = 2525"


def each(label, keys, name="${each.key}", more=""):
    listed = ", ".join(f'"{key}"' for key in keys)
    body = f'name = "{name}"\naddress_spaces = ["${{md5(each.key)}}.example"]\n{more}'
    return f'resource "send_connector" "{label}" {{\nfor_each = toset([{listed}])\n{body}\n}}\n'


def hints(planned, text):
    return lookalikes.found(planned.draft, configuration(text))


def configuration(text):
    return read(Path("project"), {"main.hcl": text}, Collector())


def told(world, text, **asked):
    """(from, to, because, how many) without the type."""
    found = hints(world.plan(text, **asked), text)
    return [
        (str(h.origin).replace(S, ""), str(h.to).replace(S, ""), h.because.value, h.objects)
        for h in found
    ]


def pasted(world, text):
    """What is planned once all blocks are pasted: actions, and addresses that have moved."""
    found = hints(world.plan(text), text)
    planned = world.plan(text + "".join(map(block, found)))
    assert not planned.problems.errors
    return planned.actions


def test_an_object_of_the_same_name_looks_renamed():
    world = applied(connector())
    text = connector("b", "a", PORT)
    assert told(world, text) == [("a", "b", "identity", 1)]
    assert pasted(world, text) == {S + "b": "update"}


def test_an_object_of_the_same_body_looks_renamed():
    world = applied(connector())
    text = connector("b", "B")
    assert told(world, text) == [("a", "b", "body", 1)]
    assert pasted(world, text) == {S + "b": "update"}


def test_what_was_only_given_another_address_becomes_an_empty_plan():
    world = applied(connector())
    assert pasted(world, connector("b", "A")) == {}


@pytest.mark.parametrize(
    ("before", "after", "hint"),
    [
        (each("a", "kl"), each("a", "kx", more="comment = each.key"), []),
        (connector("a", "k", spaces='["k.example"]'), each("a", "kl"), [("a", 'a["k"]')]),
        (each("a", "k"), connector("a", "k", spaces='["k.example"]'), [('a["k"]', "a")]),
        (each("a", "kl"), each("b", "kl"), [("a", "b")]),
        (each("a", "kl"), each("b", "k"), [('a["k"]', 'b["k"]')]),
        (each("a", "kl"), each("a", "l") + each("b", "k"), [('a["k"]', 'b["k"]')]),
        (each("a", ["x.y", "z w"]), each("b", ["x.y", "z w"]), [("a", "b")]),
        (each("a", ["$${x}"]), each("b", ["$${x}"]), [('a["${x}"]', 'b["${x}"]')]),
    ],
)  # fmt: skip
def test_keys_are_part_of_addresses(before, after, hint):
    world = applied(before)
    assert [row[:2] for row in told(world, after)] == hint
    actions = pasted(world, after)
    assert {actions.get(S + to, "update") for _, to in hint} <= {"update"}


def test_a_new_key_looks_renamed_where_all_else_is_the_same():
    one = 'resource "send_connector" "a" {{\nfor_each = toset(["{}"])\nname = each.key\n{}\n}}\n'
    rest = 'address_spaces = ["a.example"]\nport = 2525'
    world = applied(one.format("k", rest))
    assert told(world, one.format("l", rest)) == [('a["k"]', 'a["l"]', "body", 1)]
    assert pasted(world, one.format("l", rest)) == {S + 'a["l"]': "update"}


def test_several_of_one_body_are_not_told_apart():
    world = applied(connector("a", "A") + connector("b", "B"))
    assert told(world, connector("c", "C")) == []
    assert told(world, connector("c", "C") + connector("d", "D")) == []


def test_a_name_tells_those_of_one_body_apart():
    world = applied(connector("a", "A") + connector("b", "B"))
    text = connector("c", "B") + connector("d", "D")
    assert told(world, text) == [("b", "c", "identity", 1), ("a", "d", "body", 1)]
    assert pasted(world, text) == {S + "d": "update"}


def test_other_objects_do_not_look_renamed():
    world = applied(connector())
    assert told(world, connector("b", "B", spaces='["b.example"]')) == []
    assert told(world, "") == []
    assert told(world, connector() + connector("b", "B", spaces='["b.example"]')) == []


def test_what_would_be_replaced_all_the_same_is_not_told():
    world = applied(connector())
    world.taint(S + "a")
    assert told(world, connector("b", "A")) == []


def test_what_is_removed_on_purpose_is_not_told():
    world = applied(connector())
    removed = "removed {\n  from = send_connector.a\n}\n"
    assert told(world, connector("b", "A") + removed) == []


def test_what_is_switched_off_is_not_told():
    world = applied(connector())
    text = connector("a", "A", "!enabled = false") + connector("b", "A")
    assert told(world, text) == []


def test_moves_that_are_there_already_are_not_contradicted():
    world = applied(connector() + connector("z", "Z", spaces='["z.example"]'))
    after = connector("b", "A") + connector("z", "Z", spaces='["z.example"]')
    assert told(world, after + moved("c", "a")) == [("a", "b", "identity", 1)]
    assert told(world, after + moved("a", "z")) == []
    assert told(world, after + moved("c", "b")) == []


def moved(origin, to):
    return f"moved {{\n  from = {S}{origin}\n  to = {S}{to}\n}}\n"


def test_a_star_in_a_key_would_be_a_pattern():
    world = applied(each("a", ["*x"]))
    assert told(world, each("b", ["*x"])) == []


def test_two_objects_of_one_resource_can_go_two_ways():
    world = applied(each("a", "kl"))
    text = each("b", "k") + each("c", "l")
    assert [row[:2] for row in told(world, text)] == [
        ('a["k"]', 'b["k"]'),
        ('a["l"]', 'c["l"]'),
    ]
    assert pasted(world, text) == {}


def test_an_object_of_another_backend_is_another_one():
    world = applied(connector())
    here = 'backend "simulated" {}\nbackend "simulated" {\n alias = "lab"\n}\n'
    world.platforms = {"": Platform(), "lab": Platform()}
    assert told(world, here + connector("b", "A", "backend = simulated.lab")) == []


def test_the_block_is_ready_to_paste():
    world = applied(connector())
    text = connector("b", "A")
    (found,) = hints(world.plan(text), text)
    assert block(found) == ("moved {\n  from = send_connector.a\n  to   = send_connector.b\n}\n")
