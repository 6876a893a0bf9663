"""Alike objects on several servers as one repeated block: what is the same is written once.

Two objects are alike where they are called the same, but for the server, and have the same arguments.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from reconciler.lang.write import quote
from reconciler.model.record import dataclass
from reconciler.schema.resource_type import ResourceType
from reconciler.views.written import Sketch, listed

MOST_DIFFERENT = 2
"""Arguments that may differ from server to server; with more, blocks of their own read better."""
_KEY = re.compile(r"[A-Za-z][\w.-]*")
_BARE = re.compile(r"[A-Za-z_]\w*")
_INSTANCE = re.compile(r'\["([^"\\]*)"\]\.guid\Z')
_NUMBERS = re.compile(r"(\d+)")

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """One block: its rows are those of `sketch`, and `each` its for_each, "" where it stands alone.
    `members` are the objects by their keys, in that order.
    """

    sketch: Sketch
    members: tuple[tuple[str, Sketch], ...]
    each: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(key for key, _ in self.members)


def axis(rtype: ResourceType) -> str:
    """The argument that says on which server an object is; "" where it is on none."""
    found = (n for n in rtype.identity if rtype.by_name[n].refers_to == "server")
    return next(found, "")


def folded(sketches: Iterable[Sketch]) -> Iterator[Fold]:
    """In the order of the first object of each."""
    buckets: dict[object, list[tuple[str, Sketch]]] = defaultdict(list)
    for one in sketches:
        key = _key(one)
        alike = (one.holding.handle,) if not key else _looks(one, key)
        buckets[one.holding.rtype.name, one.holding.backend, alike].append((key, one))
    for bucket in buckets.values():
        yield from _parted(sorted(bucket, key=lambda pair: _natural(pair[0])))


def _key(one: Sketch) -> str:
    """The server, or what the object that it belongs to has for a key; "" where it would make none."""
    found = (_INSTANCE.search(text) for name, text in one.rows if _is_within(one, name))
    inherited = next((match[1] for match in found if match), "")
    server = str(one.holding.values.get(axis(one.holding.rtype)) or inherited)
    return server if _KEY.fullmatch(server) else ""


def _is_within(one: Sketch, name: str) -> bool:
    return one.holding.rtype.by_name[name].within


def _looks(one: Sketch, key: str) -> tuple[object, ...]:
    """What objects of one block have in common."""
    identity = one.holding.rtype.identity
    called = tuple(templated(text, key) for name, text in one.rows if name in identity)
    return (called, tuple(name for name, _ in one.rows))


def templated(text: str, key: str) -> str:
    """`text` of a literal or a reference, with `each.key` in the place of the server's name."""
    if text == quote(key):
        return "each.key"
    if not text.startswith(('"', "[")):
        return text.replace(f"[{quote(key)}].guid", "[each.key].guid")
    words = "|".join(dict.fromkeys(map(re.escape, (key, key.lower()))))

    def put(found: re.Match[str]) -> str:
        return "${each.key}" if found[0] == key else "${lower(each.key)}"

    # A dollar or percent sign before a brace would make it plain text.
    return re.sub(rf"(?<![\w$%-])(?:{words})(?![\w-])", put, text)


def _natural(key: str) -> list[tuple[int, str]]:
    """MBX2 before MBX10."""
    return [(int(p), "") if p.isdecimal() else (-1, p.casefold()) for p in _NUMBERS.split(key)]


def _parted(bucket: Sequence[tuple[str, Sketch]]) -> Iterator[Fold]:
    """One block where little differs, else one for those that are the same in all."""
    if len({key.casefold() for key, _ in bucket}) < len(bucket):  # one name twice on a server
        yield from (Fold(one, ((key, one),)) for key, one in bucket)
    elif len(_different(bucket)) <= MOST_DIFFERENT:
        yield _fold(bucket)
    else:
        same: dict[Rows, list[tuple[str, Sketch]]] = defaultdict(list)
        for key, one in bucket:
            same[_rows(one, key)].append((key, one))
        yield from map(_fold, same.values())


def _rows(one: Sketch, key: str) -> Rows:
    return tuple((name, templated(text, key)) for name, text in one.rows)


def _different(bucket: Sequence[tuple[str, Sketch]]) -> tuple[str, ...]:
    texts: dict[str, set[str]] = defaultdict(set)
    for key, one in bucket:
        for name, text in _rows(one, key):
            texts[name].add(text)
    return tuple(name for name, found in texts.items() if len(found) > 1)


def _fold(bucket: Sequence[tuple[str, Sketch]]) -> Fold:
    (key, first), *more = bucket
    if not more:
        return Fold(first, tuple(bucket))
    different = _different(bucket)
    rows = tuple(
        (name, f"each.value.{name}" if name in different else text)
        for name, text in _rows(first, key)
    )
    return Fold(_joint(first, rows, bucket), tuple(bucket), _each(bucket, different))


def _joint(first: Sketch, rows: Rows, bucket: Sequence[tuple[str, Sketch]]) -> Sketch:
    """What is told of one of them is told of the block; what differs in comments is left out."""
    loose = [
        {(name, templated(text, key)) for name, text in one.loose if "$" not in text}
        for key, one in bucket
    ]
    common = set.intersection(*loose)
    key = bucket[0][0]
    kept = tuple(
        (n, templated(t, key)) for n, t in first.loose if (n, templated(t, key)) in common
    )
    notes = dict.fromkeys(note for _, one in bucket for note in one.notes)
    return Sketch(first.holding, rows, kept, tuple(notes), first.broken, first.hidden)


def _each(bucket: Sequence[tuple[str, Sketch]], different: Sequence[str]) -> str:
    if not different:
        return f"toset({listed([quote(key) for key, _ in bucket])})"
    lines = []
    for key, one in bucket:
        inside = ", ".join(f"{name} = {text}" for name, text in one.rows if name in different)
        lines.append(f"    {word(key)} = {{ {inside} }}\n")
    return "".join(("{\n", *lines, "  }"))


def word(key: str) -> str:
    """`key` as a key of an object."""
    return key if _BARE.fullmatch(key) else quote(key)
