"""What somebody may have meant by a misspelt word; knows nothing of what the words stand for."""

from collections.abc import Iterable

_FARTHEST = 3


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the fewest edits make of `word`, case aside; None where none is near."""
    limit = min(_FARTHEST, max(1, len(word) // 2))
    close = [c for c in candidates if abs(len(c) - len(word)) <= limit]
    ranked = min(((_distance(word.lower(), c.lower()), c) for c in close), default=None)
    return None if ranked is None or ranked[0] > limit else ranked[1]


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A sentence that ends a message, with a space before it; "" where nothing is near."""
    found = nearest(word, candidates)
    return "" if found is None else f' Did you mean "{found}"?'


def _distance(a: str, b: str) -> int:
    above = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            row.append(min(row[j - 1] + 1, above[j] + 1, above[j - 1] + (x != y)))
        above = row
    return above[-1]
