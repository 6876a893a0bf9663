"""Syntax and plain values as HCL text: what `parse` reads as the same again, spans aside."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

from reconciler.lang import write_expression
from reconciler.lang.syntax import Block, Body, Expr, Literal, Object, Text, Tuple
from reconciler.lang.write_text import quote
from reconciler.model.span import Span

__all__ = ["Plain", "body", "expression", "quote", "value"]

Plain: TypeAlias = "str | int | Fraction | bool | Sequence[Plain] | Mapping[str, Plain] | None"

_NOWHERE = Span("", 0, 0, 0, 0)
_STEP = "  "


def expression(expr: Expr, indent: int = 0) -> str:
    """`expr` in HCL. Lines after the first are indented by `indent` levels and more."""
    return write_expression.write(expr, _STEP * indent)


def value(plain: Plain, indent: int = 0) -> str:
    """A value of Python in HCL; sequences become lists, mappings objects in their own order."""
    return expression(_syntax(plain), indent)


def _syntax(plain: Plain) -> Expr:
    match plain:
        case str():
            return Text(plain, _NOWHERE)
        case bool() | int() | Fraction() | None:
            return Literal(plain, _NOWHERE)
        case Mapping():
            pairs = [(Text(key, _NOWHERE), _syntax(inner)) for key, inner in plain.items()]
            return Object(tuple(pairs), _NOWHERE)
        case _:
            return Tuple(tuple([_syntax(inner) for inner in plain]), _NOWHERE)


def body(body: Body, indent: int = 0) -> str:
    """The items of `body`, one a line and each line ended: arguments first, then blocks."""
    space = _STEP * indent
    arguments = [(each.name, expression(each.expr, indent)) for each in body.arguments]
    lines = [f"{space}{line}\n" for line in write_expression.aligned(arguments)]
    blocks = [_block(each, indent) for each in body.blocks]
    return "\n".join(["".join(lines), *blocks] if lines else blocks)


def _block(block: Block, indent: int) -> str:
    space = _STEP * indent
    head = " ".join([block.type, *map(quote, block.labels)])
    inside = body(block.body, indent + 1)
    return f"{space}{head} {{\n{inside}{space}}}\n" if inside else f"{space}{head} {{}}\n"
