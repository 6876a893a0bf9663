"""What somebody may have meant by a misspelt name, also where there are ten thousand of them."""

from collections.abc import Collection, Iterator

from reconciler.schema.suggest import nearest

_FEW = 60
_LONGEST = 80
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-"


def meant(word: str, candidates: Collection[str]) -> str | None:
    """The candidate nearest to `word`, None where none is near: a letter alone is near nothing."""
    if not 1 < len(word) <= _LONGEST:
        return None
    if len(candidates) <= _FEW:
        return nearest(word, sorted(candidates))
    # Comparing with each would make many mistakes among many names slow.
    return min((near for near in _one_edit_away(word) if near in candidates), default=None)


def did_you_mean(word: str, candidates: Collection[str], otherwise: str) -> str:
    """The sentence that ends a detail: a suggestion, or `otherwise`."""
    found = meant(word, candidates)
    return otherwise if found is None else f'Did you mean "{found}"?'


def _one_edit_away(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]
