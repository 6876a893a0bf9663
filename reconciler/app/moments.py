"""Moments that people name: a time, or a run. Knows no store."""

from collections.abc import Sequence
from datetime import UTC, datetime

from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.store.base import Run

_RUN = "run:"


def runs_until(when: str, runs: Sequence[Run]) -> frozenset[int]:
    """The runs that had ended at the moment `when`: `run:N`, or a time in the form of ISO 8601, in
    UTC where it does not say. Raises ReconcilerError.
    """
    if when.startswith(_RUN):
        number = when.removeprefix(_RUN)
        found = [one.id for one in runs if str(one.id) == number]
        if not found:
            raise ReconcilerError(no_run(number))
        return frozenset(one.id for one in runs if one.id <= found[0])
    moment = _read(when)
    if moment is None:
        raise ReconcilerError(_no_moment(when))
    return frozenset(one.id for one in runs if _ended(one) <= moment)


def _ended(run: Run) -> datetime:
    """One that was killed has no end; what it did was done soon after its start."""
    moment = _read(run.finished or run.started)
    return moment or datetime.max.replace(tzinfo=UTC)


def _read(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def no_run(number: int | str) -> Diagnostic:
    return error(
        "no-such-run",
        "No such run",
        f"The history has no run {number}. To see all, run: reconciler history",
    )


def _no_moment(when: str) -> Diagnostic:
    return error(
        "invalid-moment",
        "Not a moment",
        f'"{when}" is neither a time, such as 2026-03-01T14:00:00Z, nor a run, such as run:7.',
    )
