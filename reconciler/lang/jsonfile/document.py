"""What a JSON text holds, each value with its place. Knows neither how it is read nor what for."""

from fractions import Fraction
from typing import TypeAlias

from reconciler.model.record import dataclass
from reconciler.model.span import Span

Plain: TypeAlias = int | Fraction | bool | None


@dataclass(frozen=True, slots=True)
class String:
    """`value` is what `raw`, the text between the quotes, means; `span` covers the quotes."""

    value: str
    raw: str
    span: Span


@dataclass(frozen=True, slots=True)
class Scalar:
    """A number, a truth value or null."""

    value: Plain
    span: Span


@dataclass(frozen=True, slots=True)
class Array:
    items: tuple["Value", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Object:
    """The members in their order; a name may come several times."""

    members: tuple["Member", ...]
    span: Span


Member: TypeAlias = tuple[String, "Value"]
Value: TypeAlias = String | Scalar | Array | Object
