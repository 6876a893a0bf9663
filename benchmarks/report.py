"""The table of figures, plain or as Markdown. Data in, text out."""

from collections.abc import Sequence

from benchmarks.figures import Row
from benchmarks.work import Figure

_HEAD = ("case", "measured", "ours", "theirs", "ratio", "target", "met")
_NOTHING = "-"
_MET = {True: "yes", False: "NO", None: _NOTHING}


def table(rows: Sequence[Row], *, markdown: bool) -> str:
    cells = [_HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    lines = [_line(line, widths, markdown=markdown) for line in cells]
    rule = _line(tuple("-" * width for width in widths), widths, markdown=markdown)
    return "\n".join((lines[0], rule, *lines[1:])) + "\n"


def _line(cells: Sequence[str], widths: Sequence[int], *, markdown: bool) -> str:
    padded = [cell.ljust(width) for cell, width in zip(cells, widths, strict=True)]
    return f"| {' | '.join(padded)} |" if markdown else "  ".join(padded).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    limit = row.case.limit
    alone = row.case.figure in {Figure.EXPONENT, Figure.LONGER}
    ours = row.medians if alone else row.medians[:1]
    theirs = () if alone else row.medians[1:]
    return (
        row.case.title,
        row.measure.value,
        _times(ours),
        _times(theirs),
        _NOTHING if row.case.figure is Figure.SECONDS else _number(row.reached),
        _NOTHING if limit is None else f"<= {limit:g} {row.case.figure.value}",
        _MET[row.met],
    )


def _times(seconds: Sequence[float | None]) -> str:
    """Both times of two works of ours, in their order; a dash for what is not there."""
    return " to ".join(_seconds(value) for value in seconds) or _NOTHING


def _seconds(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f} s" if value < 1 else f"{value:.2f} s"


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.3f}"
