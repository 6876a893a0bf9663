"""One of a few words, several of them, or true and false."""

from collections.abc import Iterable
from dataclasses import replace

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, each, elements, remembered, worded
from reconciler.schema.literal import bracket, quote
from reconciler.schema.suggest import did_you_mean

_FLAGS = {"true": True, "$true": True, "false": False, "$false": False}


def _parse_flag(raw: Raw) -> Canonical:
    if isinstance(raw, bool):
        return raw
    found = _FLAGS.get(raw.strip().lower()) if isinstance(raw, str) else None
    if found is None:
        raise KindError("Either true or false is expected here.", code="not-true-or-false")
    return found


flag: Kind = Kind(
    label="true or false",
    hcl_type="bool",
    parse=remembered(_parse_flag),
    show=lambda value: "null" if value is None else str(value).lower(),
    expose=lambda value: value,
    encode=lambda value: value,
    alike=((True, "true", "True", "$true", "$True"), (False, "false", "False", "$false")),
    bad=(1, 0, "yes", "", []),
    empty=False,
)


flag_or_null: Kind = replace(flag, empty=None)
"""True, false, or neither of them: what is not said is not false."""


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def choice(*words: str) -> Kind:
    """Exactly one of `words`, in any case; canonical as spelt here."""
    known = {word.lower(): word for word in words}

    def parse(raw: Raw) -> Canonical:
        given = raw if isinstance(raw, str) else ""
        found = known.get(given.strip().lower())
        if found is None:
            hint = did_you_mean(given, words)
            raise KindError(
                f"Exactly one of {_listed(words)} is expected here.{hint}",
                code="invalid-choice",
                got=given,
            )
        return found

    kind = worded(
        "choice",
        parse,
        alike=tuple((word, word.lower(), word.upper(), f" {word} ") for word in words),
        bad=("", "Nonsense", f"{words[0]}, {words[-1]}", 1, True, []),
        fold=casefolded,
    )
    return replace(kind, words=words)


def flags(zero: str, *words: str) -> Kind:
    """Any of `words` at once. `zero` is the name of none of them, and adds nothing to others."""
    known = {word.lower(): word for word in (zero, *words)}

    def one(given: Raw) -> str:
        if not isinstance(given, str):
            raise KindError(f"Each element must be one of {_listed(known.values())}.")
        found = known.get(given.strip().lower())
        if found is None:
            hint = did_you_mean(given, known.values())
            raise KindError(
                f"Each element must be one of {_listed(known.values())}.{hint}",
                code="invalid-choice",
                got=given,
            )
        return found

    def parse(raw: Raw) -> Canonical:
        parts = raw.split(",") if isinstance(raw, str) else raw
        if not isinstance(parts, (list, tuple, set, frozenset)):
            raise KindError(f"A list is expected here, of {_listed(known.values())}.")
        return tuple(sorted({*each(parts, one)} - {zero}))

    def write(value: Canonical) -> str:
        # Exchange answers in the order of the flags, joined like this.
        chosen = elements(value)
        return ", ".join(word for word in words if word in chosen) or zero

    return Kind(
        label="set of choices",
        hcl_type="set(string)",
        parse=remembered(parse),
        show=lambda value: bracket(quote(item) for item in elements(value)),
        expose=lambda value: list(elements(value)),
        encode=write,
        alike=(
            ([zero], zero, [], zero.upper()),
            ([words[0], zero], words[0], [words[0].lower()]),
            (list(words), ", ".join(words), list(reversed(words)), [*words, words[0]]),
        ),
        bad=("Nonsense", [words[0], "Nonsense"], [1], {}, 1),
        is_set=True,
        empty=(),
        fold=casefolded,
        words=(zero, *words),
    )
