import pytest
from execution_fakes import (
    BUSY,
    LOST_ANSWER,
    REFUSED,
    SILENT,
    FakeBackend,
    create,
    delete,
    errand,
    patience,
    row,
    update,
)

from reconciler.backends.base import ALREADY_EXISTS, BackendError, Outcome
from reconciler.engine.carry import ATTEMPTS, Dropped, StepError, carry_out

TAKEN = BackendError(Outcome.PERMANENT, "The name is taken.", ALREADY_EXISTS)


def carried(backend, step, news=None):
    return carry_out(errand(step, backend), patience([] if news is None else news))


def failure(backend, step):
    with pytest.raises(StepError) as caught:
        carried(backend, step)
    return caught.value


def holding(*rows, **script):
    spelt = {name.replace("_", " "): effects for name, effects in script.items()}
    return FakeBackend({one.handle: one.values for one in rows}, spelt)


def test_a_lost_answer_of_a_creation_is_looked_up_and_not_made_again():
    backend = holding(create_a=[LOST_ANSWER])
    assert carried(backend, create("a")).handle == "guid-a"
    assert backend.calls == ["create a", "find a"]


def test_a_lost_call_is_looked_up_and_then_made_again():
    backend = holding(create_a=[SILENT])
    assert carried(backend, create("a")).handle == "guid-a"
    assert backend.calls == ["create a", "find a", "create a"]


def test_a_look_that_fails_is_no_proof_of_absence():
    backend = holding(create_a=[LOST_ANSWER], find_a=[BUSY, SILENT])
    assert carried(backend, create("a")).handle == "guid-a"
    assert backend.calls == ["create a", "find a", "find a", "find a"]


def test_an_object_with_other_settings_is_not_taken_for_ours():
    backend = holding(row("a", port=99), create_a=[SILENT])
    problem = failure(backend, create("a"))
    assert (problem.problem.code, problem.settled) == ("unproven-object", False)
    assert backend.calls == ["create a", "find a"]


def test_a_lost_answer_of_an_update_is_read_back():
    backend = holding(row("a"), update_a=[LOST_ANSWER])
    assert carried(backend, update("a", port=26)).values["port"] == 26
    assert backend.calls == ["update a", "read a"]


def test_a_lost_update_is_sent_again():
    backend = holding(row("a"), update_a=[SILENT])
    assert carried(backend, update("a", port=26)).values["port"] == 26
    assert backend.calls == ["update a", "read a", "update a"]


def test_an_update_that_cannot_be_read_back_whole_is_sent_again():
    step = update("a", usage="Partner")
    backend = holding(row("a"), update_a=[LOST_ANSWER])
    backend.objects["guid-a"] = {"name": "a", "port": 25}
    backend.script["read a"] = [lambda: backend.objects["guid-a"].pop("usage", None)]
    carried(backend, step)
    assert backend.calls == ["update a", "read a", "update a"]


def test_a_lost_answer_of_a_deletion_is_looked_up():
    backend = holding(row("a"), delete_a=[LOST_ANSWER])
    assert carried(backend, delete("a")) is None
    assert backend.calls == ["delete a", "read a"]


def test_a_refusal_settles_the_step():
    problem = failure(holding(create_a=[REFUSED]), create("a"))
    assert (problem.problem.code, problem.settled) == ("refused", True)


def test_a_refusal_after_a_doubt_leaves_the_doubt():
    """The call that got no answer may land after the look, and then the name is taken by us."""
    problem = failure(holding(create_a=[SILENT, TAKEN]), create("a"))
    assert (problem.problem.code, problem.settled) == (ALREADY_EXISTS, False)


def test_what_came_back_wrong_is_written_once_more():
    backend = holding()
    backend.script["update a"] = []
    step = create("a", comment="ours")
    real = backend.create

    def careless(rtype, values):
        found = real(rtype, values)
        backend.objects[found.handle] = {**found.values, "comment": "theirs"}
        return type(found)(found.handle, backend.objects[found.handle])

    backend.create = careless
    assert carried(backend, step).values["comment"] == "ours"
    assert backend.calls == ["create a", "update a"]


def test_what_stays_wrong_is_a_failure_that_remembers_what_was_found():
    backend = holding(row("a"))
    real = backend.update

    def stubborn(rtype, handle, values):
        found = real(rtype, handle, values)
        return type(found)(handle, {**found.values, "port": 1})

    backend.update = stubborn
    problem = failure(backend, update("a", port=26))
    assert (problem.problem.code, problem.settled) == ("not-as-written", True)
    assert problem.found.values["port"] == 1


def test_an_update_of_an_object_that_is_gone_is_refused_at_once():
    gone = BackendError(Outcome.PERMANENT, "There is no such object.", "not-found")
    backend = holding(update_a=[gone])
    assert failure(backend, update("a", port=26)).settled
    assert backend.calls == ["update a"]


def test_each_repetition_says_why():
    news: list[str] = []
    carried(holding(create_a=[BUSY, SILENT]), create("a"), news)
    assert news == ["Too busy.", "No answer."]


def test_a_look_costs_no_patience():
    backend = holding(create_a=[SILENT] * (ATTEMPTS - 1))
    assert carried(backend, create("a")).handle == "guid-a"
    assert backend.calls.count("find a") == ATTEMPTS - 1


def test_a_stop_ends_the_repetitions_of_what_certainly_did_not_happen():
    with pytest.raises(Dropped):
        carry_out(errand(create("a"), holding(create_a=[BUSY])), patience([], endless=False))


def test_a_stop_keeps_the_doubt_about_what_may_have_happened():
    backend = holding(create_a=[LOST_ANSWER])
    with pytest.raises(StepError) as caught:
        carry_out(errand(create("a"), backend), patience([], endless=False))
    assert not caught.value.settled
