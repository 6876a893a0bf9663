"""Values that are known in part, as JSON: what is there, and where something is missing."""

from collections.abc import Mapping

from reconciler.lang.core import List, Map, Marked, Set, Unknown, Value
from reconciler.lang.encode import to_json
from reconciler.model.state import Json


def parts(value: Value) -> tuple[Json, Json]:
    """What is known, and in the same shape `true` for what is not. Unknown elements of a list are
    null in the first; unknown members of an object are left out there, and known ones here.
    """
    match value:
        case Marked():
            return parts(value.value)
        case Unknown():
            return None, True
        case dict():
            return _members(value)
        case Map():
            return _members(value.items)
        case tuple():
            return _elements(value)
        case List() | Set():
            return _elements(value.items)
        case _:
            return to_json(value), False


def _members(items: Mapping[str, Value]) -> tuple[Json, Json]:
    found = {name: parts(item) for name, item in items.items()}
    known: dict[str, Json] = {
        n: there for n, (there, missing) in found.items() if missing is not True
    }
    return known, {name: missing for name, (_, missing) in found.items() if missing is not False}


def _elements(items: tuple[Value, ...]) -> tuple[Json, Json]:
    found = [parts(item) for item in items]
    return [there for there, _ in found], [missing for _, missing in found]
