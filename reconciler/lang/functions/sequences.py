"""What several topics need to know of sequences: their elements, and lists of one type."""

from collections.abc import Sequence

from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import List, Set, Value, of
from reconciler.lang.functions.declare import FunctionError
from reconciler.lang.shape import STRING, Type, word
from reconciler.lang.unify import unify


def elements(given: Value, argument: int = 0) -> tuple[Value, ...]:
    """The elements of a list, set or tuple. Raises FunctionError for anything else."""
    if isinstance(given, tuple):
        return given
    if isinstance(given, List | Set):
        return given.items
    raise FunctionError(f"a list, set or tuple is required, not {word(of(given))}", argument)


def converted(given: Value, wanted: Type, argument: int | None = None) -> Value:
    try:
        return convert_value(given, wanted)
    except ConversionError as problem:
        raise FunctionError(str(problem), argument) from None


def strings(items: Sequence[str]) -> List:
    return List(STRING, tuple(items))


def common(types: Sequence[Type]) -> Type:
    """The one type for values of `types`. Raises FunctionError."""
    found = unify(types)
    if found is None:
        raise FunctionError("all arguments must have types that fit together")
    return found
