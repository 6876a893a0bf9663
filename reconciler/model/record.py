"""Data classes that cost little to define.

A plan without changes defines more than 200 of them before it does anything. The standard library
compiles six methods for each, a millisecond apiece; here only `__init__` is compiled, when the first
record of a class is made, and the other methods are shared. Type checkers see the standard library's `dataclass`, and hold its fields
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
        return lambda cls: _finished(_slotted(cls), **more)

    def _slotted(cls: type) -> type:
        """The class anew, with a slot for each field and the standard library's view of them."""
        own = dict(vars(cls))
        if "__annotations__" not in own:  # no fields, or a Python that works them out when asked
            return _whole(slots=True)(cls)
        names = tuple(own["__annotations__"])
        defaults = {name: own.pop(name) for name in names if name in own}
        del own["__dict__"], own["__weakref__"]
        own |= {"__slots__": names, "__match_args__": names, _FIELDS: _Fields(defaults)}
        made = type(cls)(cls.__name__, cls.__bases__, own)
        made.__qualname__ = cls.__qualname__
        return made

    def _whole(**more: bool) -> Callable:
        return dataclasses.dataclass(init=False, eq=False, repr=False, **more)

    _FIELDS = "__dataclass_fields__"

    class _Fields:
        """Looks at the fields of a class, when somebody first does, as the standard library does."""

        def __init__(self, defaults: dict[str, object]) -> None:
            self._defaults = defaults

        def __get__(self, record: object, cls: type) -> dict[str, dataclasses.Field]:
            own = {name: vars(cls)[name] for name in ("__annotations__", "__module__")}
            # Else the standard library writes out the signature, for documentation.
            own["__doc__"] = cls.__name__
            like = _whole()(type(cls.__name__, (), own | self._defaults))
            setattr(cls, _FIELDS, getattr(like, _FIELDS))
            return getattr(like, _FIELDS)

    def _finished(cls: type, *, eq: bool = True) -> type:
        own = vars(cls)
        if "__init__" not in own:
            cls.__init__ = _beginning(cls)
        if "__repr__" not in own:
            cls.__repr__ = _repr
        if eq and "__eq__" not in own:
            cls.__eq__, hashed = _comparing(own["__match_args__"])
            cls.__hash__ = own.get("__hash__") or hashed
        return cls

    def _beginning(cls: type) -> Callable:
        """Most classes that a run loads it makes nothing of."""

        def first(self: object, *values: object, **named: object) -> None:
            cls.__init__ = _compiled(cls)
            self.__init__(*values, **named)

        return first

    def _compiled(cls: type) -> Callable:
        """The `__init__` for these fields, as the standard library means it and with less ado."""
        known: dict[str, object] = {"_missing": dataclasses.MISSING}
        given, lines = ["self"], ["pass"]
        for one in dataclasses.fields(cls):
            default, value = _default(one, known)
            given.append(f"{one.name}{default}")
            lines.append(f"self.{one.name} = {value}")
        if hasattr(cls, "__post_init__"):
            lines.append("self.__post_init__()")
        source = f"def __init__({', '.join(given)}):\n  " + "\n  ".join(lines)
        exec(source, known)  # noqa: S102 (names of fields, which are identifiers)
        known["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
        return known["__init__"]

    def _default(one: dataclasses.Field, known: dict[str, object]) -> tuple[str, str]:
        """What stands behind the parameter, and the value of the field."""
        if one.default_factory is not dataclasses.MISSING:
            known[f"_made_{one.name}"] = one.default_factory
            made = f"_made_{one.name}() if {one.name} is _missing else {one.name}"
            return " = _missing", made
        if one.default is not dataclasses.MISSING:
            known[f"_default_{one.name}"] = one.default
            return f" = _default_{one.name}", one.name
        return "", one.name

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
