"""Builders of kinds: what all kinds of one shape have in common. Knows no kind in particular."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.literal import bracket, quote

Parse = Callable[[Raw], Canonical]
Samples = tuple[tuple[Raw, ...], ...]

_REMEMBERED = 8192
MOST = 20_000
"""Elements of one list: more than any server takes."""


def remembered(parse: Parse) -> Parse:
    """`parse` that works once for each spelling: ten thousand objects share most of theirs."""
    recall = lru_cache(maxsize=_REMEMBERED, typed=True)(parse)

    def parse_once(raw: Raw) -> Canonical:
        key = tuple(raw) if isinstance(raw, list) else raw
        try:
            return recall(key)
        except TypeError:  # a spelling that cannot be hashed, such as a list of objects
            return parse(key)

    return parse_once


def worded(
    label: str,
    parse: Parse,
    write: Callable[[Canonical], str] = str,
    *,
    alike: Samples,
    bad: tuple[Raw, ...],
    fold: Callable[[Canonical], Canonical] | None = None,
) -> Kind:
    """A kind that HCL, expressions and cmdlets all spell as one string."""
    return Kind(
        label=label,
        hcl_type="string",
        parse=remembered(parse),
        show=lambda value: "null" if value is None else quote(write(value)),
        expose=lambda value: None if value is None else write(value),
        encode=lambda value: None if value is None else write(value),
        alike=alike,
        bad=bad,
        fold=fold,
    )


def set_of(
    label: str,
    parse_item: Callable[[str], str],
    *,
    alike: Samples,
    bad: tuple[Raw, ...],
    fold: Callable[[Canonical], Canonical] | None = None,
    brief: Callable[[str], str] | None = None,
) -> Kind:
    """An unordered set of strings; canonical is sorted, each once. An empty one clears."""
    return Kind(
        label=label,
        hcl_type="set(string)",
        parse=remembered(lambda raw: _items(raw, label, parse_item)),
        show=lambda value: bracket(quote(item) for item in elements(value)),
        expose=lambda value: list(elements(value)),
        encode=lambda value: elements(value) or None,
        alike=alike,
        bad=bad,
        is_set=True,
        empty=(),
        fold=fold,
        brief=brief,
    )


def elements(value: Canonical) -> tuple[str, ...]:
    """The strings of a canonical set; none for null."""
    return tuple(str(item) for item in value) if isinstance(value, tuple) else ()


def _items(raw: Raw, label: str, parse_item: Callable[[str], str]) -> tuple[str, ...]:
    if not isinstance(raw, (list, tuple, set, frozenset)):
        raise KindError(
            f"A list is expected here, one {label} in each element: write it in square brackets."
        )

    if len(raw) > MOST:
        raise KindError(f"A list holds {MOST:,} elements at most, and this one {len(raw):,}.")

    def read(item: Raw) -> str:
        if not isinstance(item, str):
            raise KindError(f"Every element of the list must be a string that is one {label}.")
        return parse_item(item)

    once: dict[str, str] = {}
    for parsed in each(raw, read):
        once.setdefault(parsed.casefold(), parsed)
    return tuple(sorted(once.values()))


def each(items: Iterable[Raw], read: Callable[[Raw], str]) -> list[str]:
    """What `read` makes of every item. Raises one KindError for all that it refuses."""
    done: list[str] = []
    refused: list[KindError] = []
    for number, item in enumerate(items):
        try:
            done.append(read(item))
        except KindError as problem:
            problem.element = number
            refused.append(problem)
    if refused:
        first, *others = refused
        first.others = tuple(others)
        raise first
    return done


def casefolded(value: Canonical) -> Canonical:
    """What texts, or sets of them, are compared by where Exchange ignores case."""
    if isinstance(value, tuple):
        return tuple(sorted(str(item).casefold() for item in value))
    return value.casefold() if isinstance(value, str) else value
