"""Which types can become which, and the one type that several can become.

The rules are those of go-cty, which Terraform uses for conditionals, lists and function arguments.
"""

from collections.abc import Sequence
from functools import cmp_to_key

from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    NUMBER,
    STRING,
    Collection,
    ListType,
    MapType,
    ObjectType,
    Primitive,
    SetType,
    TupleType,
    Type,
    object_type,
    parts,
)


def convertible(given: Type, wanted: Type) -> bool:
    """Whether some value of type `given` can become one of type `wanted`."""
    if given == wanted or DYNAMIC in (given, wanted):
        return True
    if isinstance(given, Primitive) or isinstance(wanted, Primitive):
        return _primitive(given, wanted)
    if isinstance(wanted, ListType | SetType | MapType):
        return _to_collection(given, wanted)
    if isinstance(wanted, TupleType):
        return (
            isinstance(given, TupleType)
            and len(given.elements) == len(wanted.elements)
            and all(map(convertible, given.elements, wanted.elements))
        )
    return _to_object(given, wanted)


def _to_collection(given: Type, wanted: Collection) -> bool:
    if isinstance(wanted, MapType) is not isinstance(given, MapType | ObjectType):
        return False
    if isinstance(given, TupleType | ObjectType):
        return _all_to_one(parts(given), wanted.element)
    return convertible(parts(given)[0], wanted.element)


def _to_object(given: Type, wanted: ObjectType) -> bool:
    if isinstance(given, MapType):
        return all(convertible(given.element, inner) for _, inner in wanted.attributes)
    if not isinstance(given, ObjectType):
        return False
    there = given.by_name
    return all(
        convertible(there[name], inner) if name in there else name in wanted.optional
        for name, inner in wanted.attributes
    )


def _primitive(given: Type, wanted: Type) -> bool:
    return (wanted == STRING and given in (NUMBER, BOOL)) or (
        given == STRING and wanted in (NUMBER, BOOL)
    )


def _all_to_one(given: Sequence[Type], wanted: Type) -> bool:
    if wanted is DYNAMIC:
        return not given or element_type(given) is not None
    return all(convertible(part, wanted) for part in given)


def element_type(given: Sequence[Type]) -> Type | None:
    """The type of the elements of a list made of values of the types `given`, if there is one."""
    found = unify(given)
    if found is DYNAMIC and any(part is not DYNAMIC for part in given):
        return None
    return found


def unify(types: Sequence[Type]) -> Type | None:
    """The type that all of `types` can become, or None."""
    if not types:
        return None
    first = types[0]
    if all(other == first for other in types):
        return first
    found = _unify_alike(types)
    return found if found is not None else _preferred(types)


def _unify_alike(types: Sequence[Type]) -> Type | None:
    """What types of one structural kind unify to, if they are of one kind."""
    kinds = {type(each) for each in types if each is not DYNAMIC}
    dynamic = any(each is DYNAMIC for each in types)
    for collection in (MapType, ListType, SetType):
        if kinds == {collection}:
            return DYNAMIC if dynamic else _unify_collections(collection, types)
    if kinds == {MapType, ObjectType}:
        return _as_collections(types, ObjectType, MapType)
    if kinds == {ListType, TupleType}:
        return _as_collections(types, TupleType, ListType)
    if kinds == {ObjectType}:
        return DYNAMIC if dynamic else _unify_objects(types)
    if kinds == {TupleType}:
        return DYNAMIC if dynamic else _unify_tuples(types)
    return None


def _unify_collections(collection: type[Collection], types: Sequence[Type]) -> Type | None:
    element = unify([part for each in types for part in parts(each)])
    return None if element is None else collection(element)


def _as_collections(
    types: Sequence[Type], structural: type[Type], collection: type[Collection]
) -> Type | None:
    """Unify after making one collection of all the tuples, or objects, among `types`."""
    disguised = _unify_collections(collection, [t for t in types if isinstance(t, structural)])
    if disguised is None:
        return None
    found = unify([disguised if isinstance(each, structural) else each for each in types])
    return found if isinstance(found, collection) else None


def _unify_objects(types: Sequence[Type]) -> Type | None:
    across = [each.by_name for each in types if isinstance(each, ObjectType)]
    names = across[0].keys()
    if any(each.keys() != names for each in across):
        return _unify_collections(MapType, types)
    unified = {name: unify([each[name] for each in across]) for name in names}
    found = {name: inner for name, inner in unified.items() if inner is not None}
    return object_type(found) if len(found) == len(names) else None


def _unify_tuples(types: Sequence[Type]) -> Type | None:
    across = [parts(each) for each in types]
    if len({len(each) for each in across}) > 1:
        return _unify_collections(ListType, types)
    unified = [unify(column) for column in zip(*across, strict=True)]
    found = tuple(inner for inner in unified if inner is not None)
    return TupleType(found) if len(found) == len(unified) else None


def _preferred(types: Sequence[Type]) -> Type | None:
    """The first type, in order of preference, that all the others can become."""
    if {ObjectType, TupleType} <= {type(each) for each in types}:
        return None
    for wanted in sorted(types, key=cmp_to_key(_preference)):
        if all(convertible(each, wanted) for each in types):
            return wanted
    return None


def _preference(left: Type, right: Type) -> int:
    """Negative where `left` is the better type to convert to."""
    if DYNAMIC in (left, right):
        return (left is DYNAMIC) - (right is DYNAMIC)
    if isinstance(left, Primitive) and isinstance(right, Primitive):
        return (right == STRING) - (left == STRING)
    if type(left) is type(right) and isinstance(left, ListType | SetType | MapType):
        return _preference(parts(left)[0], parts(right)[0])
    return _rank(left) - _rank(right)


def _rank(given: Type) -> int:
    """Lists before tuples before sets, maps before objects."""
    ranks = {ListType: 0, MapType: 0, TupleType: 1, ObjectType: 1, SetType: 2}
    return ranks.get(type(given), 0)
