"""What the simulated Exchange answers, as a management shell would print it."""

from collections.abc import Mapping, Sequence

from reconciler.views.json_text import pretty
from reconciler.views.text import clean, columns

Bag = Mapping[str, object]
_HANDLE = "Guid"
"""What import blocks want."""


def text(bags: Sequence[Bag], main: Sequence[str], note: str = "") -> str:
    """A table of the objects' `main` properties; -json has all of them."""
    if not bags:
        return f"{clean(note)}\n" if note else ""
    names = _columns(bags, main)
    return _table(names, [tuple(_cell(bag.get(name)) for name in names) for bag in bags])


def _columns(bags: Sequence[Bag], main: Sequence[str]) -> tuple[str, ...]:
    """Everything, where no main property is there."""
    there = dict.fromkeys(name for bag in bags for name in bag)
    found = dict.fromkeys(name for name in main if name in there)
    ending = (_HANDLE,) if _HANDLE in there else ()
    return tuple(dict.fromkeys((*found, *ending))) if found else tuple(there)


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case list() | tuple():
            return f"{{{', '.join(clean(str(item)) for item in value)}}}"
        case _:
            return clean(str(value))


def _table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(columns(row[i]) for row in (names, *rows)) for i in range(len(names))]
    rule = ["-" * columns(name) for name in names]
    return "".join(_line(row, widths) for row in (names, rule, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = (cell + " " * (width - columns(cell)) for cell, width in zip(row, widths, strict=True))
    return "  ".join(cells).rstrip() + "\n"


def json_text(bags: Sequence[Bag]) -> str:
    """A list of property bags under Exchange's own names."""
    return pretty([{name: _plain(value) for name, value in bag.items()} for bag in bags])


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
