"""Limits: a number or none, and sizes that must lie within bounds."""

from dataclasses import replace
from fractions import Fraction

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import worded
from reconciler.schema.kinds.number import integer, size
from reconciler.schema.literal import quote

UNLIMITED = "unlimited"


def limit(least: int, most: int) -> Kind:
    """A whole number from `least` to `most`, or "unlimited"."""
    number = integer(least, most)
    expected = f'A whole number from {least} to {most} is expected here, or "{UNLIMITED}".'

    def parse(raw: Raw) -> Canonical:
        if isinstance(raw, str) and raw.strip().lower() == UNLIMITED:
            return UNLIMITED
        try:
            return number.parse(raw)
        except KindError as problem:
            raise KindError(expected, code=problem.code, got=problem.got) from None

    return Kind(
        label="limit",
        hcl_type="number or string",
        parse=parse,
        show=lambda value: quote(value) if isinstance(value, str) else number.show(value),
        expose=lambda value: value,
        encode=lambda value: value,
        # A property bag has it as text.
        answer=lambda value: "Unlimited" if value == UNLIMITED else str(value),
        alike=(
            (UNLIMITED, "Unlimited", " UNLIMITED "),
            (least, str(least), Fraction(least)),
            (most, str(most)),
        ),
        bad=(least - 1, most + 1, "many", "", True, [], Fraction(1, 2)),
    )


_KILOBYTE = 1 << 10
_UNITS = {"GB": 1 << 30, "MB": 1 << 20, "KB": _KILOBYTE}


def size_within(least: int, most: int) -> Kind:
    """A size from `least` to `most` bytes; it cannot be unlimited."""
    expected = (
        f"A size from {least} to {most} bytes is expected here, as a whole number with one of the "
        'units B, KB, MB, GB (bytes where there is none), such as "36MB".'
    )

    def parse(raw: Raw) -> Canonical:
        try:
            found = size.parse(raw)
        except KindError as problem:
            raise KindError(expected, code=problem.code, got=problem.got) from None
        if not isinstance(found, int) or not least <= found <= most:
            raise KindError(expected, code="size-out-of-range", got=str(raw))
        return found

    def write(value: Canonical) -> str:
        return str(size.expose(value))

    smallest = -(-least // _KILOBYTE) * _KILOBYTE
    kind = worded(
        "size",
        parse,
        write,
        alike=(
            ("25MB", "25 MB", 26214400, "25 MB (26,214,400 bytes)", "25600KB"),
            (smallest, str(smallest), f"{smallest // _KILOBYTE} KB"),
            (most, str(most)),
        ),
        bad=(UNLIMITED, 0, "2GB", "-1", "", "much", []),
    )
    return replace(kind, answer=_answered)


def _answered(value: Canonical) -> str:
    """`36 MB (37,748,736 bytes)`."""
    assert isinstance(value, int)
    unit = next((u for u, factor in _UNITS.items() if value >= factor), "B")
    shown = f"{value / _UNITS.get(unit, 1):.3f}".rstrip("0").rstrip(".")
    return f"{shown} {unit} ({value:,} bytes)"
