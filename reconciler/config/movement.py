"""Moves with their keys worked out, and where they lead an address: exact keys, patterns with
`*`, whole resources and whole modules, one after the other. Knows no state and no expression.

A statement inside a module is meant for every instance of that module. Of several statements
that fit, the one that says most goes first: an instance before a resource before a module.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from enum import Enum

from reconciler.config.written import EVERY_NAME, MODULE
from reconciler.model.address import Address, Key
from reconciler.model.address import shown as shown_path
from reconciler.model.record import dataclass
from reconciler.model.span import Span


class Whole(Enum):
    """Stands for every key there may be, none among them."""

    KEYS = "*"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Keys of text, in which each `*` stands for anything."""

    text: str


Match = Key | Pattern | Whole
Step = tuple[str, str, Match]
"""Module ("module") or resource type, name, key."""
Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """`origin` and `to` are relative to every instance of the module `within` (its calls)."""

    within: tuple[str, ...]
    origin: tuple[Step, ...]
    to: tuple[Step, ...]
    span: Span


def steps_of(address: Address) -> tuple[Step, ...]:
    return (*((MODULE, *one) for one in address.module), (address.type, address.name, address.key))


def shown(steps: Iterable[Step]) -> str:
    """As people write it."""
    modules: list[tuple[str, Key]] = []
    for kind, name, match in steps:
        key = None if isinstance(match, Whole) else match
        key = key.text if isinstance(key, Pattern) else key
        if kind != MODULE:
            return str(Address(kind, name, key, tuple(modules)))
        modules.append((name, key))
    return shown_path(tuple(modules))


@dataclass(slots=True)
class _Bucket:
    """The statements about one resource or module call; by their keys, where these are plain."""

    plain: dict[tuple[Match, ...], Statement] = field(default_factory=dict)
    patterns: list[Statement] = field(default_factory=list)


class Guide:
    """Answers where statements lead."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements = tuple(statements)
        self._buckets: dict[tuple[int, Names], _Bucket] = defaultdict(_Bucket)
        self._depths = sorted({len(one.within) for one in self.statements})
        for one in self.statements:
            keys = tuple(key for *_, key in one.origin)
            bucket = self._buckets[len(one.within), names_of(one)]
            if any(isinstance(key, Pattern) for key in keys) or one.origin[-1][1] == EVERY_NAME:
                bucket.patterns.append(one)
            else:
                bucket.plain.setdefault(keys, one)

    def step(self, steps: Sequence[Step]) -> tuple[Statement, tuple[Step, ...]] | None:
        """The next statement that fits, and where it leads; None at the end."""
        for end in range(len(steps), 0, -1):
            names = tuple((kind, name) for kind, name, _ in steps[:end])
            keys = tuple(key for *_, key in steps[:end])
            for depth in self._depths:
                for one in self._fitting(depth, names, keys):
                    led = _led(one, steps)
                    if led is not None:
                        return one, led
        return None

    def _fitting(self, depth: int, names: Names, keys: tuple[Match, ...]) -> Iterator[Statement]:
        """Candidates, those that say most first."""
        bucket = self._buckets.get((depth, names))
        if bucket is not None:
            exact, whole = keys[depth:], (*keys[depth:-1], Whole.KEYS)
            if exact in bucket.plain:
                yield bucket.plain[exact]
            yield from bucket.patterns
            if whole in bucket.plain:
                yield bucket.plain[whole]
        every = self._buckets.get((depth, (*names[:-1], (names[-1][0], EVERY_NAME))))
        if every is not None:
            yield from every.patterns


def names_of(one: Statement, *, to: bool = False) -> Names:
    """Kinds and names from the root on: of where it comes from, or goes."""
    within = ((MODULE, name) for name in one.within)
    return (*within, *((kind, name) for kind, name, _ in (one.to if to else one.origin)))


def _led(one: Statement, steps: Sequence[Step]) -> tuple[Step, ...] | None:
    """Where the statement leads; None where it does not fit."""
    depth = len(one.within)
    end = depth + len(one.origin)
    stars: list[str] = []
    for (_, wanted, match), (_, name, key) in zip(one.origin, steps[depth:end], strict=True):
        caught = _caught(match, key)
        if caught is None:
            return None
        stars += [*([name] if wanted == EVERY_NAME else []), *caught]
    filled = tuple(_filled(step, steps[end - 1][2], stars) for step in one.to)
    return (*steps[:depth], *filled, *steps[end:])


def _caught(match: Match, key: Match) -> Sequence[str] | None:
    """What each `*` stands for; None where the key is another one."""
    if isinstance(match, Pattern):
        return _stars(match.text, key) if isinstance(key, str) else None
    return () if isinstance(match, Whole) or _same(match, key) else None


def _same(one: Match, other: Match) -> bool:
    return type(one) is type(other) and one == other


def _stars(pattern: str, text: str) -> Sequence[str] | None:
    """Each as short as can be, but for the last."""
    first, *middle, last = pattern.split("*")
    if not text.startswith(first) or len(text) < len(first) + len(last):
        return None
    found, at, end = [], len(first), len(text) - len(last)
    for part in middle:
        place = text.find(part, at, end)
        if place < 0:
            return None
        found.append(text[at:place])
        at = place + len(part)
    return [*found, text[at:end]] if text.endswith(last) else None


def _filled(step: Step, key: Match, stars: list[str]) -> Step:
    """One step of `to`, with what was caught in the places of its stars. Uses `stars` up."""
    kind, name, match = step
    name = stars.pop(0) if name == EVERY_NAME else name
    if isinstance(match, Whole):
        return kind, name, key
    if not isinstance(match, Pattern):
        return kind, name, match
    first, *rest = match.text.split("*")
    return kind, name, first + "".join(stars.pop(0) + part for part in rest)
