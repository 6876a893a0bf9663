"""Limits that may be lifted: a whole number, or a size, within a range, or "unlimited"."""

from dataclasses import replace

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import remembered, worded
from reconciler.schema.kinds.number import integer, size
from reconciler.schema.kinds.text import as_text

_UNLIMITED = "unlimited"


def _answer(value: Canonical) -> object:
    return "Unlimited" if value == _UNLIMITED else str(value)


def limit(least: int, most: int) -> Kind:
    """A whole number from `least` to `most`, or "unlimited"."""
    number = integer(least, most)
    expected = f'A whole number from {least} to {most} is expected here, or "unlimited".'

    def parse(raw: Raw) -> Canonical:
        if isinstance(raw, str) and raw.strip().lower() == _UNLIMITED:
            return _UNLIMITED
        try:
            return number.parse(raw)
        except KindError as problem:
            raise KindError(expected, code=problem.code, got=problem.got) from None

    kind = worded(
        "limit",
        parse,
        alike=(
            (_UNLIMITED, "Unlimited", " UNLIMITED "),
            (least, str(least)),
            (most, f" {most} ", f"{most}.0"),
        ),
        bad=(least - 1, most + 1, "none", "", True, []),
    )
    return replace(kind, answer=_answer)


def size_from(least: int) -> Kind:
    """A size of `least` bytes or more, or "unlimited"."""
    expected = f'A size here is {least} bytes or more, such as "25MB", or "unlimited".'

    def parse(raw: Raw) -> Canonical:
        found = size.parse(raw)
        if isinstance(found, int) and found < least:
            raise KindError(expected, code="size-out-of-range", got=as_text(raw))
        return found

    return replace(
        size,
        parse=remembered(parse),
        alike=(("25MB", 26214400, "25 MB (26,214,400 bytes)"), (_UNLIMITED, "Unlimited")),
        bad=(*size.bad, 0, "0KB"),
    )
