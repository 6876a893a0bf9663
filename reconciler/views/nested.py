"""Values of any type as people read them: whole, or how one becomes another, part by part.

Answers are lines: the first goes behind `name = `, the others stand under the name. What is sensitive
on either side is masked on both.
"""

from collections.abc import Iterator, Sequence

from reconciler.model.anything import Anything
from reconciler.model.values import UNKNOWN, Canonical
from reconciler.views.hcl import KNOWN_LATER, SENSITIVE, bare, name_of
from reconciler.views.text import count
from reconciler.views.tree import Hidden, Unordered, tree

_MOST = 250_000
"""Pairs of elements that are compared; longer lists are told as removed and added."""

Row = tuple[str, str, list[str]]
"""Sign, name ("" in lists), and the lines of one part."""


def standing(value: Anything, sign: str = " ") -> tuple[str, ...]:
    """The value with `sign` before each part."""
    return tuple(_whole(tree(value, value.sensitive), sign))


def becoming(before: Canonical, after: Canonical) -> tuple[str, ...]:
    """How the one value becomes the other."""
    sides = [side for side in (before, after) if isinstance(side, Anything)]
    hidden = {path for side in sides for path in side.sensitive}
    one, other = (
        tree(side, hidden) if isinstance(side, Anything) else side for side in (before, after)
    )
    return tuple(_changed(one, other))


def _whole(value: object, sign: str) -> list[str]:
    match value:
        case Hidden():
            return [SENSITIVE]
        case dict() if value:
            rows = [(sign, name, _whole(item, sign)) for name, item in value.items()]
            return _block("{}", rows)
        case list() | Unordered() if value:
            return _block("[]", [(sign, "", _whole(item, sign)) for item in value])
        case dict():
            return ["{}"]
        case list() | Unordered():
            return ["[]"]
        case _:
            return [KNOWN_LATER if value is UNKNOWN else bare(value)]


def _block(brackets: str, rows: Sequence[Row], unchanged: int = 0) -> list[str]:
    what = "element" if brackets == "[]" else "attribute"
    width = max((len(name_of(name)) for _, name, _ in rows), default=0)
    folded = [f"    # ({count(unchanged, f'unchanged {what}')} hidden)"] if unchanged else []
    body = [line for row in rows for line in _row(row, width, is_list=brackets == "[]")]
    return [brackets[0], *body, *folded, brackets[1]]


def _row(row: Row, width: int, *, is_list: bool) -> list[str]:
    sign, name, (first, *rest) = row
    label = "" if is_list else f"{name_of(name).ljust(width)} = "
    lines = [f"  {sign} {label}{first}", *(f"    {line}" for line in rest)]
    return [*lines[:-1], f"{lines[-1]},"] if is_list else lines


def _changed(old: object, new: object) -> list[str]:
    match old, new:
        case Hidden(), Hidden():
            return [SENSITIVE]
        case dict(), dict():
            return _objects(old, new)
        case list(), list():
            return _lists(old, new)
        case Unordered(), Unordered():
            rows = [*_all("-", (i for i in old if i not in new))]
            rows += _all("+", (i for i in new if i not in old))
            return _block("[]", rows, sum(item in new for item in old))
        case _:
            *before, last = _whole(old, "-")
            first, *after = _whole(new, "+")
            return [*before, f"{last} -> {first}", *after]


def _all(sign: str, items: Iterator[object]) -> Iterator[Row]:
    return ((sign, "", _whole(item, sign)) for item in items)


def _objects(old: dict[str, object], new: dict[str, object]) -> list[str]:
    rows, same = [], 0
    for name in sorted({*old, *new}):
        if name not in new:
            rows.append(("-", name, _ended(_whole(old[name], "-"), " -> null")))
        elif name not in old:
            rows.append(("+", name, _whole(new[name], "+")))
        elif old[name] == new[name]:
            same += 1
        else:
            rows.append(("~", name, _changed(old[name], new[name])))
    return _block("{}", rows, same)


def _ended(lines: list[str], end: str) -> list[str]:
    return [*lines[:-1], f"{lines[-1]}{end}"]


def _lists(old: list[object], new: list[object]) -> list[str]:
    """What stays in order stays; of what lies between, elements in the same place change."""
    rows: list[Row] = []
    was = will = 0
    kept = [*_common(old, new), (len(old), len(new))]
    for one, other in kept:
        rows += _gap(old[was:one], new[will:other])
        was, will = one + 1, other + 1
    return _block("[]", rows, len(kept) - 1)


def _gap(old: list[object], new: list[object]) -> Iterator[Row]:
    both = min(len(old), len(new))
    yield from (("~", "", _changed(*pair)) for pair in zip(old, new, strict=False))
    yield from _all("-", iter(old[both:]))
    yield from _all("+", iter(new[both:]))


def _common(old: list[object], new: list[object]) -> list[tuple[int, int]]:
    """The places of the longest sequence that both have."""
    if len(old) * len(new) > _MOST:
        return []
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            longest[i][j] = (
                longest[i + 1][j + 1] + 1
                if old[i] == new[j]
                else max(longest[i + 1][j], longest[i][j + 1])
            )
    return list(_walked(old, new, longest))


def _walked(
    old: list[object], new: list[object], longest: list[list[int]]
) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
