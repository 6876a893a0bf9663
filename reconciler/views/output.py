"""The answers of `output`. Asked for by name, a sensitive value is shown: that is the wish."""

from collections.abc import Mapping

from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.state import Output
from reconciler.views import exact
from reconciler.views.hcl import lines
from reconciler.views.json_state import output
from reconciler.views.json_text import pretty


def one(given: Output) -> str:
    """The value as HCL."""
    return "\n".join(lines(exact.value(given))) + "\n"


def one_json(given: Output) -> str:
    return pretty(exact.value(given))


def raw(name: str, given: Output) -> str:
    """The value as it is, without quotes or line break. Raises ReconcilerError."""
    match given.value:
        case bool():
            return "true" if given.value else "false"
        case str() | int() | float():
            return str(given.value)
        case _:
            raise ReconcilerError(
                error(
                    "output-not-raw",
                    "Output has no raw form",
                    f'Output "{name}" is neither string, number nor bool, so it cannot be '
                    "printed raw. Use -json instead.",
                )
            )


def all_json(outputs: Mapping[str, Output]) -> str:
    return pretty({name: output(outputs[name]) for name in sorted(outputs)})


def missing(name: str) -> ReconcilerError:
    """The error for an output that the state does not have."""
    return ReconcilerError(
        error(
            "output-not-found",
            "Output not found",
            f'The state has no output "{name}". Where it is new in the configuration, it gets '
            "its value by: reconciler apply",
        )
    )
