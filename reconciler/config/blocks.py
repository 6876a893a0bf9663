"""The blocks of a configuration, decoded and not yet evaluated."""

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType

from reconciler.lang.syntax import Argument, Expr
from reconciler.lang.types import TypeConstraint
from reconciler.model.address import Address
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
    """`arguments` by name, meta-arguments taken out. `span` is the whole block's."""

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


@dataclass(frozen=True, slots=True)
class ImportBlock:
    """An object of Exchange, named by `id`, that the resource `to` takes over."""

    to: Address
    id: Expr
    span: Span


@dataclass(frozen=True, slots=True)
class BackendBlock:
    """`backend "simulated" { alias = … }`; alias "" is the default one."""

    kind: str
    alias: str
    arguments: Mapping[str, Argument]
    span: Span


@dataclass(frozen=True, slots=True)
class Settings:
    """The `reconciler` block: `state_url` may use variables."""

    required_version: str | None = None
    required_version_span: Span | None = None
    state_url: Expr | None = None


def _none() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Configuration:
    """The project in `root`. `texts` are the files that were read, by the path that spans name
    (relative to `root`, with forward slashes); `digest` covers them all.

    Blocks are in file order (files by name). Names are unique, reported where not. `complete` is
    false where a file could not be read or parsed, so that declarations may be missing.
    """

    root: Path
    variables: Mapping[str, Variable] = field(default_factory=dict)
    locals: Mapping[str, Local] = field(default_factory=dict)
    resources: tuple[ResourceBlock, ...] = ()
    outputs: Mapping[str, OutputBlock] = field(default_factory=dict)
    backends: tuple[BackendBlock, ...] = ()
    imports: tuple[ImportBlock, ...] = ()
    settings: Settings = Settings()
    texts: Mapping[str, str] = field(default_factory=_none)
    digest: str = ""
    complete: bool = True
