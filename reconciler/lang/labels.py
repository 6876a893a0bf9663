"""Labels of blocks, made from names that people gave: readable, valid, and each only once."""

import re
from collections.abc import Collection
from unicodedata import combining, normalize

_OTHER = re.compile(r"[^a-z0-9]+")
_SPELT = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "œ": "oe",
    }
)
_LONGEST = 60


def label(name: str, noun: str) -> str:
    """`name` in small letters, digits and low lines; what begins with no letter, or has none, gets
    `noun` before it.
    """
    plain = normalize("NFKD", name.casefold().translate(_SPELT))
    letters = "".join(c for c in plain if not combining(c))
    words = _OTHER.sub("_", letters).strip("_")[:_LONGEST].rstrip("_")
    if not words:
        return noun
    return words if words[0].isalpha() else f"{noun}_{words}"


def unique(wanted: str, taken: Collection[str]) -> str:
    """`wanted`, or with the first number that makes it another one."""
    number, found = 2, wanted
    while found in taken:
        number, found = number + 1, f"{wanted}_{number}"
    return found
