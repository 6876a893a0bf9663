"""Reading lists of faults, and choosing the calls they fall on."""

import pytest

from reconciler.backends.command import Command
from reconciler.backends.simulated.faults import Effect, Fault, FaultPlan, parse_faults
from reconciler.model.diagnostic import ReconcilerError


def struck(plan, cmdlet="Set-SendConnector", name="Lab"):
    verb, _, noun = cmdlet.partition("-")
    parameter = "Name" if verb == "New" else "Identity"
    return plan.strike(Command(verb, noun, {parameter: name}), lambda identity: identity)


def plan(text, seed=0):
    return FaultPlan(parse_faults(text), seed)


def test_the_example_of_the_manual_is_read():
    text = (
        "New-SendConnector@c005=permanent; Set-*#3=lost-answer; *%0.1=transient; Remove-*#1=hang"
    )
    assert parse_faults(text) == (
        Fault("new-sendconnector", "c005", 0, 1.0, Effect.PERMANENT),
        Fault("set-*", "", 3, 1.0, Effect.LOST_ANSWER),
        Fault("*", "", 0, 0.1, Effect.TRANSIENT),
        Fault("remove-*", "", 1, 1.0, Effect.HANG),
    )


def test_names_may_hold_spaces_and_signs():
    (fault,) = parse_faults("Set-*@Fabrikam (partner) = EMEA#2 = edit")
    assert (fault.name, fault.nth) == ("fabrikam (partner) = emea", 2)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("Set-*", "cannot be read"),
        ("=transient", "cannot be read"),
        ("Set-*=transiet", 'Did you mean "transient"'),
        ("Set-*%1.5=transient", "between 0 and 1"),
        ("Set-*%0=transient", "between 0 and 1"),
        ("Set-*#0=transient", "counted from 1"),
    ],
)
def test_a_bad_fault_says_what_is_wrong(entry, says):
    with pytest.raises(ReconcilerError) as caught:
        parse_faults(entry)
    assert says in caught.value.diagnostics[0].detail


def test_every_bad_fault_is_reported():
    with pytest.raises(ReconcilerError) as caught:
        parse_faults("a=b; c; Set-*=edit")
    assert len(caught.value.diagnostics) == 2


def test_without_faults_nothing_strikes():
    assert struck(plan("")) is None


def test_a_pattern_chooses_cmdlets_in_any_case():
    faults = plan("sEt-*=transient")
    assert struck(faults, "Set-SendConnector") is Effect.TRANSIENT
    assert struck(faults, "New-SendConnector") is None


def test_a_name_chooses_one_object_however_it_is_called():
    faults = plan("*@lab=permanent")
    by_guid = Command("Set", "SendConnector", {"Identity": "some-guid"})
    assert struck(faults, "New-SendConnector", "LAB") is Effect.PERMANENT
    assert faults.strike(by_guid, lambda _: "Lab") is Effect.PERMANENT
    assert struck(faults, name="other") is None


def test_a_number_chooses_one_call_among_those_that_match():
    faults = plan("Set-*@Lab#2=hang")
    calls = [("Set-SendConnector", name) for name in ("Lab", "other", "Lab", "Lab")]
    assert [struck(faults, *call) for call in calls] == [None, None, Effect.HANG, None]


def test_the_first_of_several_faults_wins_and_the_others_count_on():
    faults = plan("*#1=transient; *#2=permanent")
    assert [struck(faults) for _ in range(3)] == [Effect.TRANSIENT, Effect.PERMANENT, None]


def drawn(seed):
    faults = plan("*%0.3=transient", seed)
    return [struck(faults, name=f"c{n}") is not None for n in range(1000)]


def test_a_share_falls_on_about_that_many_calls():
    assert 250 < sum(drawn(1)) < 350


def test_a_share_is_drawn_from_the_seed_alone():
    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)


def test_a_share_does_not_depend_on_the_order_of_objects():
    names = [f"c{n}" for n in range(100)]
    one, other = plan("*%0.3=transient"), plan("*%0.3=transient")
    forth = {name: struck(one, name=name) for name in names}
    back = {name: struck(other, name=name) for name in reversed(names)}
    assert forth == back


def test_a_share_is_drawn_for_the_object_whatever_its_guid():
    def drawn_by(guid):
        faults, call = (
            plan("*%0.5=transient"),
            Command("Remove", "SendConnector", {"Identity": guid}),
        )
        return [faults.strike(call, lambda _: "Lab") for _ in range(50)]

    assert drawn_by("9fad9470") == drawn_by("b1c71380")


def test_a_retry_draws_anew():
    faults = plan("*%0.5=transient")
    assert len({struck(faults) for _ in range(50)}) == 2
