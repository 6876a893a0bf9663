"""Flags whose name for none of them stands alone, where others take it for nothing."""

from collections.abc import Iterable
from dataclasses import replace

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.choice import flags


def flags_or(zero: str, *words: str, unasked: Iterable[str] = ()) -> Kind:
    """Any of `words` at once, or `zero` alone. `unasked` are those that Exchange adds by itself."""
    loose = flags(zero, *words)

    def parse(raw: Raw) -> Canonical:
        found = loose.parse(raw)
        if found and zero.lower() in _written(raw):
            raise KindError(
                f'"{zero}" means none of the others, and stands alone. Remove it, or all of them.',
                code="none-stands-alone",
            )
        return found

    return replace(
        loose,
        parse=parse,
        alike=(
            ([zero], zero, [], zero.upper()),
            ([words[0]], words[0], [words[0].lower()]),
            (list(words), ", ".join(words), list(reversed(words)), [*words, words[0]]),
        ),
        bad=("Nonsense", [words[0], "Nonsense"], [zero, words[0]], f"{words[0]}, {zero}", [1], {}),
        unasked=frozenset(unasked),
    )


def _written(raw: Raw) -> frozenset[str]:
    parts = raw.split(",") if isinstance(raw, str) else raw
    assert isinstance(parts, list | tuple | set | frozenset)
    return frozenset(str(part).strip().lower() for part in parts)
