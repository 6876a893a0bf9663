"""Canonical values of a resource's arguments: what kinds make of every spelling.

Canonical values are compared with `==` everywhere. They are str, int, bool, None, sorted tuples
of those (for sets), `Anything` (for arguments that take any value), `UNKNOWN` (not yet known) or a
`Secret` (write-only, never stored).
"""

from collections.abc import Mapping
from typing import Final, TypeAlias

from reconciler.model.anything import Anything
from reconciler.model.record import dataclass


class Unknown:
    """The one value that stands for "known after apply"."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Secret:
    """A write-only value in memory: `open` parts may be shown, `hidden` must never leave the
    process except inside a backend command.
    """

    open: str
    hidden: str

    def __repr__(self) -> str:
        return "Secret(...)"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is remembered of a Secret: its open part, and a salted scrypt digest of the hidden."""

    open: str
    digest: str


Scalar: TypeAlias = str | int | bool | None
Canonical: TypeAlias = Scalar | tuple[Scalar, ...] | Anything | Secret | Sealed | Unknown
Values: TypeAlias = Mapping[str, Canonical]


def is_open(value: Canonical) -> bool:
    """Whether `value`, or part of it, will be known only after apply."""
    return value is UNKNOWN or (value.__class__ is Anything and bool(value.unknown))


def later(value: Canonical) -> Canonical:
    """What will be such a value, as far as that can be said."""
    return value.later if isinstance(value, Anything) else UNKNOWN
