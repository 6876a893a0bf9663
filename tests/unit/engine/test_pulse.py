from execution_fakes import create

from reconciler.engine.pulse import Pulse

STEP = create("a")


def seconds(pulse, now):
    return [running.seconds for running in pulse.due(now)]


def test_a_long_step_is_told_of_every_ten_seconds():
    pulse = Pulse()
    pulse.begin(STEP, 100.0)
    told = [seconds(pulse, now) for now in (105.0, 110.5, 111.0, 119.9, 120.0, 145.0)]
    assert told == [[], [10], [], [], [20], [40]]


def test_a_repetition_does_not_begin_anew():
    pulse = Pulse()
    pulse.begin(STEP, 100.0)
    pulse.begin(STEP, 109.0)
    assert seconds(pulse, 110.0) == [10]


def test_what_has_ended_is_not_told_of():
    pulse = Pulse()
    pulse.begin(STEP, 100.0)
    pulse.end(STEP.id)
    assert seconds(pulse, 150.0) == []
