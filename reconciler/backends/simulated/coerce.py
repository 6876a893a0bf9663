"""What a cmdlet makes of the values it is given, type by type, as Exchange does.

Each reader takes the value and the world and answers what a property bag shows; it raises
UnfitError with a sentence. Knows no parameter by name.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from reconciler.backends.command import Edit, Parameter
from reconciler.backends.simulated.refusal import UnfitError
from reconciler.backends.simulated.world import World

Property: TypeAlias = str | int | bool | list[str] | Edit | None
Reader: TypeAlias = Callable[[Parameter, World], Property]

_BOOLEANS = {"true": True, "$true": True, "false": False, "$false": False, "1": True, "0": False}
_SIZE = re.compile(
    r"(?P<n>\d{1,20}(?:\.\d{1,9})?)\s*(?P<unit>[KMGT]?B)?(?:\s*\((?P<b>[\d,.]{1,30}) bytes\))?",
    re.IGNORECASE,
)
_UNITS = {"": 1, "B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_TIMESPAN = re.compile(r"(?:(?P<d>\d{1,8})\.)?(?P<h>\d{1,2}):(?P<m>\d{1,2})(?::(?P<s>\d{1,2}))?")
_LARGEST = (1 << 31) - 1
_DAY = 86_400
_LONGEST_NAME = 64
_HOURS, _MINUTES = 24, 60
UNLIMITED = "Unlimited"


def text(value: Parameter, _world: World) -> str:
    """Text as given; null is kept as the empty text."""
    if value is None:
        return ""
    if isinstance(value, str | int):
        return str(value)
    raise UnfitError("One text is expected.")


def name(value: Parameter, world: World) -> str:
    """What Active Directory takes as a common name (schema attribute `cn`)."""
    found = text(value, world)
    if not found.strip():
        raise UnfitError("The value must not be empty.")
    if len(found) > _LONGEST_NAME:
        raise UnfitError(f"A name has at most {_LONGEST_NAME} characters.")
    return found


def boolean(value: Parameter, _world: World) -> bool:
    found = _BOOLEANS.get(str(value).lower()) if isinstance(value, str | int) else None
    if found is None:
        raise UnfitError("$true or $false is expected.")
    return found


def whole(low: int, high: int = _LARGEST) -> Reader:
    def read(value: Parameter, _world: World) -> int:
        digits = value.strip() if isinstance(value, str) else value
        try:
            number = int(digits) if isinstance(digits, str | int) else None
        except ValueError:
            number = None
        if number is None or isinstance(value, bool):
            raise UnfitError("A whole number is expected.")
        if not low <= number <= high:
            raise UnfitError(f"{number} is outside the range from {low} to {high}.")
        return number

    return read


def one_of(*names: str, null: bool = False) -> Reader:
    """A name out of a list, in any case; `null` where $null clears it."""
    known = {name.lower(): name for name in names}

    def read(value: Parameter, _world: World) -> str | None:
        if value is None and null:
            return None
        found = known.get(value.lower()) if isinstance(value, str) else None
        if found is None:
            raise UnfitError(f"One of these is expected: {', '.join(names)}.")
        return found

    return read


def flags(names: Callable[[World], Sequence[str]]) -> Reader:
    """Several names out of a list whose first means "none"; shown joined, in the list's order."""

    def read(value: Parameter, world: World) -> str:
        parts = [value] if isinstance(value, str) else value
        if not isinstance(parts, list | tuple):
            raise UnfitError(f"Some of these are expected: {', '.join(names(world))}.")
        given = {one.strip().lower() for part in parts for one in part.split(",")}
        known = [name.lower() for name in names(world)]
        if not given or not given.issubset(known):
            raise UnfitError(f"Some of these are expected: {', '.join(names(world))}.")
        chosen = [name for name in names(world)[1:] if name.lower() in given]
        return ", ".join(chosen) or names(world)[0]

    return read


def show_size(size: int) -> str:
    """`35 MB (36,700,160 bytes)`."""
    unit = max((u for u in _UNITS if u and size >= _UNITS[u]), key=_UNITS.__getitem__, default="B")
    shown = f"{size / _UNITS[unit]:.3f}".rstrip("0").rstrip(".")
    return f"{shown} {unit} ({size:,} bytes)"


def _bytes(given: str) -> int:
    found = _SIZE.fullmatch(given.strip())
    if found is None:
        raise UnfitError('A size such as "35MB", or "unlimited", is expected.')
    if found["b"]:
        return int(re.sub(r"[,.]", "", found["b"]))
    return int(float(found["n"]) * _UNITS[(found["unit"] or "").upper()])


def size(value: Parameter, _world: World) -> str:
    """Bytes are rounded up to whole kilobytes, as far as the range allows."""
    given = value if isinstance(value, str) else str(value)
    if given.lower() == UNLIMITED.lower():
        return UNLIMITED
    count = _bytes(given)
    if count > _LARGEST:
        raise UnfitError(f"{count} bytes are outside the range from 0 to {_LARGEST}.")
    return show_size(min(-(-count // 1024) * 1024, _LARGEST))


def show_span(seconds: int) -> str:
    """`[d.]hh:mm:ss`."""
    days, rest = divmod(seconds, _DAY)
    clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02}"
    return f"{days}.{clock}" if days else clock


def span(low: int, high: int) -> Reader:
    """A time between `low` and `high` seconds."""

    def read(value: Parameter, _world: World) -> str:
        found = _TIMESPAN.fullmatch(value.strip()) if isinstance(value, str) else None
        days, hours, minutes, rest = (
            (int(found[part] or 0) for part in "dhms") if found else (0, _HOURS, 0, 0)
        )
        if hours >= _HOURS or minutes >= _MINUTES or rest >= _MINUTES:
            raise UnfitError('A time such as "00:10:00" or "1.00:00:00" is expected.')
        seconds = days * _DAY + hours * 3600 + minutes * 60 + rest
        if not low <= seconds <= high:
            raise UnfitError(
                f"{show_span(seconds)} is outside the range from {show_span(low)} to {show_span(high)}."
            )
        return show_span(seconds)

    return read
