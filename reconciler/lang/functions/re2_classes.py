"""Character classes and escape sequences of RE2, for the `regex` library."""

import re
from typing import Final

_CLASSES: Final = {
    "d": "0-9",
    "w": "0-9A-Za-z_",
    "s": r"\t\n\f\r ",
}
_POSIX: Final = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": r"\x00-\x7f",
    "blank": r"\t ",
    "cntrl": r"\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": r"\x21-\x7e",
    "lower": "a-z",
    "print": r"\x20-\x7e",
    "punct": r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e",
    "space": r"\t\n\v\f\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_HEX: Final = re.compile(r"\\x(?:\{([0-9A-Fa-f]{1,8})\}|([0-9A-Fa-f]{2}))")
_OCTAL: Final = re.compile(r"\\(0[0-7]{0,2}|[1-7][0-7]{1,2})")
_PROPERTY: Final = re.compile(r"\\([pP])(?:([A-Z])|\{(\^?)([A-Za-z_]+)\})")
_POSIX_CLASS: Final = re.compile(r"\[:(\^?)([a-z]+):\]")
_SINGLE: Final = {"a": r"\x07", "f": r"\f", "n": r"\n", "r": r"\r", "t": r"\t", "v": r"\v"}


class PatternError(ValueError):
    """What is wrong with a pattern: a phrase without full stop."""


def escape(pattern: str, at: int) -> tuple[str, int, bool]:
    """The inside of a character class for the escape at `at`, its length, and whether it means
    all other characters.
    """
    letter = pattern[at + 1 : at + 2]
    if letter.lower() in _CLASSES and letter:
        return _CLASSES[letter.lower()], 2, letter.isupper()
    if letter in _SINGLE and letter:
        return _SINGLE[letter], 2, False
    if found := _HEX.match(pattern, at):
        return _code(int(found[1] or found[2], 16)), len(found[0]), False
    if found := _OCTAL.match(pattern, at):
        return _code(int(found[1], 8)), len(found[0]), False
    if found := _PROPERTY.match(pattern, at):
        negated = (found[1] == "P") is not bool(found[3])
        return f"\\p{{{found[2] or found[4]}}}", len(found[0]), negated
    if letter and letter.isascii() and not letter.isalnum():
        return re.escape(letter), 2, False
    raise PatternError(f'"\\{letter}" is no valid escape sequence')


def _code(point: int) -> str:
    if point > 0x10FFFF:  # noqa: PLR2004 - the last character of Unicode
        raise PatternError("there is no such character")
    return f"\\U{point:08x}"


class CharacterClass:
    """One character class in brackets."""

    def __init__(self, pattern: str, at: int) -> None:
        self.pattern = pattern
        self.start = at
        self.at = at + 1
        self.out: list[str] = []

    def run(self) -> tuple[str, int]:
        """The class in the other syntax, and its length in this one."""
        negated = self.pattern.startswith("^", self.at)
        self.at += negated
        first = self.at
        while not self.pattern.startswith("]", self.at) or self.at == first:
            if self.at >= len(self.pattern):
                raise PatternError("a character class is not closed")
            self._item()
        inner = "".join(self.out)
        return f"[{'^' if negated else ''}{inner}]", self.at + 1 - self.start

    def _item(self) -> None:
        posix = _POSIX_CLASS.match(self.pattern, self.at)
        if posix is not None:
            self._posix(posix)
        elif self.pattern[self.at] == "\\":
            inner, length, negated = escape(self.pattern, self.at)
            self.out.append(f"[^{inner}]" if negated else inner)
            self.at += length
        else:
            letter = self.pattern[self.at]
            self.out.append("-" if letter == "-" and self._in_range() else re.escape(letter))
            self.at += 1

    def _in_range(self) -> bool:
        return bool(self.out) and not self.pattern.startswith("]", self.at + 1)

    def _posix(self, found: re.Match[str]) -> None:
        inner = _POSIX.get(found[2])
        if inner is None:
            raise PatternError(f'there is no character class "{found[0]}"')
        self.out.append(f"[^{inner}]" if found[1] else inner)
        self.at += len(found[0])
