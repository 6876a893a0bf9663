"""How deep a tree of syntax is. Whoever walks one may recurse this deep and need not count."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import get_args

from reconciler.lang.syntax import Argument, Block, Body, Part
from reconciler.model.diagnostic import ReconcilerError, error

MAX_DEPTH = 500
SAFE = 400
"""An item of fewer tokens cannot be too deep."""


def check(items: Iterable[Argument | Block]) -> None:
    """Raises where a node lies deeper than MAX_DEPTH."""
    level: list[object] = list(items)
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in children(node)]
        if not level:
            return
    raise ReconcilerError(
        error(
            "nested-too-deep",
            "Nested too deep",
            f"An expression may be {MAX_DEPTH} operations deep. Move a part into a local value.",
            getattr(level[0], "span", None),
        )
    )


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
        elif hasattr(value, "span"):
            yield value
