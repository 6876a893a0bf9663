"""The turns of a loop: the pairs of a collection, and the scope in which each is seen."""

from collections.abc import Iterator

from reconciler.lang.core import List, Map, Null, Set, Value, inside, of
from reconciler.lang.fault import located
from reconciler.lang.scope import Scope
from reconciler.lang.shape import word
from reconciler.lang.syntax import For, TemplateFor
from reconciler.lang.trouble import Fault


def pairs(collection: Value) -> Iterator[tuple[Value, Value]]:
    """The (key, value) pairs of a known collection without marks of its own. Raises Fault."""
    match collection:
        case dict():
            yield from collection.items()
        case Map():
            yield from collection.items.items()
        case tuple() | List():
            yield from enumerate(inside(collection))
        case Set():
            for item in collection.items:
                yield item, item
        case None | Null():
            raise Fault(
                "null-value",
                "Iteration over null",
                "This value is null, so there is nothing to go through. Give a default with "
                "coalesce(), such as an empty list.",
            )
        case _:
            raise Fault(
                "not-iterable",
                "Iteration over a single value",
                f"This value is a {word(of(collection))}, and only lists, sets, maps, tuples and "
                "objects can be gone through.",
            )


def scopes(node: For | TemplateFor, whole: Value, scope: Scope) -> Iterator[Scope]:
    """A scope for each element of `whole`, which is known. Raises ReconcilerError."""
    try:
        scope.meter.spend(len(inside(whole)))
        for key, value in pairs(whole):
            names = {node.value: value}
            if node.key is not None:
                names[node.key] = key
            yield scope.within(names)
    except Fault as fault:
        raise located(fault, node.source, node.source, scope) from None
