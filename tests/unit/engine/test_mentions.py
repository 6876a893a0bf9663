"""Order by plain names: an object that another one names is made first and unmade last."""

from dataclasses import replace

from reconciler.engine.moves import Move
from reconciler.engine.schedule import schedule
from reconciler.model.address import Address
from reconciler.model.plan import Step, Verb
from reconciler.model.state import Handle
from reconciler.schema.declare import argument, required
from reconciler.schema.kinds.text import name_of, reference
from reconciler.schema.resource_type import ResourceType


def rtype(name, target):
    """Without an order of references, steps go by the names of their types."""
    home = replace(argument("home", "Home", reference, ""), refers_to=target)
    return ResourceType(
        name, name.title(), "", (required(argument("name", "Name", name_of(64), "")), home)
    )


TYPES = {"early": rtype("early", "late"), "late": rtype("late", "early")}


def move(rtype, label, verb, before=None, after=None):
    address = Address(rtype, label)
    handle = None if before is None else Handle(f"guid-{label}")
    step = Step(f"{verb} {rtype} {label}", address, verb, handle, "", {}, after or {})
    return Move(step, before, after)


def order(*moves):
    return [step.id for step in schedule(moves, TYPES)]


def test_what_is_named_is_made_first():
    user = move("early", "a", Verb.CREATE, after={"name": "A", "home": "contoso.com"})
    named = move("late", "b", Verb.CREATE, after={"name": "Contoso.com"})
    assert order(user, named) == ["create late b", "create early a"]


def test_who_names_it_goes_before_it_goes():
    named = move("early", "a", Verb.DELETE, before={"name": "contoso.com"})
    user = move("late", "b", Verb.DELETE, before={"name": "Z", "home": "contoso.com"})
    assert order(named, user) == ["delete late b", "delete early a"]


def test_who_turns_to_another_does_so_before_the_first_goes():
    was, will = {"name": "Z", "home": "old.example"}, {"name": "Z", "home": "new.example"}
    old = move("early", "a", Verb.DELETE, before={"name": "old.example"})
    new = move("early", "z", Verb.CREATE, after={"name": "new.example"})
    user = move("late", "b", Verb.UPDATE, before=was, after=will)
    assert order(old, user, new) == ["create early z", "update late b", "delete early a"]


def test_a_handle_is_a_name_too():
    named = move("early", "a", Verb.DELETE, before={"name": "contoso.com"})
    user = move("late", "b", Verb.DELETE, before={"name": "Z", "home": "GUID-a"})
    assert order(named, user) == ["delete late b", "delete early a"]


def test_another_backend_has_other_objects():
    user = move("early", "a", Verb.CREATE, after={"name": "A", "home": "contoso.com"})
    elsewhere = move("late", "b", Verb.CREATE, after={"name": "contoso.com"})
    elsewhere = replace(elsewhere, step=replace(elsewhere.step, backend="cloud"))
    assert order(user, elsewhere) == ["create early a", "create late b"]


def test_objects_that_name_each_other_are_made_all_the_same():
    one = move("early", "a", Verb.CREATE, after={"name": "A", "home": "B"})
    other = move("late", "b", Verb.CREATE, after={"name": "B", "home": "A"})
    assert len(order(one, other)) == 2
