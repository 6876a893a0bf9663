from reconciler.catalog.index import types
from reconciler.engine.moves import Move
from reconciler.engine.schedule import schedule
from reconciler.model.address import Address
from reconciler.model.plan import Step, Verb
from reconciler.model.state import Handle


def address(name, key=None):
    return Address("send_connector", name, key)


def move(verb, name, *, before=None, after=None, key=None, **rest):
    was = None if before is None else {"name": before}
    will = None if after is None else {"name": after}
    where = address(name, key)
    handle = None if verb is Verb.CREATE else Handle(f"guid-{where}")
    step = Step(f"{verb} {where}", where, verb, handle, before or after or "", {}, will or {})
    return Move(step, was, will, **rest)


def order(*moves):
    return [step.id for step in schedule(moves, types()) if step.verb is not Verb.JOIN]


def test_what_is_used_is_made_before_its_users():
    user = move(Verb.CREATE, "a", after="A", uses=(address("b"),))
    used = move(Verb.CREATE, "b", after="B")
    assert order(user, used) == ["create send_connector.b", "create send_connector.a"]


def test_what_was_used_is_deleted_after_its_users():
    used = move(Verb.DELETE, "a", before="A")
    user = move(Verb.DELETE, "b", before="B", used=(address("a"),))
    assert order(used, user) == ["delete send_connector.b", "delete send_connector.a"]


def test_a_user_moves_away_before_what_it_used_is_deleted():
    used = move(Verb.DELETE, "a", before="A")
    user = move(Verb.UPDATE, "b", before="B", after="B", used=(address("a"),))
    assert order(used, user) == ["update send_connector.b", "delete send_connector.a"]


def test_a_replacement_deletes_first_and_its_user_comes_last():
    moves = (
        move(Verb.UPDATE, "b", before="B", after="B", uses=(address("a"),), used=(address("a"),)),
        move(Verb.CREATE, "a", after="A", replaces="first"),
        move(Verb.DELETE, "a", before="A", replaces="first"),
    )
    assert order(*moves) == [
        "delete send_connector.a",
        "create send_connector.a",
        "update send_connector.b",
    ]


def test_create_before_destroy_deletes_last():
    moves = (
        move(Verb.DELETE, "a", before="A", replaces="last"),
        move(Verb.CREATE, "a", after="A2", replaces="last"),
        move(Verb.UPDATE, "b", before="B", after="B", uses=(address("a"),), used=(address("a"),)),
    )
    assert order(*moves) == [
        "create send_connector.a",
        "update send_connector.b",
        "delete send_connector.a",
    ]


def test_a_name_is_freed_before_it_is_taken():
    taker = move(Verb.CREATE, "a", after="Relay")
    giver = move(Verb.DELETE, "z", before="relay")
    assert order(taker, giver) == ["delete send_connector.z", "create send_connector.a"]


def test_names_that_change_places_take_a_step_aside():
    one = move(Verb.UPDATE, "a", before="X", after="Y")
    other = move(Verb.UPDATE, "b", before="Y", after="X")
    assert order(one, other) == [
        "update send_connector.a aside",
        "update send_connector.b",
        "update send_connector.a",
    ]


def test_of_two_that_change_names_the_user_steps_aside():
    used = move(Verb.UPDATE, "a", before="X", after="Y")
    user = move(Verb.UPDATE, "b", before="Y", after="X", uses=(address("a"),))
    assert order(used, user) == [
        "update send_connector.b aside",
        "update send_connector.a",
        "update send_connector.b",
    ]


def test_a_user_steps_aside_for_who_takes_its_name_and_is_used_by_it():
    used = move(Verb.UPDATE, "a", before="X", after="Y")
    between = move(Verb.UPDATE, "m", before="M", after="M", uses=(address("a"),))
    user = move(Verb.UPDATE, "b", before="Y", after="Z", uses=(address("m"),))
    assert order(used, between, user) == [
        "update send_connector.b aside",
        "update send_connector.a",
        "update send_connector.m",
        "update send_connector.b",
    ]


def test_a_name_may_come_from_who_waits_for_its_new_owner_by_way_of_names_and_uses():
    new = move(Verb.CREATE, "b", after=":")
    between = move(Verb.UPDATE, "c", before=":", after=".")
    user = move(Verb.UPDATE, "a", before=".", after="A", uses=(address("b"),))
    assert order(new, between, user) == [
        "update send_connector.a aside",
        "update send_connector.c",
        "create send_connector.b",
        "update send_connector.a",
    ]


def test_names_that_go_round_among_three_need_one_step_aside():
    names = {"a": "XY", "b": "YZ", "c": "ZX"}
    steps = order(*(move(Verb.UPDATE, n, before=b, after=a) for n, (b, a) in names.items()))
    assert [step for step in steps if step.endswith("aside")] == ["update send_connector.a aside"]
    assert len(steps) == 4


def test_every_step_comes_after_what_it_needs_in_a_wide_plan():
    used = [move(Verb.CREATE, "used", after=f"U{n}", key=n) for n in range(30)]
    users = [
        move(Verb.CREATE, "user", after=f"V{n}", key=n, uses=(address("used"),)) for n in range(30)
    ]
    steps = schedule([*users, *used], types())
    place = {step.id: number for number, step in enumerate(steps)}
    assert all(place[need] < place[step.id] for step in steps for need in step.needs)
    assert sum(len(step.needs) for step in steps) <= 30 + 30


def test_the_order_does_not_hang_on_how_changes_come_in():
    moves = [move(Verb.CREATE, name, after=name) for name in "dacb"]
    assert order(*moves) == order(*reversed(moves))
