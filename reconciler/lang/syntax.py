"""The syntax tree: every node knows its span. Plain data, free of the parser that made it."""

from fractions import Fraction
from typing import TypeAlias

from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class Literal:
    """true, false, null or a number (int where whole, else an exact Fraction)."""

    value: bool | int | Fraction | None
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text, escapes already undone: a quoted string without interpolation is one."""

    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """The root of a traversal: `var`, `local`, a resource type, a `for` variable."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class GetAttr:
    """`of.name`; a legacy index `of.0` is an Index instead."""

    of: "Expr"
    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Index:
    """`of[key]`."""

    of: "Expr"
    key: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Splat:
    """`of[*]` (full) or `of.*`, with `each` to be evaluated once an element.

    Inside `each` the element is the Item node; the whole rest of a full splat's chain is in
    `each`, an attribute splat's only up to the first index.
    """

    of: "Expr"
    each: "Expr"
    full: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    """The current element inside a Splat's `each`."""

    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`; `expand` where the last argument is followed by `...`."""

    name: str
    arguments: tuple["Expr", ...]
    expand: bool
    span: Span
    name_span: Span


@dataclass(frozen=True, slots=True)
class Unary:
    """`operator` is "-" or "!"."""

    operator: str
    operand: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Binary:
    """`operator` is one of || && == != < > <= >= + - * / %."""

    operator: str
    left: "Expr"
    right: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: "Expr"
    then: "Expr"
    otherwise: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Tuple:
    items: tuple["Expr", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Object:
    """(key, value) pairs in source order; a bare word as key is a Text, `(word)` a Parens."""

    items: tuple[tuple["Expr", "Expr"], ...]
    span: Span


@dataclass(frozen=True, slots=True)
class For:
    """`[for key, value in source : result if condition]`, or with `{}` where `result_key` is set.

    `key` is None where only one name is given; `group` is the trailing `...`.
    """

    key: str | None
    value: str
    source: "Expr"
    result_key: "Expr | None"
    result: "Expr"
    condition: "Expr | None"
    group: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Parens:
    inner: "Expr"
    span: Span


@dataclass(frozen=True, slots=True)
class Template:
    """A quoted string or heredoc with interpolations or directives; strip markers and `<<-`
    indentation are already worked into the Text parts. A template of one interpolation alone
    (`"${x}"`) keeps the type of its value.
    """

    parts: tuple["Part", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TemplateIf:
    condition: "Expr"
    then: tuple["Part", ...]
    otherwise: tuple["Part", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class TemplateFor:
    key: str | None
    value: str
    source: "Expr"
    body: tuple["Part", ...]
    span: Span


Expr: TypeAlias = (
    Literal
    | Text
    | Name
    | GetAttr
    | Index
    | Splat
    | Item
    | Call
    | Unary
    | Binary
    | Conditional
    | Tuple
    | Object
    | For
    | Parens
    | Template
)
Part: TypeAlias = Expr | TemplateIf | TemplateFor


@dataclass(frozen=True, slots=True)
class Argument:
    """`name = expr` in a body."""

    name: str
    expr: Expr
    span: Span
    name_span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """`type "label" … { body }`; `header` spans the type and the labels."""

    type: str
    labels: tuple[str, ...]
    body: "Body"
    span: Span
    header: Span
    label_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """Arguments by name (unique), blocks in source order."""

    arguments: tuple[Argument, ...]
    blocks: tuple[Block, ...]
    span: Span
