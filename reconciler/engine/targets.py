"""Which instances an address or pattern on the command line means. Pure."""

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span

Chosen = Callable[[Address], bool]
Edges = Mapping[Address, Iterable[Address]]
Places = Mapping[tuple[str, str], Span]
"""Where an option and its pattern are from, if that is a file."""
NOWHERE: Places = MappingProxyType({})

_ENDS = re.compile(r"[\[.]")
_KEYS = re.compile(r"""\[(?:\d+|\*|"(?:[^"\\]|\\.)*")\]""")


def matcher(patterns: Sequence[str]) -> Chosen:
    """Whether an address is one of `patterns`: itself, its block, its module, or by `*`."""
    if not patterns:
        return lambda _: False
    plain = frozenset(pattern for pattern in patterns if "*" not in pattern)
    compiled = [re.compile(_expression(pattern)) for pattern in patterns if "*" in pattern]

    def matches(address: Address) -> bool:
        text = str(address)
        named = bool(plain) and not plain.isdisjoint(_beginnings(text))
        return named or any(pattern.match(text) for pattern in compiled)

    return matches


def _beginnings(text: str) -> Iterator[str]:
    """What a pattern without `*` may be that means `text`."""
    yield text
    yield from (text[: end.start()] for end in _ENDS.finditer(text))


def _expression(pattern: str) -> str:
    parts = (re.escape(part) for part in pattern.split("*"))
    return ".*".join(parts) + r"(?=$|\[|\.)"


def every(*wanted: Chosen) -> Chosen:
    """What all of `wanted` mean."""
    return lambda address: all(one(address) for one in wanted)


def known(
    option: str,
    patterns: Collection[str],
    addresses: Iterable[Address],
    problems: Collector,
    places: Places = NOWHERE,
) -> None:
    """Reports patterns that mean nothing that is declared or remembered."""
    if not patterns:
        return
    there = {one for address in addresses for one in (address, address.block)}
    named = {beginning for address in there for beginning in _beginnings(str(address))}
    for pattern in patterns:
        if pattern in named or ("*" in pattern and any(map(matcher((pattern,)), there))):
            continue
        problems.add(replace(_unknown(option, pattern), span=places.get((option, pattern))))


def _unknown(option: str, pattern: str) -> Diagnostic:
    return error(
        "unknown-address",
        f"No such resource for {option}",
        f"{option}={pattern} names no resource instance in the configuration or in state. See "
        "`reconciler state list` for the addresses there are.",
    )


def exact(option: str, given: Iterable[str], there: Container[str], problems: Collector) -> None:
    """Reports what is not the whole address of one instance."""
    for one in given:
        if one not in there:
            problems.add(_unknown(option, one))


@dataclass(frozen=True, slots=True)
class Selection:
    """What a run may make or change: `wanted` by the targets or needed by them, and not
    `unwanted`. `may` says whether a block can have wanted instances.
    """

    wanted: Chosen
    unwanted: Chosen
    may: Chosen

    def has(self, address: Address) -> bool:
        return self.wanted(address) and not self.unwanted(address)


def selection(
    targets: Sequence[str],
    excludes: Sequence[str],
    uses: Mapping[Address, Iterable[Address]],
    repeated: Container[Address] = (),
) -> Selection:
    """`uses` gives for each block the blocks that it uses; `repeated` are those of several
    instances.
    """
    meant = matcher(targets)

    without_keys = matcher([_KEYS.sub("", target) for target in targets])

    def touched(block: Address) -> bool:
        if block.module:
            return without_keys(block)
        return meant(block) or (block in repeated and could_mean(targets, block))

    needed = closure(filter(touched, uses), uses)
    return Selection(
        wanted=lambda address: not targets or meant(address) or address.block in needed,
        unwanted=matcher(excludes),
        may=lambda block: not targets or touched(block) or block in needed,
    )


def could_mean(patterns: Iterable[str], block: Address) -> bool:
    """Whether a pattern may mean an instance of `block`, whatever keys there are."""
    return any(_could_begin(pattern, f"{block}[") for pattern in patterns)


def _could_begin(pattern: str, text: str) -> bool:
    """Whether something that begins with `text` may match `pattern`."""
    places = {0}
    for letter in text:
        places = _past_stars(pattern, places)
        places = {
            place if pattern[place] == "*" else place + 1
            for place in places
            if pattern[place : place + 1] in ("*", letter)
        }
    return bool(places)


def _past_stars(pattern: str, places: Iterable[int]) -> set[int]:
    """Stars may stand for nothing."""
    found = set()
    for place in places:
        found.add(place)
        while pattern[place : place + 1] == "*":
            place += 1  # noqa: PLW2901 (walks over the stars from here)
            found.add(place)
    return found


def closure(start: Iterable[Address], edges: Edges) -> frozenset[Address]:
    """What `start` leads to, without `start` itself unless it leads there."""
    found: set[Address] = set()
    pending = [to for one in start for to in edges.get(one, ())]
    while pending:
        one = pending.pop()
        if one not in found:
            found.add(one)
            pending.extend(edges.get(one, ()))
    return frozenset(found)


def inverse(edges: Edges) -> dict[Address, set[Address]]:
    found: dict[Address, set[Address]] = {}
    for one, others in edges.items():
        for other in others:
            found.setdefault(other, set()).add(one)
    return found
