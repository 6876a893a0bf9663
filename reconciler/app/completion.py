"""What may follow at the console: names of functions, roots, and what stands behind a root."""

from collections.abc import Iterable, Mapping

from reconciler.app.console import Desk
from reconciler.lang import functions
from reconciler.lang.core import Map, Value, strip
from reconciler.lang.scope import Namespace
from reconciler.model.diagnostic import ReconcilerError


def completions(desk: Desk, word: str) -> list[str]:
    """Whole words that begin with `word`, which may have dots, sorted."""
    path, dot, _ = word.rpartition(".")
    found = _behind(desk, path.split(".")) if dot else _first(desk)
    return sorted(full for name in found if (full := f"{path}{dot}{name}").startswith(word))


def _first(desk: Desk) -> Iterable[str]:
    return (*desk.sight.scope.all_names(), *(f"{name}(" for name in (*functions.NAMES, "type")))


def _behind(desk: Desk, path: list[str]) -> Iterable[str]:
    try:
        desk.look()
        found = desk.sight.scope.find(path[0])
        for name in path[1:]:
            found = _inside(found, name)
    except (KeyError, ReconcilerError):
        return ()
    return found.names() if isinstance(found, Namespace) else _attributes(found)


def _inside(found: Value | Namespace, name: str) -> Value | Namespace:
    """Raises KeyError."""
    if isinstance(found, Namespace):
        return found.get(name)
    return _attributes(found)[name]


def _attributes(value: Value) -> Mapping[str, Value]:
    bare = strip(value)[0]
    if isinstance(bare, Map):
        return bare.items
    return bare if isinstance(bare, dict) else {}
