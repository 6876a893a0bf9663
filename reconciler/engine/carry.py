"""One step against a backend: the call, its repetition, and the look after a doubtful answer.

It runs in a worker and touches nothing but the backend. What it returns has been read back.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from reconciler.backends.base import BackendError, Found, Outcome
from reconciler.engine.errand import Errand, ambiguous, not_as_written, problem
from reconciler.engine.recover import bears, candidates, mismatches
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.plan import Verb
from reconciler.model.record import dataclass
from reconciler.model.state import Handle
from reconciler.model.values import Sealed, Values, is_open
from reconciler.schema.difference import travelling

ATTEMPTS = 6
FIRST_WAIT = 0.1
LONGEST_WAIT = 10.0


class StepError(Exception):
    """The step failed. `settled`: the call certainly did not happen, or what it left behind is
    `found`; otherwise nobody knows, and the intent must stay open.
    """

    def __init__(self, problem: Diagnostic, *, settled: bool, found: Found | None = None) -> None:
        super().__init__(problem.summary)
        self.problem = problem
        self.settled = settled
        self.found = found


class Dropped(Exception):  # noqa: N818 (an ending, not an error)
    """The run is stopping, and what the step was to do certainly did not happen."""


@dataclass(frozen=True, slots=True)
class Patience:
    """`wait` sleeps that many seconds, or answers False at once where the run is to stop now;
    `notify` hears of each repetition: attempt, seconds until the next, why.
    """

    wait: Callable[[float], bool]
    notify: Callable[[int, float, str], None]


def carry_out(errand: Errand, patience: Patience) -> Found | None:
    """The object after the step as it was read back; None after a deletion.

    Raises StepError or Dropped.
    """
    found = _persist(errand, patience, _CALLS[errand.step.verb])
    if found is None:
        return None
    return _verified(errand, patience, found)


_Call = Callable[[Errand], Found | None]


def _create(errand: Errand) -> Found | None:
    return errand.backend.create(errand.rtype, errand.values)


def _update(errand: Errand) -> Found | None:
    return errand.backend.update(errand.rtype, _handle(errand), errand.values)


def _delete(errand: Errand) -> Found | None:
    errand.backend.delete(errand.rtype, _handle(errand))
    return None


_CALLS: Mapping[Verb, _Call] = {
    Verb.CREATE: _create,
    Verb.UPDATE: _update,
    Verb.DELETE: _delete,
}


def _handle(errand: Errand) -> Handle:
    assert errand.step.handle is not None
    return errand.step.handle


class _Again(Exception):  # noqa: N818 (not an error: a turn of the loop)
    """Certain not to have happened: try once more."""


@dataclass(slots=True)
class _Doubt:
    """`now`: the last call may have happened. `ever`: some call before may still come to pass."""

    now: bool = False
    ever: bool = False

    def arises(self) -> None:
        self.now = self.ever = True


def _persist(errand: Errand, patience: Patience, call: _Call) -> Found | None:
    wait, doubt, reason = FIRST_WAIT, _Doubt(), ""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _attempt(errand, call, doubt)
        except BackendError as failure:
            if failure.outcome is Outcome.PERMANENT:
                raise _refused(errand, failure, doubt) from failure
            if failure.outcome is Outcome.UNKNOWN:
                doubt.arises()
            reason = failure.message
        if attempt == ATTEMPTS:
            break
        if not _pause(patience, attempt, wait, reason):
            raise _stopped(errand, reason, doubt)
        wait = min(2 * wait, LONGEST_WAIT)
    raise _gave_up(errand, reason, doubt)


def _attempt(errand: Errand, call: _Call, doubt: _Doubt) -> Found | None:
    """Looks first where the last call may have happened; calls where it did not."""
    if doubt.now:
        try:
            return _look(errand)
        except _Again:
            doubt.now = False
    return call(errand)


def _stopped(errand: Errand, reason: str, doubt: _Doubt) -> Exception:
    return _gave_up(errand, reason, doubt) if doubt.ever else Dropped()


def _pause(patience: Patience, attempt: int, wait: float, reason: str) -> bool:
    patience.notify(attempt, wait, reason)
    return patience.wait(wait)


def _look(errand: Errand) -> Found | None:
    """What became of a call without an answer. Raises _Again where nothing did."""
    if errand.step.verb is Verb.CREATE:
        return _look_for_created(errand)
    found = errand.backend.read(errand.rtype, _handle(errand))
    if errand.step.verb is Verb.DELETE and found is None:
        return None
    if found is not None and errand.step.verb is Verb.UPDATE and _evident(errand, found):
        return found
    raise _Again


def _evident(errand: Errand, found: Found) -> bool:
    """An update shows itself only if all of it can be read back."""
    readable = all(name in found.values for name in errand.values)
    return readable and bears(errand.rtype, found.values, errand.values)


def _look_for_created(errand: Errand) -> Found:
    fresh = candidates(errand.rtype, errand.step.identity, errand.seen, _there(errand))
    if not fresh:
        raise _Again
    handle = next(iter(fresh))
    if len(fresh) > 1 or not bears(errand.rtype, fresh[handle], errand.values):
        raise StepError(ambiguous(errand, fresh), settled=False)
    return Found(handle, fresh[handle])


def _there(errand: Errand) -> Mapping[Handle, Values]:
    """What may be the object: everything, where Exchange was to choose its name."""
    if not errand.step.identity:
        return errand.backend.list(errand.rtype)
    found = errand.backend.find(errand.rtype, errand.step.identity)
    return {one.handle: one.values for one in found}


def _verified(errand: Errand, patience: Patience, found: Found) -> Found:
    """What was written has been read back; one more write brings what a creation could not, and
    mends what is not as it should be.
    """
    wrong = mismatches(errand.rtype, errand.expected, found.values, errand.values)
    if not wrong:
        return found
    mending = replace(errand.step, verb=Verb.UPDATE, handle=found.handle)
    wanted = {**found.values, **errand.expected}
    together = travelling(errand.rtype, wrong, wanted)
    values = {name: errand.values.get(name, wanted[name]) for name in together}
    values = {n: v for n, v in values.items() if not isinstance(v, Sealed) and not is_open(v)}
    again = replace(errand, step=mending, values=values)
    try:
        mended = _persist(again, patience, _update)
    except Dropped as stop:
        raise StepError(not_as_written(errand, wrong), settled=True, found=found) from stop
    except StepError as failure:
        raise StepError(failure.problem, settled=failure.settled, found=found) from failure
    assert mended is not None
    left = mismatches(errand.rtype, errand.expected, mended.values, errand.values)
    if left:
        raise StepError(not_as_written(errand, left), settled=True, found=mended)
    return mended


def _refused(errand: Errand, failure: BackendError, doubt: _Doubt) -> StepError:
    detail = f"Exchange refused to {errand.step.verb} {errand.called}: {failure.message}"
    found = problem(errand, failure.code, "Exchange refused the change", detail)
    return StepError(found, settled=not doubt.ever)


def _gave_up(errand: Errand, reason: str, doubt: _Doubt) -> StepError:
    known = (
        "Whether the call took effect is not known; the journal keeps it, and the next run looks "
        "before it does anything."
        if doubt.ever
        else "Nothing was changed by it."
    )
    detail = (
        f"The attempts to {errand.step.verb} {errand.called} came to nothing. The last answer: "
        f"{reason} {known} Run the same command again when Exchange can be reached."
    )
    found = problem(errand, "gave-up", "Exchange did not carry out the change", detail)
    return StepError(found, settled=not doubt.ever)
