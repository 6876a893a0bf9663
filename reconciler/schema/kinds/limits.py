"""Limits: sizes up to any bound, and numbers, that may both be "unlimited"."""

import re
from dataclasses import replace

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import remembered, worded
from reconciler.schema.kinds.text import as_text
from reconciler.schema.literal import quote

UNLIMITED = "unlimited"
_UNITS = {"B": 1, "KB": 1 << 10, "MB": 1 << 20, "GB": 1 << 30, "TB": 1 << 40}
_SIZE = r"\s*([0-9]{1,19})\s*((?i:[KMGT]?B))?\s*"
# What stands before the brackets is rounded, and its separators follow the server's locale.
_READ = r"[^(]*\(([0-9][0-9.,' \u00a0\u202f]{0,40}) bytes\)\s*"
_WHOLE = r"\s*([0-9]{1,19})(?:\.0+)?\s*"


def size_between(least: int, most: int, *, unlimited: bool = True) -> Kind:
    """Bytes from `least` to `most`, rounded up to whole kilobytes as Exchange does."""
    or_none = '"unlimited" or ' if unlimited else ""
    expected = (
        f"A size is {or_none}a whole number with one of the units B, KB, MB, GB, TB (bytes where "
        f'there is none), from {least} to {most} bytes, such as "10MB".'
    )

    def parse(raw: Raw) -> Canonical:
        given = as_text(raw)
        if unlimited and given.strip().lower() == UNLIMITED:
            return UNLIMITED
        count = _bytes(given)
        if count is None:
            raise KindError(expected, code="invalid-size", got=given)
        if not least <= count <= most:
            raise KindError(expected, code="size-out-of-range", got=given)
        return min(-(-count // 1024) * 1024, most)

    kind = worded(
        "size",
        parse,
        write_size,
        alike=_alike(least, most, unlimited=unlimited),
        bad=("", "much", "-1", "1.5MB", "25 MiB", [], most + 1, *(() if unlimited else _WORDS)),
    )
    return replace(kind, answer=show_size)


_WORDS = ("unlimited",)


def _alike(least: int, most: int, *, unlimited: bool) -> tuple[tuple[Raw, ...], ...]:
    samples: list[tuple[Raw, ...]] = [
        ("64KB", "64 KB", "64kb", 65536, "65536", "64 KB (65,536 bytes)", "64 KB (65.536 bytes)"),
        (most, str(most)),
        (least, str(least)),
    ]
    return (*samples, ("unlimited", "Unlimited", " UNLIMITED ")) if unlimited else tuple(samples)


def _bytes(given: str) -> int | None:
    read = re.fullmatch(_READ, given)
    if read is not None:
        return int(re.sub("[^0-9]", "", read[1]))
    found = re.fullmatch(_SIZE, given)
    return None if found is None else int(found[1]) * _UNITS[(found[2] or "B").upper()]


def write_size(value: Canonical) -> str:
    """The largest unit that leaves a whole number."""
    if not isinstance(value, int) or value == 0:
        return str(value)
    for unit in ("GB", "MB", "KB"):
        if value % _UNITS[unit] == 0:
            return f"{value // _UNITS[unit]}{unit}"
    return str(value)


def show_size(value: Canonical) -> str | None:
    """`35 MB (36,700,160 bytes)`, as property bags have it."""
    if not isinstance(value, int):
        return None if value is None else "Unlimited"
    unit = max((u for u in _UNITS if value >= _UNITS[u]), key=_UNITS.__getitem__, default="B")
    rounded = f"{value / _UNITS[unit]:.3f}".rstrip("0").rstrip(".")
    return f"{rounded} {unit} ({value:,} bytes)"


def number_or_unlimited(least: int, most: int) -> Kind:
    """A whole number from `least` to `most`, or no limit at all."""
    expected = f'A whole number from {least} to {most} is expected here, or "unlimited".'

    def parse(raw: Raw) -> Canonical:
        given = as_text(raw)
        if given.strip().lower() == UNLIMITED:
            return UNLIMITED
        found = None if isinstance(raw, bool) else re.fullmatch(_WHOLE, given)
        if found is None:
            raise KindError(expected, code="not-a-whole-number", got=given)
        if not least <= int(found[1]) <= most:
            raise KindError(expected, code="number-out-of-range", got=given)
        return int(found[1])

    return Kind(
        label="whole number or unlimited",
        hcl_type="string",
        parse=remembered(parse),
        show=_show_number,
        expose=lambda value: value,
        encode=lambda value: value,
        answer=lambda value: None if value is None else str(value).capitalize(),
        alike=((least, str(least), f"{least}.0"), (most,), ("unlimited", "Unlimited")),
        bad=(least - 1, most + 1, "many", "", True, []),
    )


def _show_number(value: Canonical) -> str:
    if value is None:
        return "null"
    return quote(value) if isinstance(value, str) else str(value)


def exceeds(one: Canonical, other: Canonical) -> bool:
    """Whether the limit `one` allows more than `other`; False where either is not known."""
    if other == UNLIMITED or one is None or other is None:
        return False
    if one == UNLIMITED:
        return isinstance(other, int)
    return isinstance(one, int) and isinstance(other, int) and one > other
