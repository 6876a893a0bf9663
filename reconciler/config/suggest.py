"""What somebody may have meant by a misspelt name, also where there are ten thousand of them."""

from collections.abc import Collection, Iterator

from reconciler.schema.suggest import nearest

_FEW = 60
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_-"


def did_you_mean(word: str, candidates: Collection[str], otherwise: str) -> str:
    """The sentence that ends a detail: a suggestion, or `otherwise`."""
    if len(candidates) <= _FEW:
        found = nearest(word, sorted(candidates))
    else:
        # Comparing with each would make many mistakes among many names slow.
        found = min((w for w in _one_edit_away(word) if w in candidates), default=None)
    return otherwise if found is None else f'Did you mean "{found}"?'


def _one_edit_away(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
        for letter in _LETTERS:
            yield before + letter + after
            yield before + letter + after[1:]
