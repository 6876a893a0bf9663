"""Canonical values as a person would write them: no more than what the kind reads back."""

import re
from collections.abc import Callable, Iterator, Sequence
from ipaddress import ip_address, summarize_address_range

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.literal import bracket, quote

_RANGE = re.compile(r"([^-%]+)-([^-%]+)")


def spelled(kind: Kind, value: Canonical) -> str:
    """`value` as an HCL expression on one line."""
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return bracket(element(kind, str(item)) for item in value)
    return "null" if value is None else kind.show(value)


def element(kind: Kind, item: str) -> str:
    """One element of a set as an HCL string, in the shortest way that means the same."""
    for short in (candidate for shorten in _WAYS for candidate in shorten(item)):
        if short != item and _means(kind, short, item):
            return quote(short)
    return quote(item)


def _means(kind: Kind, short: str, item: str) -> bool:
    try:
        return kind.parse([short]) == (item,)
    except KindError:
        return False


def _without_what_goes_without_saying(item: str) -> Iterator[str]:
    bare = re.sub(r"(?i)\Asmtp:", "", item)
    yield bare.removesuffix(";1")
    yield bare


def _as_network(item: str) -> Iterator[str]:
    found = _RANGE.fullmatch(item)
    if found is None:
        return
    try:
        first, last = (ip_address(end.strip()) for end in found.groups())
        networks = list(summarize_address_range(first, last))
    except (ValueError, TypeError):
        return
    if len(networks) == 1:
        yield str(networks[0])


_WAYS: Sequence[Callable[[str], Iterator[str]]] = (_without_what_goes_without_saying, _as_network)
