"""Free text, names, identifiers. Knows how long they may be, not what they stand for."""

import re
import unicodedata
from decimal import Context, Decimal
from fractions import Fraction

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, worded

_DIGITS = Context(prec=60)
_TOO_LARGE = 1 << 1024
_GUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def as_text(raw: Raw) -> str:
    """Strings in Unicode's composed form, numbers and bools as HCL makes strings of them. Raises
    KindError for anything else.
    """
    if isinstance(raw, (int, Fraction)) and not -_TOO_LARGE < raw < _TOO_LARGE:
        raise KindError("This number is too large to be written out.", code="number-too-large")
    match raw:
        case str() if "\0" in raw:
            raise KindError(
                "A text cannot hold the character NUL: Exchange has no way to store it.",
                code="nul-character",
            )
        case str():
            # HCL composes, Exchange keeps what it was given: the same text must be equal.
            return raw if raw.isascii() else unicodedata.normalize("NFC", raw)
        case bool():
            return "true" if raw else "false"
        case int():
            return str(raw)
        case Fraction():
            exact = _DIGITS.divide(Decimal(raw.numerator), Decimal(raw.denominator))
            return format(exact.normalize(_DIGITS), "f")
        case _:
            raise KindError("A string is expected here.", code="not-a-string")


def _parse_text(raw: Raw) -> Canonical:
    return as_text(raw)


text: Kind = worded(
    "text",
    _parse_text,
    alike=(
        ("Relay",),
        ("25", 25),
        ("true", True),
        ("0.5", Fraction(1, 2)),
        ("Zu\u0308rich", "Z\u00fcrich"),
    ),
    bad=([], {}, ["a"], 10**5000, "a\0b"),
)


def name_of(longest: int) -> Kind:
    """The name of an object: not empty, at most `longest` characters, case kept but ignored."""

    def parse(raw: Raw) -> Canonical:
        name = as_text(raw)
        if not name.strip():
            raise KindError(
                "A name cannot be empty: give at least one visible character.", code="empty-name"
            )
        if len(name) > longest:
            raise KindError(
                f"A name has at most {longest} characters; this one has {len(name)}.",
                code="name-too-long",
                got=name,
            )
        return name

    return worded(
        "name",
        parse,
        alike=(("Internet",), ("To partner (EMEA)",)),
        bad=("", "  ", "x" * (longest + 1), []),
        fold=casefolded,
    )


reference: Kind = worded(
    "identity of another object",
    _parse_text,
    alike=((r"MBX1\Relay",),),
    bad=([], {}),
    fold=casefolded,
)


def is_guid(given: str) -> bool:
    """Whether `given`, in lower case, is a GUID without braces."""
    return re.fullmatch(_GUID, given) is not None


def _parse_guid(raw: Raw) -> Canonical:
    found = as_text(raw).strip().removeprefix("{").removesuffix("}").lower()
    if not is_guid(found):
        raise KindError("A GUID is 32 hexadecimal digits in five groups.", code="invalid-guid")
    return found


guid: Kind = worded(
    "GUID",
    _parse_guid,
    alike=(
        (
            "0292c782-9804-4d8b-ae0e-e1c7ab90852b",
            "{0292C782-9804-4D8B-AE0E-E1C7AB90852B}",
        ),
    ),
    bad=("0292c782", 7),
)
