"""One value of any type, exact, as it is compared and remembered.

Knows how such a value is written down: in JSON texts that lose no digit and no type. Refuses to
know the language, whose values become this and come from it elsewhere.
"""

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

from reconciler.model.record import dataclass

Path = tuple[str | int, ...]
"""The way from a whole value to a part of it: names and positions. () is the whole."""


@dataclass(frozen=True, slots=True)
class Anything:
    """`type` is the type in Terraform's spelling, `value` what jsonencode makes of it, with null
    where it is not known yet. `unknown` and `sensitive` are the parts that are; what holds of a
    part holds of everything in it.
    """

    type: str
    value: str
    unknown: tuple[Path, ...] = ()
    sensitive: tuple[Path, ...] = ()

    def __repr__(self) -> str:
        shown = "(sensitive)" if self.sensitive else self.value
        return f"Anything({self.type}, {shown}, unknown={self.unknown})"

    __str__ = __repr__

    @property
    def data(self) -> object:
        """As str, int, Fraction, bool, None, list and dict; null where it is not known yet."""
        return json.loads(self.value, parse_float=Fraction)

    @property
    def later(self) -> "Anything":
        """A value of the same type that is not known yet."""
        return replace(self, value="null", unknown=((),))

    def part(self, path: Path) -> tuple[object, tuple[Path, ...]]:
        """What lies at `path`, None where nothing does; and what of it is not known yet."""
        found: Any = self.data
        try:
            for step in path:
                found = found[step]
        except (LookupError, TypeError):
            found = None
        return found, tuple(each for each in self.unknown if _overlap(each, path))

    def is_like(self, other: object) -> bool:
        """Whether both are the same value, however much of it is sensitive."""
        return isinstance(other, Anything) and replace(self, sensitive=other.sensitive) == other


def _overlap(one: Path, other: Path) -> bool:
    """Whether one part is the other, or lies in it."""
    return all(a == b for a, b in zip(one, other, strict=False))
