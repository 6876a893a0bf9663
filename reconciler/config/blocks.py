"""The blocks of a configuration, decoded and not yet evaluated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from reconciler.config.settings import Settings
from reconciler.config.written import Written
from reconciler.lang.syntax import Argument, Expr
from reconciler.lang.types import TypeConstraint
from reconciler.model.address import ModulePath
from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class Condition:
    """A validation, precondition or postcondition."""

    condition: Expr
    message: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class Variable:
    """`constraint` None: any type."""

    name: str
    constraint: TypeConstraint | None
    default: Expr | None
    validations: tuple[Condition, ...]
    sensitive: bool
    nullable: bool
    ephemeral: bool
    description: str
    span: Span


@dataclass(frozen=True, slots=True)
class Local:
    name: str
    expr: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class OutputBlock:
    name: str
    value: Expr
    sensitive: bool
    ephemeral: bool
    description: str
    depends_on: tuple[Expr, ...]
    preconditions: tuple[Condition, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """All arguments are expressions like any other; None where not given.

    `ignore_changes` is a tuple of expressions (`port`, `tags["x"]`), or the word "all".
    """

    create_before_destroy: Expr | None = None
    prevent_destroy: Expr | None = None
    ignore_changes: tuple[Expr, ...] | str = ()
    replace_triggered_by: tuple[Expr, ...] = ()
    enabled: Expr | None = None
    preconditions: tuple[Condition, ...] = ()
    postconditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceBlock:
    """`arguments` by name, meta-arguments taken out. `span` is the whole block's; `module` the
    calls, without keys, by which the block is reached. `lenient`: a data source of a check, which
    warns where there is nothing to read.
    """

    type: str
    name: str
    arguments: Mapping[str, Argument]
    count: Expr | None
    for_each: Expr | None
    depends_on: tuple[Expr, ...]
    backend: Expr | None
    lifecycle: Lifecycle
    span: Span
    header: Span
    module: ModulePath = ()
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class ModuleCall:
    """`arguments` are the values of the module's variables. `backend` stands for the resources
    in it that name none; `backends` gives the names that others use, None: the same as here.
    """

    name: str
    source: str
    source_span: Span
    arguments: Mapping[str, Argument]
    count: Expr | None
    for_each: Expr | None
    depends_on: tuple[Expr, ...]
    backend: Expr | None
    backends: Mapping[str, Expr] | None
    span: Span
    header: Span

    @property
    def repeated(self) -> bool:
        return self.count is not None or self.for_each is not None

    def output(self, steps: Sequence[str | int | None]) -> str | None:
        """The output that `module.` with `steps` names; None where that is not one alone."""
        at = 2 if self.repeated else 1
        step = steps[at] if len(steps) > at else None
        return step if isinstance(step, str) else None


@dataclass(frozen=True, slots=True)
class ImportBlock:
    """An object of Exchange, named by `id`, that the resource `to` takes over; with `for_each`
    several, and keys of `to` may be expressions.
    """

    to: Written
    id: Expr
    for_each: Expr | None = None


@dataclass(frozen=True, slots=True)
class MovedBlock:
    """What state remembers under `origin` is remembered under `to` from now on."""

    origin: Written
    to: Written
    for_each: Expr | None
    span: Span


@dataclass(frozen=True, slots=True)
class RemovedBlock:
    """What state remembers under `origin`, which has no keys, is destroyed, or forgotten."""

    origin: Written
    destroy: bool
    span: Span


@dataclass(frozen=True, slots=True)
class CheckBlock:
    """What should hold after a plan and an apply; where it does not, that is a warning. `data` are
    the sources that are read for it.
    """

    name: str
    asserts: tuple[Condition, ...]
    span: Span
    data: tuple[ResourceBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class BackendBlock:
    """`backend "simulated" { alias = … }`; alias "" is the default one."""

    kind: str
    alias: str
    arguments: Mapping[str, Argument]
    span: Span


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Configuration:
    """The project in the folder `root`, or one of its modules. `texts` are the files that were
    read, by the path that spans name (relative to the project, with forward slashes), and
    `folder` is the path of this one; `digest` covers all texts, those of modules too.

    `children` are the configurations of the modules by the name of the call: one is missing
    where it cannot be read. `path` are the calls that lead here. `passed` tells which backend of
    the project each alias means that is used here.

    Blocks are in file order (files by name). Names are unique, reported where not. `complete` is
    false where a file could not be read or parsed, so that declarations may be missing.
    """

    root: Path
    variables: Mapping[str, Variable] = field(default_factory=dict)
    locals: Mapping[str, Local] = field(default_factory=dict)
    resources: tuple[ResourceBlock, ...] = ()
    outputs: Mapping[str, OutputBlock] = field(default_factory=dict)
    modules: Mapping[str, ModuleCall] = field(default_factory=dict)
    children: "Mapping[str, Configuration]" = field(default_factory=dict)
    backends: tuple[BackendBlock, ...] = ()
    imports: tuple[ImportBlock, ...] = ()
    checks: Mapping[str, CheckBlock] = field(default_factory=dict)
    moved: tuple[MovedBlock, ...] = ()
    removed: tuple[RemovedBlock, ...] = ()
    settings: Settings = Settings()
    texts: Mapping[str, str] = field(default_factory=_none)
    digest: str = ""
    complete: bool = True
    folder: str = "."
    path: ModulePath = ()
    passed: Mapping[str, str] = field(default_factory=_none)

    def whole(self) -> "Iterator[Configuration]":
        """Itself and all modules in it, each before its own."""
        pending: list[Configuration] = [self]
        while pending:
            one = pending.pop()
            yield one
            pending.extend(reversed(tuple(one.children.values())))

    def blocks(self) -> Iterator[ResourceBlock]:
        """The resources of all modules."""
        return (block for one in self.whole() for block in one.resources)
