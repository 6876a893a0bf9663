"""Objects that nobody manages, as a table and as JSON."""

from collections.abc import Iterable, Sequence

from reconciler.engine.holdings import Holding
from reconciler.views.text import clean, columns, count

_HEADS = ("TYPE", "NAME", "ID", "BACKEND")


def table(found: Sequence[Holding], *, system: bool) -> str:
    """With `system` what setup made stands there too; it is counted otherwise."""
    shown = [one for one in found if system or not one.system]
    hidden = len(found) - len(shown)
    rows = [_HEADS, *(_row(one) for one in shown)] if shown else []
    last = 4 if any(one.backend for one in shown) else 3
    widths = [max((columns(row[n]) for row in rows), default=0) for n in range(last)]
    lines = "".join(_line(row[:last], widths) for row in rows)
    return f"{lines}{chr(10) if lines else ''}{_closing(len(shown), hidden)}"


def _row(one: Holding) -> tuple[str, str, str, str]:
    return (one.rtype.name, clean(one.identity) or "-", clean(str(one.handle)), one.backend)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip() + "\n"


def _closing(shown: int, hidden: int) -> str:
    first = f"{count(shown, 'object')} that nobody manages." if shown else "Nothing is unmanaged."
    if not hidden:
        return f"{first}\n"
    return f"{first} {count(hidden, 'object')} of Exchange's own not listed: -system lists them too.\n"


def document(found: Iterable[Holding], *, system: bool) -> dict[str, object]:
    """`hidden` counts what Exchange or its setup made and is not listed."""
    every = tuple(found)
    shown = [one for one in every if system or not one.system]
    return {
        "format": 1,
        "objects": [_object(one) for one in shown],
        "hidden": len(every) - len(shown),
    }


def _object(one: Holding) -> dict[str, object]:
    return {
        "type": one.rtype.name,
        "name": one.identity,
        "id": str(one.handle),
        "backend": one.backend,
        "system": one.system,
    }
