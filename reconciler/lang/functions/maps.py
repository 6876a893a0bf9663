"""Functions of maps and objects."""

from typing import Final

from reconciler.lang.compare import identity
from reconciler.lang.core import (
    List,
    Map,
    Unknown,
    Value,
    is_known,
    is_null,
    make_map,
    make_object,
    of,
    strip,
    with_marks,
)
from reconciler.lang.functions.declare import FunctionError, Parameter, function, string
from reconciler.lang.functions.sequences import converted, strings
from reconciler.lang.shape import DYNAMIC, STRING, ListType, MapType, ObjectType, word
from reconciler.lang.unify import unify

_WHOLE: Final = Parameter("inputMap", marks=True, partial=True)


def members(given: Value, argument: int) -> dict[str, Value]:
    """The members of a map or object without marks of its own. Raises FunctionError."""
    if isinstance(given, dict):
        return given
    if isinstance(given, Map):
        return dict(given.items)
    raise FunctionError(f"a map or object is required, not {word(of(given))}", argument)


@function(Parameter("inputMap", marks=True, partial=True, unknown=True))
def keys(given: Value) -> Value:
    """The keys of a map or object, in order."""
    bare, seen = strip(given)
    if isinstance(bare, Unknown):
        return with_marks(_unknown_keys(bare), seen)
    names = tuple(members(bare, 0))
    return with_marks(names if isinstance(bare, dict) else strings(names), seen)


def _unknown_keys(given: Unknown) -> Value:
    if isinstance(given.type, ObjectType):
        return tuple(name for name, _ in given.type.attributes)
    return Unknown(ListType(STRING))


@function(_WHOLE)
def values(given: Value) -> Value:
    """The values of a map or object, in the order of its keys."""
    bare, seen = strip(given)
    items = tuple(members(bare, 0).values())
    return with_marks(List(bare.element, items) if isinstance(bare, Map) else items, seen)


@function(
    _WHOLE,
    string("key"),
    rest=Parameter("default", null=True, marks=True, partial=True, unknown=True),
    light=True,
)
def lookup(given: Value, key: str, *default: Value) -> Value:
    """The element with a key, or else the default."""
    bare, seen = strip(given)
    items = bare.items if isinstance(bare, Map) else members(bare, 0)
    if len(default) > 1:
        raise FunctionError("it takes two or three arguments")
    if isinstance(bare, Map) and default:
        return with_marks(_in_map(bare, key, default[0]), seen)
    if key in items:
        return with_marks(items[key], seen)
    if not default:
        raise FunctionError(f'there is no element with the key "{key}"', 1)
    return with_marks(default[0], seen)


def _in_map(given: Map, key: str, default: Value) -> Value:
    if not is_null(default) and unify((given.element, of(default))) != given.element:
        raise FunctionError("the default must have the type of the elements of the map", 2)
    return given.items[key] if key in given.items else converted(default, given.element, 2)


@function(
    Parameter("values", ListType(DYNAMIC)),
    Parameter("keys", ListType(DYNAMIC)),
    Parameter("searchset", ListType(DYNAMIC)),
)
def matchkeys(found: List, names: List, wanted: List) -> Value:
    """The values whose keys, at the same positions, are among the wanted ones."""
    if len(found.items) != len(names.items):
        raise FunctionError("values and keys must have the same length")
    shared = unify((names.element, wanted.element))
    if shared is None:
        raise FunctionError("keys and search set must have the same type")
    sought = {identity(converted(each, shared)) for each in wanted.items}
    pairs = zip(found.items, names.items, strict=True)
    kept = (value for value, name in pairs if identity(converted(name, shared)) in sought)
    return List(found.element, tuple(kept))


@function(rest=Parameter("maps", null=True, marks=True, partial=True))
def merge(*maps: Value) -> Value:
    """One map of all the elements; later ones win."""
    bare = [strip(each)[0] for each in maps]
    seen = frozenset[str]().union(*(strip(each)[1] for each in maps))
    for position, each in enumerate(bare):
        if is_null(each) and not isinstance(of(each), ObjectType | MapType) and each is not None:
            raise FunctionError("every argument must be a map or object", position)
    given = [members(each, i) for i, each in enumerate(bare) if not is_null(each)]
    merged = {name: item for each in given for name, item in each.items()}
    shapes = {of(each) for each in bare if not is_null(each)}
    if len(shapes) == 1 and isinstance(shape := shapes.pop(), MapType):
        return with_marks(make_map(shape.element, merged), seen)
    return with_marks(make_object(merged), seen)


@function(Parameter("values", MapType(ListType(STRING))), returns=MapType(ListType(STRING)))
def transpose(given: Map) -> Value:
    """A map of lists turned round: from each listed string to the keys that listed it."""
    turned: dict[str, list[Value]] = {}
    for name, listed in given.items.items():
        for item in listed.items if isinstance(listed, List) else ():
            if is_null(item):
                raise FunctionError("a list must not contain null", 0)
            turned.setdefault(str(item), []).append(name)
    return make_map(ListType(STRING), {n: List(STRING, tuple(x)) for n, x in turned.items()})


@function(
    Parameter("keys", ListType(STRING), marks=True, partial=True),
    Parameter("values", marks=True, partial=True),
)
def zipmap(names: Value, given: Value) -> Value:
    """A map of the keys to the values at the same positions."""
    (listed, outer), (items, inner) = strip(names), strip(given)
    if not isinstance(items, tuple | List):
        raise FunctionError("a list or tuple is required", 1)
    assert isinstance(listed, List)
    if not is_known(listed):
        return with_marks(Unknown(DYNAMIC), outer | inner)
    found = items if isinstance(items, tuple) else items.items
    seen = outer | inner | frozenset[str]().union(*(strip(name)[1] for name in listed.items))
    # Of two equal keys the later one wins.
    pairs = dict(zip(_names(listed, len(found)), found, strict=True))
    if isinstance(items, List):
        return with_marks(make_map(items.element, pairs), seen)
    return with_marks(make_object(pairs), seen)


def _names(listed: List, count: int) -> list[str]:
    if len(listed.items) != count:
        raise FunctionError(f"there are {len(listed.items)} keys, but {count} values")
    for position, name in enumerate(listed.items):
        if is_null(name):
            raise FunctionError(f"key {position} is null", 0)
    return [str(strip(name)[0]) for name in listed.items]
