"""Whether an expression is written out: nothing in it stands for something else."""

from reconciler.lang.syntax import (
    Expr,
    Literal,
    Object,
    Parens,
    Template,
    Text,
    Tuple,
    Unary,
)
from reconciler.lang.walk import nodes

_PLAIN = (Literal, Text, Tuple, Object, Parens, Unary)


def is_literal(expr: Expr) -> bool:
    """A template of text alone is one, too."""
    return all(
        isinstance(node, _PLAIN)
        or (isinstance(node, Template) and all(isinstance(p, Text) for p in node.parts))
        for node in nodes(expr)
    )
