"""Which names an expression mentions: the roots of its traversals with their fixed steps.

Knows scopes of `for`, and not what any name stands for.
"""

from typing import TypeAlias

from reconciler.lang.syntax import (
    Expr,
    For,
    GetAttr,
    Index,
    Literal,
    Name,
    Part,
    Splat,
    TemplateFor,
    Text,
)
from reconciler.lang.walk import children
from reconciler.model.record import dataclass
from reconciler.model.span import Span

Step: TypeAlias = str | int | None


class Key(str):
    """A step that is written in brackets: `a["x"]`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """`root` and the steps after it, up to the first that only evaluation can tell: that is
    None, and the last. `span` covers root and fixed steps.
    """

    root: str
    steps: tuple[Step, ...]
    span: Span


_Bound: TypeAlias = frozenset[str]
_Work: TypeAlias = list[tuple[object, _Bound]]
_NONE: _Bound = frozenset()


def references(expr: Part) -> tuple[Reference, ...]:
    """The references in `expr`, in source order, variables of its own `for`s left out."""
    if isinstance(expr, Text | Literal):
        return ()
    found: list[Reference] = []
    work: _Work = [(expr, _NONE)]
    while work:
        node, bound = work.pop()
        match node:
            case Name() | GetAttr() | Index() | Splat():
                reference = _traversal(node, bound, work)
                if reference is not None:
                    found.append(reference)
            case For() | TemplateFor():
                _loop(node, bound, work)
            case _:
                work.extend((child, bound) for child in reversed(list(children(node))))
    return tuple(found)


def _loop(node: For | TemplateFor, bound: _Bound, work: _Work) -> None:
    source, *inside = children(node)
    inner = bound | {node.value} | ({node.key} if node.key else set())
    work.extend((child, inner) for child in reversed(inside))
    work.append((source, bound))


def _traversal(node: Expr, bound: _Bound, work: _Work) -> Reference | None:
    """The reference that the chain ending in `node` is; the expressions in it are left in
    `work`.
    """
    steps: list[Step] = []
    end = node.span
    dynamic: list[Expr] = []
    while isinstance(node, GetAttr | Index | Splat):
        if isinstance(node, Splat):
            dynamic.append(node.each)
        step = _step(node)
        if step is None:
            steps, end = [], node.of.span
            if isinstance(node, Index):
                dynamic.append(node.key)
        steps.append(step)
        node = node.of
    # The chain was walked backwards, so these come off the stack in source order.
    work.extend((each, bound) for each in dynamic)
    if not isinstance(node, Name):
        work.append((node, bound))
        return None
    if node.name in bound:
        return None
    return Reference(node.name, tuple(reversed(steps)), node.span.to(end))


def _step(node: GetAttr | Index | Splat) -> Step:
    match node:
        case GetAttr():
            return node.name
        case Index(key=Text(value=key)):
            return Key(key)
        case Index(key=Literal(value=int(number))) if not isinstance(number, bool):
            return number
        case _:
            return None
