"""What is inside a node of syntax, whatever its sort."""

from collections.abc import Iterator
from dataclasses import fields
from typing import get_args

from reconciler.lang.syntax import Argument, Block, Body, Part

_PLAIN = {"span", "name_span", "header", "label_spans", "labels", "name"}
_FIELDS = {
    kind: tuple(field.name for field in fields(kind) if field.name not in _PLAIN)
    for kind in (*get_args(Part), Argument, Block, Body)
}
"""The fields of each sort of node that may hold nodes."""


def children(node: object) -> Iterator[object]:
    """The nodes directly inside `node`, in source order."""
    stack = [getattr(node, name) for name in reversed(_FIELDS[type(node)])]
    while stack:
        value = stack.pop()
        if isinstance(value, tuple):
            stack.extend(reversed(value))
        elif type(value) in _FIELDS:
            yield value


def nodes(start: object) -> Iterator[object]:
    """`start` and every node inside it, without recursion."""
    stack = [start]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(children(node))
