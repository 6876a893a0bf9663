"""Whole numbers, sizes and time spans: how they are written, and how large they may be."""

import re
from dataclasses import replace
from fractions import Fraction

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import remembered, worded
from reconciler.schema.kinds.text import as_text

_WHOLE = r"\s*([+-]?[0-9]{1,19})(?:\.0+)?\s*"


def _whole(raw: Raw) -> int | None:
    if isinstance(raw, bool):
        return None
    if isinstance(raw, (int, Fraction)):
        return int(raw) if raw == int(raw) else None
    found = re.fullmatch(_WHOLE, raw) if isinstance(raw, str) else None
    return None if found is None else int(found[1])


def integer(least: int, most: int) -> Kind:
    """A whole number from `least` to `most`."""
    expected = f"A whole number from {least} to {most} is expected here."

    def parse(raw: Raw) -> Canonical:
        number = _whole(raw)
        got = as_text(raw) if isinstance(raw, (str, int, Fraction)) else ""
        if number is None:
            raise KindError(expected, code="not-a-whole-number", got=got)
        if not least <= number <= most:
            raise KindError(expected, code="number-out-of-range", got=got)
        return number

    return Kind(
        label="whole number",
        hcl_type="number",
        parse=remembered(parse),
        show=lambda value: "null" if value is None else str(value),
        expose=lambda value: value,
        encode=lambda value: value,
        alike=((least, str(least), Fraction(least)), (most, f"{most}.0")),
        bad=(least - 1, most + 1, "many", "", True, [], Fraction(1, 2), 10**5000),
    )


_UNITS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_LARGEST = (1 << 31) - 1
_SIZE = r"\s*([0-9]{1,19})\s*((?i:[KMGT]?B))?\s*"
# The number before the brackets may be rounded, and its separators follow the server's locale.
_READ_SIZE = r"[^(]*\(([0-9][0-9.,' \u00a0\u202f]{0,40}) bytes\)\s*"
_EXPECTED_SIZE = (
    'A size is "unlimited" or a whole number with one of the units B, KB, MB, GB, TB (bytes where '
    'there is none), at most 2147483647 bytes, such as "25MB".'
)


def read_size(given: str) -> int | None:
    """The bytes that a text means, in any unit or as Exchange shows them."""
    read = re.fullmatch(_READ_SIZE, given)
    if read is not None:
        return int(re.sub("[^0-9]", "", read[1]))
    found = re.fullmatch(_SIZE, given)
    return None if found is None else int(found[1]) * _UNITS[(found[2] or "B").upper()]


def _parse_size(raw: Raw) -> Canonical:
    given = as_text(raw)
    if given.strip().lower() == "unlimited":
        return "unlimited"
    size = read_size(given)
    if size is None:
        raise KindError(_EXPECTED_SIZE, code="invalid-size", got=given)
    if re.fullmatch(_READ_SIZE, given):
        return _in_kilobytes(min(size, _LARGEST))
    if size > _LARGEST:
        raise KindError(_EXPECTED_SIZE, code="size-out-of-range", got=given)
    return _in_kilobytes(size)


def _in_kilobytes(size: int) -> int:
    """Rounded up to whole kilobytes as Exchange does, but for the largest size of all."""
    return min(-(-size // 1024) * 1024, _LARGEST)


def write_size(value: Canonical) -> str:
    """The largest unit that leaves a whole number."""
    if not isinstance(value, int) or value == 0:
        return str(value)
    for unit in ("GB", "MB", "KB"):
        if value % _UNITS[unit] == 0:
            return f"{value // _UNITS[unit]}{unit}"
    return str(value)


def answer_size(value: Canonical) -> object:
    """As Exchange shows it: `35 MB (36,700,160 bytes)`."""
    if not isinstance(value, int):
        return None if value is None else "Unlimited"
    unit = max((u for u in _UNITS if value >= _UNITS[u]), key=_UNITS.__getitem__, default="B")
    shown = f"{value / _UNITS[unit]:.3f}".rstrip("0").rstrip(".")
    return f"{shown} {unit} ({value:,} bytes)"


_size = worded(
    "size",
    _parse_size,
    write_size,
    alike=(
        ("25MB", "25 MB", "25mb", 26214400, "26214400", "25 MB (26,214,400 bytes)", "25600KB"),
        ("25 MB (26.214.400 bytes)", "25MB"),
        ("35.16 MB (36,864,000 bytes)", 36864000),
        ("unlimited", "Unlimited", " UNLIMITED "),
        ("1KB", 1, 1024, "1023B"),
        (0, "0", "0 B (0 bytes)"),
        (2147483647, "2147483647"),
        ("1GB", 1 << 30),
    ),
    bad=("2GB", "1TB", "-1", -1, "", "much", "25 MiB", "1.5MB", [], "1e6"),
)
size: Kind = replace(_size, answer=answer_size)

_SPAN = r"\s*(?:([0-9]{1,8})\.)?([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?\s*"


def timespan(least: int, most: int) -> Kind:
    """A duration in whole seconds, from `least` to `most` of them."""
    expected = (
        f'A time span is written "hh:mm:ss", with days before it as in "1.00:00:00", and lasts '
        f"from {write_timespan(least)} to {write_timespan(most)}."
    )

    def parse(raw: Raw) -> Canonical:
        given = as_text(raw)
        found = re.fullmatch(_SPAN, given)
        days, hours, minutes, seconds = (
            (int(part or 0) for part in found.groups()) if found else (0, 24, 0, 0)
        )
        # .NET reads "24:00:00" as 24 days, people as one: neither is guessed.
        if hours > 23 or minutes > 59 or seconds > 59:  # noqa: PLR2004 (a clock's own limits)
            raise KindError(expected, code="invalid-time-span", got=given)
        total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
        if not least <= total <= most:
            raise KindError(expected, code="time-span-out-of-range", got=given)
        return total

    inside = write_timespan(most)
    return worded(
        "time span",
        parse,
        write_timespan,
        alike=((inside, f" {inside} ", f"{inside}.0000000"), (write_timespan(least),)),
        bad=("24:00:00", "00:60:00", "ten minutes", "", 600, write_timespan(most + 1), []),
    )


def write_timespan(value: Canonical) -> str:
    """Seconds as `[d.]hh:mm:ss`."""
    if not isinstance(value, int):
        return str(value)
    minutes, seconds = divmod(value, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = f"{hours:02}:{minutes:02}:{seconds:02}"
    return f"{days}.{clock}" if days else clock
