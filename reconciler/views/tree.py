"""Values of any type as trees to be shown: dicts, lists and scalars, with what may not be seen and
what is not known yet where it lies.
"""

import json
from collections.abc import Collection, Iterable

from reconciler.model.anything import Anything, Path
from reconciler.model.record import dataclass
from reconciler.model.values import UNKNOWN
from reconciler.views.json_text import number


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something sensitive: it can be compared, and nothing shows it."""

    data: str


class Unordered(tuple[object, ...]):
    """The elements of a set."""

    __slots__ = ()


def tree(value: Anything, hidden: Iterable[Path]) -> object:
    """The value with UNKNOWN and Hidden as leaves; numbers as JSON has them, or Digits."""
    unknown, masked = frozenset(value.unknown), frozenset(hidden)

    def grow(data: object, shape: object, at: Path) -> object:
        if at in masked:
            return Hidden(json.dumps(data, default=str))
        if at in unknown:
            return UNKNOWN
        match data:
            case dict():
                return {n: grow(item, _part(shape, n), (*at, n)) for n, item in data.items()}
            case list():
                items = [grow(item, _part(shape, n), (*at, n)) for n, item in enumerate(data)]
                return Unordered(items) if _word(shape) == "set" else items
            case _:
                return data

    return grow(json.loads(value.value, parse_float=number), json.loads(value.type), ())


def _word(shape: object) -> object:
    return shape[0] if isinstance(shape, list) else shape


def _part(shape: object, step: str | int) -> object:
    """The type of one part: tuples and objects have one for each, collections one for all."""
    match shape, step:
        case ["object", dict(parts), *_], str():
            return parts[step]
        case ["tuple", list(parts)], int():
            return parts[step]
        case [_, inner], _:
            return inner
        case _:
            return None


def known(value: Anything) -> object:
    """As plain JSON; what is not known is left out of objects, and null in lists."""
    return _known(tree(value, ()))


def _known(node: object) -> object:
    match node:
        case dict():
            return {name: _known(item) for name, item in node.items() if item is not UNKNOWN}
        case list() | Unordered():
            return [_known(item) for item in node]
        case _:
            return None if node is UNKNOWN else node


def places(value: Anything, paths: Collection[Path]) -> object:
    """`true` where one of `paths` is, in Terraform's shape: false in lists, nothing in objects."""
    if value.unknown == ((),) and paths:
        return True
    marked = frozenset(paths)

    def mark(data: object, at: Path) -> object:
        if at in marked:
            return True
        match data:
            case dict():
                inner = {name: mark(item, (*at, name)) for name, item in data.items()}
                return {name: item for name, item in inner.items() if item is not False}
            case list():
                return [mark(item, (*at, n)) for n, item in enumerate(data)]
            case _:
                return False

    return mark(value.data, ()) if value.value[:1] in "{[" or () in marked else False
