"""How deep a tree of syntax is. Whoever walks one may recurse this deep and need not count."""

from collections.abc import Iterable

from reconciler.lang.syntax import Argument, Block
from reconciler.lang.walk import children
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
