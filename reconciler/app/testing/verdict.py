"""Whether a run went as its block says: what had to fail, and what must hold. Carries out nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.config.blocks import Condition, Configuration
from reconciler.config.decode_test import Expected, RunBlock
from reconciler.engine.checks import CHECK
from reconciler.engine.sight import Sight, within
from reconciler.lang.fault import used
from reconciler.lang.scope import Scope
from reconciler.lang.value import SENSITIVE, is_known, marks, plain
from reconciler.model.diagnostic import (
    Collector,
    Diagnostic,
    ReconcilerError,
    Severity,
    error,
    warning,
)
from reconciler.model.span import Span
from reconciler.model.testing import Status

_CHECK_FAILED = f"{CHECK}-failed"
_WORDS = {"true": True, "false": False}


def unexpected(
    found: Sequence[Diagnostic], run: RunBlock, configuration: Configuration, *, prevented: bool
) -> tuple[Diagnostic, ...]:
    """`found` without what had to fail, and with what did not although it had to. `prevented`:
    an apply came to nothing, because the plan could not be made.
    """
    variables = dict(_validations(configuration))
    left: list[Diagnostic] = []
    met: dict[Expected, Diagnostic] = {}
    for one in found:
        wanted = _covering(one, run.expected, variables)
        if wanted is None:
            left.append(_weighed(one))
        else:
            met.setdefault(wanted, one)
    if prevented and (early := [d for d in met.values() if _is_error(d)]):
        told = [_too_early(e) for e, d in met.items() if d in early]
        return (*_of_run(told, run), *early, *left)
    missing = [] if any(map(_is_error, left)) else [e for e in run.expected if e not in met]
    return (*left, *_of_run(map(_missing, missing), run))


def _of_run(found: Iterable[Diagnostic], run: RunBlock) -> Iterator[Diagnostic]:
    return (replace(one, context=run.context) for one in found)


def _validations(configuration: Configuration) -> Iterator[tuple[Span, str]]:
    for variable in configuration.variables.values():
        for condition in variable.validations:
            yield condition.condition.span, f"var.{variable.name}"


def _covering(
    found: Diagnostic, expected: Iterable[Expected], variables: Mapping[Span, str]
) -> Expected | None:
    """The object that had to fail, where `found` says that it did."""
    about = found.address or (variables.get(found.span) if found.span else None)
    if about is None or not (_is_error(found) or found.code == _CHECK_FAILED):
        return None
    return next(
        (e for e in expected if about == e.object or about.startswith(f"{e.object}[")), None
    )


def _is_error(found: Diagnostic) -> bool:
    return found.severity is Severity.ERROR


def _weighed(found: Diagnostic) -> Diagnostic:
    """A check that fails is worth a warning elsewhere; in a test it is what tests are for."""
    return replace(found, severity=Severity.ERROR) if found.code == _CHECK_FAILED else found


def status(found: Iterable[Diagnostic]) -> Status:
    """What the findings make of a run whose assertions have yet to be looked at."""
    return Status.ERROR if any(map(_is_error, found)) else Status.PASS


def asserted(sight: Sight, scope: Scope, run: RunBlock) -> tuple[Status, tuple[Diagnostic, ...]]:
    """What comes of the assertions, each evaluated whatever the others say."""
    found: list[Diagnostic] = []
    for condition in run.asserts:
        sight.problems = Collector()
        try:
            problem = _assertion(sight, condition, scope)
        except ReconcilerError as failure:
            found.extend(failure.diagnostics)
            continue
        # A value that could not be had is unknown, and why is more to the point.
        found.extend(sight.problems.errors or ((problem,) if problem else ()))
    if not found:
        return Status.PASS, ()
    failed = all(one.code == "assertion-failed" for one in found)
    return Status.FAIL if failed else Status.ERROR, tuple(within(found, run.context))


def _assertion(sight: Sight, condition: Condition, scope: Scope) -> Diagnostic | None:
    """What is wrong. Raises ReconcilerError."""
    value = sight.evaluate(condition.condition, scope)
    if not is_known(value):
        found = _unknown(condition.condition.span)
    else:
        bare = plain(value)
        result = _WORDS.get(bare) if isinstance(bare, str) else bare
        if result is True:
            return None
        if result is False:
            message = _message(sight, condition, scope)
            found = error("assertion-failed", "Test assertion failed", message)
        else:
            found = error("condition-not-bool", "Not true or false", _NOT_BOOL)
    at = condition.condition
    return replace(found, span=at.span, used=used(at, scope))


_NOT_BOOL = (
    "A condition must come out as true or false. Compare something, as in output.port == 25."
)


def _message(sight: Sight, condition: Condition, scope: Scope) -> str:
    value = sight.evaluate(condition.message, scope)
    if not is_known(value):
        return "The assertion does not hold. Its message is not known before apply."
    if SENSITIVE in marks(value):
        return "The assertion does not hold. Its message is not shown: it holds a sensitive value."
    return str(plain(value))


def _unknown(span: Span) -> Diagnostic:
    return error(
        "unknown-condition",
        "Unknown condition value",
        "The condition depends on something that is known only after apply, and this run may only"
        " plan. Let it apply (command = apply), or compare something else.",
        span,
    )


def _missing(wanted: Expected) -> Diagnostic:
    return error(
        "missing-expected-failure",
        "Missing expected failure",
        f"{wanted.object} should have failed in this run, and it did not. Take it out of"
        " expect_failures, or give the run values that it refuses.",
        wanted.span,
    )


def _too_early(wanted: Expected) -> Diagnostic:
    return warning(
        "expected-failure-while-planning",
        "Expected failure while planning",
        f"{wanted.object} failed as expected, but already in the plan, so that this run could not"
        " apply anything as it should. Let it only plan: command = plan",
        wanted.span,
    )
