"""Two texts compared line by line, in the form that `diff -u` gives and `patch` takes.

Made for texts that differ in layout: in linear time where lines stay lines.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

_CONTEXT = 3
_MOST_MATCHED = 4_000
_LINE = re.compile(r"[^\n]*\n|[^\n]+")


class _Change(NamedTuple):
    """Lines [`start`, `end`) of the old text become [`new_start`, `new_end`) of the new."""

    start: int
    end: int
    new_start: int
    new_end: int


def unified(path: str, before: str, after: str, context: int = _CONTEXT) -> str:
    """The differences with `context` lines around each; "" where there are none."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    parts = [f"--- old/{path}\n+++ new/{path}\n"]
    for hunk in _hunks(_changes(old, new), context):
        parts += _shown(hunk, old, new, context)
    return "".join(parts) if len(parts) > 1 else ""


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    start = _common(old, new)
    rest = _common(old[start:][::-1], new[start:][::-1])
    a, b = old[start : len(old) - rest], new[start : len(new) - rest]
    if len(a) == len(b):
        found = _pairwise(a, b)
    elif len(a) + len(b) <= _MOST_MATCHED:
        found = _matched(a, b)
    else:
        found = iter([_Change(0, len(a), 0, len(b))])
    return [_Change(*(start + place for place in change)) for change in found]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many lines are the same from the beginning."""
    return next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )


def _pairwise(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    for same, run in groupby(range(len(old)), lambda at: old[at] == new[at]):
        if not same:
            places = list(run)
            yield _Change(places[0], places[-1] + 1, places[0], places[-1] + 1)


def _matched(old: Sequence[str], new: Sequence[str]) -> Iterator[_Change]:
    matcher = SequenceMatcher(None, old, new)
    for kind, *places in matcher.get_opcodes():
        if kind != "equal":
            yield _Change(*places)


def _hunks(changes: Sequence[_Change], context: int) -> Iterator[list[_Change]]:
    """The changes, those together whose surroundings touch."""
    hunk: list[_Change] = []
    for change in changes:
        if hunk and change.start - hunk[-1].end > 2 * context:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _shown(
    hunk: Sequence[_Change], old: Sequence[str], new: Sequence[str], context: int
) -> Iterator[str]:
    first, last = hunk[0], hunk[-1]
    before = min(first.start, context)
    after = min(len(old) - last.end, context)
    whole = _Change(
        first.start - before, last.end + after, first.new_start - before, last.new_end + after
    )
    removed = _range(whole.start, whole.end)
    yield f"@@ -{removed} +{_range(whole.new_start, whole.new_end)} @@\n"
    at = whole.start
    for change in hunk:
        yield from _marked(" ", old[at : change.start])
        yield from _marked("-", old[change.start : change.end])
        yield from _marked("+", new[change.new_start : change.new_end])
        at = change.end
    yield from _marked(" ", old[at : whole.end])


def _range(start: int, end: int) -> str:
    size = end - start
    return str(start + 1) if size == 1 else f"{start + bool(size)},{size}"


def _marked(sign: str, lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        yield (
            f"{sign}{line}"
            if line.endswith("\n")
            else f"{sign}{line}\n\\ No newline at end of file\n"
        )
