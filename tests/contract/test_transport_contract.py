"""What every transport owes, shown on the simulated Exchange."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from reconciler.backends.base import NOT_FOUND, BackendError, Outcome
from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport


@pytest.fixture(params=["simulated"])
def transport(tmp_path):
    opened = simulated_transport({}, root=tmp_path, environment={}, user="CONTOSO\\alice")
    yield opened
    opened.close()


def call(transport, verb, **parameters):
    return transport.invoke(Command(verb, "SendConnector", parameters))


def create(transport, name):
    (bag,) = call(transport, "New", Name=name, AddressSpaces=("*.lab.example",))
    return bag


def test_answers_are_property_bags_of_plain_values(transport):
    create(transport, "Lab")
    (bag,) = call(transport, "Get")
    assert all(v is None or isinstance(v, str | int | bool | list) for v in bag.values())
    assert {"Name", "Identity", "Guid"} <= bag.keys()


def test_what_was_created_is_there_for_the_next_call(transport):
    made = create(transport, "Lab")
    assert list(call(transport, "Get", Identity=made["Guid"])) == [made]


def test_set_and_remove_answer_nothing(transport):
    create(transport, "Lab")
    assert list(call(transport, "Set", Identity="Lab", Port=2525)) == []
    assert list(call(transport, "Remove", Identity="Lab", Confirm=False)) == []


def test_a_refusal_is_permanent_and_changes_nothing(transport):
    with pytest.raises(BackendError) as caught:
        call(transport, "New", Name="Lab", AddressSpaces=("*.lab.example",), Port=70_000)
    assert caught.value.outcome is Outcome.PERMANENT
    assert list(call(transport, "Get")) == []


def test_what_does_not_exist_is_called_not_found(transport):
    for verb in ("Get", "Set", "Remove"):
        with pytest.raises(BackendError) as caught:
            call(transport, verb, Identity="Nobody")
        assert caught.value.code == NOT_FOUND


def test_parallel_calls_lose_nothing(transport):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda n: create(transport, f"c{n}"), range(64)))
    assert {bag["Guid"] for bag in call(transport, "Get")} == {bag["Guid"] for bag in made}


def test_of_parallel_creations_with_one_name_one_succeeds(transport):
    def attempt(_):
        try:
            return bool(create(transport, "Lab"))
        except BackendError as error:
            return error.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(8)))
    assert sorted(map(str, outcomes)) == ["True"] + ["already-exists"] * 7
