"""Data classes that cost little to define.

A plan without changes defines some 150 of them before it does anything. The standard library
compiles six methods for each, a millisecond apiece; here only `__init__` is compiled, and the other
methods are shared. Type checkers see the standard library's `dataclass`, and hold its fields
frozen; at run time nobody is stopped from setting one.
"""

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # noqa: PLC0414 (a re-export)
else:
    import dataclasses

    def dataclass(*, frozen: bool = False, slots: bool = False, **more: object) -> Callable:
        """As the standard library's; what is not both frozen and slotted is left to it."""
        if not (frozen and slots) or more.keys() - {"eq"}:
            return dataclasses.dataclass(frozen=frozen, slots=slots, **more)
        return lambda cls: _finished(
            dataclasses.dataclass(slots=True, eq=False, repr=False)(cls), **more
        )

    def _finished(cls: type, *, eq: bool = True) -> type:
        own = vars(cls)
        if "__repr__" not in own:
            cls.__repr__ = _repr
        if eq and "__eq__" not in own:
            cls.__eq__, cls.__hash__ = _comparing(own["__match_args__"])
        return cls

    def _repr(self: object) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def _comparing(names: tuple[str, ...]) -> tuple[Callable, Callable]:
        """Equality within one class only, field by field, and the hash that goes with it."""
        values = attrgetter(*names) if names else lambda _: ()

        def equal(self: object, other: object) -> bool:
            if other.__class__ is not self.__class__:
                return NotImplemented
            return values(self) == values(other)

        return equal, lambda self: hash((self.__class__, values(self)))
