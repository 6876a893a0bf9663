"""How the simulated Exchange says no. Knows no rule."""

from reconciler.backends.base import BackendError, Outcome


class UnfitError(ValueError):
    """A value is none of the type that is asked for; the message is a sentence that says why."""


def refusal(code: str, message: str) -> BackendError:
    """The error of a call that Exchange turned down: it did not happen and never will."""
    return BackendError(Outcome.PERMANENT, message, code)
