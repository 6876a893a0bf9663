"""The configuration behind a plan, in outline: for programs that read plans, and no planning."""

from collections.abc import Mapping
from dataclasses import field

from reconciler.model.address import Address, ModulePath
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, Output


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression. Each of its references is followed by what that goes through on the way
    (`var.a.b`, `var.a`); `constant` is its value as JSON text, "" where it hangs on anything.
    """

    references: tuple[str, ...] = ()
    constant: str = ""


@dataclass(frozen=True, slots=True)
class ResourceOutline:
    """`backend` is an alias; `checked`: it has preconditions or postconditions."""

    address: Address
    backend: str
    arguments: Mapping[str, Formula]
    count: Formula | None
    for_each: Formula | None
    depends_on: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class OutputOutline:
    value: Formula
    sensitive: bool
    description: str
    depends_on: tuple[str, ...]
    checked: bool


@dataclass(frozen=True, slots=True)
class VariableOutline:
    """`default` as JSON text, "" where there is none, or none that may be shown."""

    default: str
    sensitive: bool
    description: str
    checked: bool


@dataclass(frozen=True, slots=True)
class CallOutline:
    """A call of a module. `arguments` are what its variables are given."""

    source: str
    arguments: Mapping[str, Formula]
    count: Formula | None
    for_each: Formula | None
    depends_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """One module. `path` are the calls that lead to it, without keys; `checks` are the names of
    its check blocks, `backends` aliases in the order of their blocks.
    """

    path: ModulePath = ()
    resources: tuple[ResourceOutline, ...] = ()
    outputs: Mapping[str, OutputOutline] = field(default_factory=dict)
    variables: Mapping[str, VariableOutline] = field(default_factory=dict)
    calls: Mapping[str, CallOutline] = field(default_factory=dict)
    checks: tuple[str, ...] = ()
    backends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relevant:
    """What a changing object or output was computed from: one instance, or a whole block, and
    the path in it.
    """

    resource: str
    path: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan was made of: the project and its modules, each before those that it calls.
    `prior` are the objects that were there, as they were read.
    """

    outlines: tuple[Outline, ...]
    prior: tuple[Instance, ...]
    outputs: Mapping[str, Output]
    relevant: tuple[Relevant, ...]
