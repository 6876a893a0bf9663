"""The variables of a run: what the run says, what its file says, then all that the project has."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from reconciler.app.project import Project
from reconciler.config.blocks import Configuration
from reconciler.config.decode_test import RunBlock, Script
from reconciler.config.values_files import Sources
from reconciler.config.variables import values
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import Namespace, Root, Scope
from reconciler.lang.syntax import Argument
from reconciler.lang.value import Value, is_known
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span

UNDECLARED = "undeclared-variable-value"
Tried = dict[str, tuple[Value, Span]]


@dataclass(frozen=True, slots=True)
class Trial:
    """What the variables of a run may draw on: `project` and its configuration as it is run by
    itself, the file, and the outputs of the runs before.
    """

    project: Project
    main: Configuration
    script: Script
    outputs: Mapping[str, Root]

    @property
    def sources(self) -> Sources:
        return Sources(self.project.environment, self.project.workspace, self.project.given)


def variables(
    at: Trial, run: RunBlock, configuration: Configuration, problems: Collector
) -> Mapping[str, Value]:
    """The value of every variable of `configuration` that has a valid one."""
    try:
        tried = _tried(at, run, configuration)
    except ReconcilerError as failure:
        problems.extend(replace(d, context=run.context) for d in failure.diagnostics)
        return {}
    own = Collector()
    found = values(configuration, replace(at.sources, tried=tried), None, own)
    problems.extend(_placed(d, at, run) for d in own if _matters(d, at, run))
    return found


def _tried(at: Trial, run: RunBlock, configuration: Configuration) -> Tried:
    """What the file gives to the variables that there are, and all that the run gives."""
    of_file = {n: a for n, a in at.script.variables.items() if n in configuration.variables}
    outside = _scope(at, lambda: _outside(at, {}))
    tried = dict(_evaluated(of_file, outside))
    inside = _scope(at, lambda: _outside(at, tried))
    return {**tried, **dict(_evaluated(run.variables, inside))}


def _outside(at: Trial, tried: Tried) -> Mapping[str, Value]:
    """The project's own variables, as far as they have values."""
    return values(at.main, replace(at.sources, tried=tried), None, Collector())


def _scope(at: Trial, known: Callable[[], Mapping[str, Value]]) -> Scope:
    """Computed when an expression asks, which few do."""
    once = cache(known)
    own = Namespace(lambda name: once()[name], once, "variable")
    names = {"var": own, "run": runs(at.outputs)}
    return Scope(names, base=at.project.root)


def runs(outputs: Mapping[str, Root]) -> Namespace:
    """What `run` stands for: the outputs of the runs before."""
    return Namespace(outputs.__getitem__, lambda: outputs, "earlier run")


def _evaluated(
    given: Mapping[str, Argument], scope: Scope
) -> Iterator[tuple[str, tuple[Value, Span]]]:
    for name, argument in given.items():
        value = evaluate(argument.expr, scope)
        if not is_known(value):
            raise ReconcilerError(_unknown(name, argument.expr.span))
        yield name, (value, argument.expr.span)


def _stands_in(found: Diagnostic, script: Script) -> bool:
    return found.span is not None and found.span.path == script.path


def _placed(found: Diagnostic, at: Trial, run: RunBlock) -> Diagnostic:
    is_ours = found.context is None and _stands_in(found, at.script)
    return replace(found, context=run.context) if is_ours else found


def _matters(found: Diagnostic, at: Trial, run: RunBlock) -> bool:
    """A folder of its own has variables of its own: what others are given for does not matter."""
    own = run.module is None or _stands_in(found, at.script)
    return own or found.code != UNDECLARED


def _unknown(name: str, span: Span) -> Diagnostic:
    return error(
        "unknown-variable-value",
        "Value is not known",
        f"{name} is given something that is known only after apply, and the run that it comes"
        " from only plans. Let that run apply: command = apply",
        span,
    )
