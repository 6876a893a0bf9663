"""The names that an expression can use. Their values may be computed only when asked for."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from math import inf
from pathlib import Path
from typing import TypeAlias

from reconciler.lang.core import Value, make_object
from reconciler.lang.meter import Meter
from reconciler.lang.reads import Reads
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Namespace:
    """What stands behind a root such as `var` or `local`: `var.x` asks `get` for "x" alone.

    `get` raises KeyError for a name that does not exist; `noun` says in messages what the names
    are names of. Used as a whole, it is the object of all its names, or what `every` says.
    `indexed`: the names are keys in brackets, numbers among them as text.
    """

    get: "Callable[[str], Root]"
    names: Callable[[], Iterable[str]]
    noun: str = "attribute"
    indexed: bool = False
    every: "Callable[[], Value] | None" = None

    def whole(self) -> Value:
        if self.every is not None:
            return self.every()
        return make_object({name: _whole(self.get(name)) for name in self.names()})


Root: TypeAlias = Value | Namespace
_NO_NAMES: Mapping[str, Root] = {}


def _whole(root: Root) -> Value:
    return root.whole() if isinstance(root, Namespace) else root


@dataclass(frozen=True, slots=True)
class Moment:
    """The times that functions tell, in the form of RFC 3339. `plan` is that of the plan; `apply`
    that of the apply, "" while there is only a plan: then what changes from call to call is unknown.
    """

    plan: str = ""
    apply: str = ""


_NO_MOMENT = Moment()


@dataclass(frozen=True, slots=True)
class Scope:
    """`names` are the roots; a mapping that computes on access does so only when needed. What it
    lacks is looked up in `parent`. `base` is the folder that relative paths start from, and
    `root` the one that no file function may leave. `moment` is that of `parent` where it is None.
    `meter` counts the work, `reads` gathers what files were read.
    """

    names: Mapping[str, Root] = field(default_factory=dict)
    parent: "Scope | None" = None
    base: Path | None = None
    root: Path | None = None
    moment: Moment | None = None
    meter: Meter = field(default_factory=Meter)
    reads: Reads = field(default_factory=Reads)

    @property
    def time(self) -> Moment:
        scope: Scope | None = self
        while scope is not None and scope.moment is None:
            scope = scope.parent
        return _NO_MOMENT if scope is None or scope.moment is None else scope.moment

    def find(self, name: str) -> Root:
        """Raises KeyError."""
        scope: Scope | None = self
        while scope is not None:
            try:
                return scope.names[name]
            except KeyError:
                scope = scope.parent
        raise KeyError(name)

    def all_names(self) -> list[str]:
        above = self.parent.all_names() if self.parent else []
        return [*self.names, *above]

    def within(self, names: Mapping[str, Root]) -> "Scope":
        """A scope in which `names` hide those of this one."""
        return Scope(names, self, self.base, self.root, None, self.meter, self.reads)


EMPTY = Scope(_NO_NAMES, meter=Meter(inf, inf))
