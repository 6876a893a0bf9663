"""What most use cases need first: the configuration read, its variables, backends and store."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache

from reconciler.app import state_place
from reconciler.app.apart import shared
from reconciler.app.project import Project
from reconciler.backends.base import Backend
from reconciler.backends.memory import Memory
from reconciler.backends.open import open_backend, placed_apart
from reconciler.catalog.index import everything
from reconciler.config.blocks import BackendBlock, Configuration, Variable
from reconciler.config.load import load
from reconciler.config.static import check
from reconciler.config.values_files import Sources
from reconciler.config.variables import values
from reconciler.engine.resolve import Surroundings
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import Moment, Namespace, Scope
from reconciler.lang.syntax import Expr
from reconciler.lang.value import SENSITIVE, Value, marks, plain
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.platform import Platform
from reconciler.model.state import State
from reconciler.model.values import Sealed, Secret
from reconciler.schema.resource_type import IN_STATE, ResourceType
from reconciler.store import secrets
from reconciler.store.base import Store
from reconciler.store.process import this_process

UNKNOWN_SETTING = "unknown-setting"


@dataclass(slots=True)
class Session:
    """A configuration with everything around it, ready to be planned or applied."""

    project: Project
    configuration: Configuration
    variables: Mapping[str, Value]
    types: Mapping[str, ResourceType]
    backends: Mapping[str, Backend]
    memory: Memory
    store: Store
    problems: Collector = field(default_factory=Collector)

    @property
    def platforms(self) -> Mapping[str, Platform]:
        return {alias: one.capabilities.platform for alias, one in self.backends.items()}


def read(project: Project, problems: Collector) -> Configuration:
    """The configuration, with its static mistakes in `problems`."""
    if project.wait is not None:
        project.wait()
    configuration = load(project.root, problems)
    problems.extend(check(configuration, everything()))
    return configuration


@contextmanager
def session(project: Project, fixed: Mapping[str, object] | None = None) -> Iterator[Session]:
    """Everything open; closed when the block ends. Raises ReconcilerError with all mistakes in
    the files and in the values of variables. `fixed` are values that a saved plan holds.
    """
    problems = Collector()
    configuration = read(project, problems)
    _stop_on_errors(configuration, problems)
    variables = known_variables(project, configuration, problems, fixed or {})
    _stop_on_errors(configuration, problems)
    user = this_process("").user
    scope = variables_scope(variables)
    store = state_place.opened(project, state_place.place(project, configuration, scope))
    memory = Memory()
    backends = {**_backends(project, configuration, scope, user), IN_STATE: memory}
    try:
        known = everything()
        yield Session(project, configuration, variables, known, backends, memory, store, problems)
    finally:
        for backend in backends.values():
            backend.close()
        store.close()


def _stop_on_errors(configuration: Configuration, problems: Collector) -> None:
    """What is wrong with values stands beside other mistakes, not behind them."""
    if problems.errors:
        # Who has made no mistake need not wait for what looks for more.
        from reconciler.app import beside  # noqa: PLC0415 (see above)

        beside.add(configuration, problems)
    problems.stop_on_errors()


def variables_scope(variables: Mapping[str, Value]) -> Scope:
    """What settings may refer to: variables alone, for nothing else is known so early."""
    return Scope({"var": Namespace(variables.__getitem__, lambda: variables, "variable")})


def known_variables(
    project: Project,
    configuration: Configuration,
    problems: Collector,
    fixed: Mapping[str, object],
) -> Mapping[str, Value]:
    """The values of the variables; what is wrong with them goes into `problems`."""
    sources = Sources(project.environment, project.workspace, project.given, fixed)
    return values(configuration, sources, _asking(project), problems)


def _asking(project: Project) -> Callable[[Variable], str] | None:
    ask = project.ask
    if ask is None:
        return None
    return lambda variable: ask(_question(variable), variable.sensitive)


def _question(variable: Variable) -> str:
    about = f" ({variable.description})" if variable.description else ""
    return f"var.{variable.name}{about}"


def _backends(
    project: Project, configuration: Configuration, scope: Scope, user: str
) -> dict[str, Backend]:
    """By alias; without a backend block there is the simulated one."""
    blocks = configuration.backends
    if not blocks:
        return {"": _opened(project, "simulated", {}, user)}
    given = [(block, settings(block, scope)) for block in blocks]
    found = tuple(shared(given, project.root))
    if found:
        raise ReconcilerError(*found)
    return {block.alias: _from_block(project, block, said, user) for block, said in given}


def settings(block: BackendBlock, scope: Scope) -> dict[str, object]:
    """What the block says. Raises ReconcilerError."""
    return {name: setting(argument.expr, scope) for name, argument in block.arguments.items()}


def _opened(project: Project, kind: str, said: Mapping[str, object], user: str) -> Backend:
    return open_backend(
        kind,
        said,
        root=project.root,
        environment=project.environment,
        user=user,
        log=project.log,
    )


def _from_block(
    project: Project, block: BackendBlock, said: Mapping[str, object], user: str
) -> Backend:
    try:
        apart = placed_apart(block.kind, block.alias, said)
        return _opened(project, block.kind, apart, user)
    except ReconcilerError as failure:
        raise ReconcilerError(*(placed(d, block) for d in failure.diagnostics)) from failure


def setting(expr: Expr, scope: Scope) -> object:
    """The value of a setting of a backend. Raises ReconcilerError where it may not be shown, or
    is not known.
    """
    value = evaluate(expr, scope)
    if SENSITIVE in marks(value):
        raise ReconcilerError(
            error(
                "sensitive-setting",
                "Sensitive value in a backend block",
                "Settings of a backend are shown in messages. Take one that may be shown.",
                expr.span,
            )
        )
    try:
        return plain(value)
    except ValueError:
        raise ReconcilerError(
            error(
                UNKNOWN_SETTING,
                "Unknown value in a backend block",
                "Where Exchange is must be known before anything is planned. Write the value "
                "itself, or take it from a variable.",
                expr.span,
            )
        ) from None


def placed(found: Diagnostic, block: BackendBlock) -> Diagnostic:
    """At the argument that the message names first, else at the block."""
    words = re.findall(r"\w+", found.detail)
    named = next((block.arguments[word] for word in words if word in block.arguments), None)
    span = found.span or (named.span if named else block.span)
    return replace(found, span=span, context=found.context or f'backend "{block.kind}"')


def surroundings(at: Session, state: State, timestamp: str) -> Surroundings:
    """What planning needs besides the four pictures of the world; `timestamp` is the plan's."""
    salt = cache(lambda: secrets.salt_for(state))

    def seal(secret: Secret, before: Sealed | None) -> Sealed:
        if before is not None and secrets.matches(secret, before):
            return before
        return secrets.digest(secret, salt())

    return Surroundings(
        at.types, at.platforms, at.variables, seal, at.project.workspace, Moment(timestamp)
    )
