"""How deep a tree of syntax is. Whoever walks one may recurse this deep and need not count.

A chain of operators or steps to the left (`1 + 2 + 3`, `a.b.c`) is no depth, however long: it
is walked in a loop.
"""

from collections.abc import Iterable, Iterator

from reconciler.lang.syntax import Argument, Binary, Block, GetAttr, Index
from reconciler.lang.walk import children
from reconciler.model.diagnostic import ReconcilerError, error

MAX_DEPTH = 500
SAFE = 400
"""An item of fewer tokens cannot be too deep."""


def check(items: Iterable[Argument | Block]) -> None:
    """Raises where a node lies deeper than MAX_DEPTH."""
    level: list[object] = list(items)
    for _ in range(MAX_DEPTH):
        level = [child for node in level for child in _inside(node)]
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


def _inside(node: object) -> Iterator[object]:
    """What is directly inside `node`, or inside a link of the chain that ends in it."""
    if not isinstance(node, _LINKS):
        yield from children(node)
    while isinstance(node, _LINKS):
        first, *others = children(node)
        yield from others
        node = first
        if not isinstance(node, _LINKS):
            yield node


_LINKS = (Binary, GetAttr, Index)
