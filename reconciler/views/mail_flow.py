"""The mail-flow table of a plan: which destinations leave by another connector."""

from collections.abc import Sequence

from reconciler.model.route import RouteChange
from reconciler.views.text import clean, columns

MOST = 40
NOBODY = "(no connector)"


def table(rows: Sequence[RouteChange]) -> str:
    """One line a destination, at most 40 and then a count; "" where nothing changes."""
    if not rows:
        return ""
    shown = [
        (clean(row.destination), clean(row.before) or NOBODY, clean(row.after) or NOBODY)
        for row in rows[:MOST]
    ]
    wide = max(columns(cells[0]) for cells in shown)
    middle = max(columns(cells[1]) for cells in shown)
    lines = [
        f"  {_padded(where, wide)}  {_padded(before, middle)} -> {after}"
        for where, before, after in shown
    ]
    more = [f"  and {len(rows) - MOST} more"] if len(rows) > MOST else []
    return "\n".join(("Mail that will take another connector:\n", *lines, *more, ""))


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))
