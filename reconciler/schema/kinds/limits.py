"""Limits: whole numbers and sizes within bounds, some of which may be lifted: "unlimited"."""

from dataclasses import replace
from fractions import Fraction

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import Samples, remembered, worded
from reconciler.schema.kinds.number import answer_size, integer, read_size, size, write_size
from reconciler.schema.kinds.text import as_text
from reconciler.schema.literal import quote

UNLIMITED = "unlimited"
_LIFTED: tuple[Raw, ...] = (UNLIMITED, "Unlimited", " UNLIMITED ")
_KILOBYTE = 1 << 10
_LARGEST = (1 << 31) - 1


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
        parse=remembered(parse),
        show=lambda value: quote(value) if isinstance(value, str) else number.show(value),
        expose=lambda value: value,
        encode=lambda value: value,
        # A property bag has it as text.
        answer=lambda value: None if value is None else str(value).capitalize(),
        alike=(_LIFTED, (least, str(least), Fraction(least)), (most, f" {most} ", f"{most}.0")),
        bad=(least - 1, most + 1, "many", "", True, [], Fraction(1, 2)),
    )


def written_limit(least: int, most: int) -> Kind:
    """The same, which HCL, expressions and cmdlets spell as text."""
    found = limit(least, most)
    texts = worded(found.label, found.parse, alike=found.alike, bad=found.bad)
    return replace(texts, answer=found.answer)


def size_between(least: int, most: int, *, unlimited: bool = True) -> Kind:
    """Bytes from `least` to `most`, any number of them, rounded up to whole kilobytes as Exchange
    does.
    """
    or_none = f'"{UNLIMITED}" or ' if unlimited else ""
    expected = (
        f"A size is {or_none}a whole number with one of the units B, KB, MB, GB, TB (bytes where "
        f'there is none), from {least} to {most} bytes, such as "10MB".'
    )

    def parse(raw: Raw) -> Canonical:
        given = as_text(raw)
        if unlimited and given.strip().lower() == UNLIMITED:
            return UNLIMITED
        count = read_size(given)
        if count is None:
            raise KindError(expected, code="invalid-size", got=given)
        if not least <= count <= most:
            raise KindError(expected, code="size-out-of-range", got=given)
        return min(-(-count // _KILOBYTE) * _KILOBYTE, most)

    return replace(
        worded(
            "size",
            parse,
            write_size,
            alike=(
                ("64KB", "64 KB", "64kb", 65536, "64 KB (65,536 bytes)", "64 KB (65.536 bytes)"),
                *_ends(least, most, lifted=unlimited),
            ),
            bad=("", "much", "-1", "1.5MB", "25 MiB", [], most + 1, *_refused(lifted=unlimited)),
        ),
        answer=answer_size,
    )


def _ends(least: int, most: int, *, lifted: bool) -> Samples:
    ends: Samples = ((most, str(most)), (least, str(least)))
    return (*ends, _LIFTED) if lifted else ends


def _refused(*, lifted: bool) -> tuple[Raw, ...]:
    return () if lifted else (UNLIMITED,)


def size_within(least: int, most: int = _LARGEST, *, unlimited: bool = False) -> Kind:
    """A size of a message, as `number.size` reads it, from `least` to `most` bytes once it is
    rounded.
    """
    or_none = f', or "{UNLIMITED}"' if unlimited else ""
    expected = (
        f"A size from {least} to {most} bytes is expected here, as a whole number with one of the "
        f'units B, KB, MB, GB (bytes where there is none), such as "36MB"{or_none}.'
    )

    def parse(raw: Raw) -> Canonical:
        try:
            found = size.parse(raw)
        except KindError as problem:
            raise KindError(expected, code=problem.code, got=problem.got) from None
        if unlimited and found == UNLIMITED:
            return found
        if not isinstance(found, int) or not least <= found <= most:
            raise KindError(expected, code="size-out-of-range", got=as_text(raw))
        return found

    smallest = -(-least // _KILOBYTE) * _KILOBYTE
    return replace(
        size,
        parse=remembered(parse),
        alike=(
            ("25MB", "25 MB", 26214400, "25 MB (26,214,400 bytes)", "25600KB"),
            *_ends(smallest, most, lifted=unlimited),
        ),
        bad=(0, "0KB", "2GB", "-1", "", "much", [], *_refused(lifted=unlimited)),
    )


def exceeds(one: Canonical, other: Canonical) -> bool:
    """Whether the limit `one` allows more than `other`; False where either is not known."""
    if other == UNLIMITED or one is None or other is None:
        return False
    if one == UNLIMITED:
        return isinstance(other, int)
    return isinstance(one, int) and isinstance(other, int) and one > other
