"""JSON as bytes on a screen: ASCII only, so that nothing in a string can steer a terminal."""

import json
import os
import re

from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Digits:
    """A number with more digits than a float holds."""

    text: str

    def __str__(self) -> str:
        return self.text


def number(text: str) -> float | Digits:
    """The number that `text` writes in decimal, without an exponent."""
    near = float(text)
    return near if repr(near) == text else Digits(text)


def line(value: object) -> str:
    """One object on one line, without blanks, ending with a line break."""
    return _safe(_Writer(separators=(",", ":")).encode(value))


def pretty(value: object) -> str:
    """Two spaces a level, ending with a line break."""
    return _safe(_Writer(indent=2).encode(value))


class _Writer(json.JSONEncoder):
    """Writes Digits as they are, by way of texts that no other can be like."""

    _own = ""

    def default(self, o: object) -> object:
        if not isinstance(o, Digits):
            return super().default(o)
        self._own = self._own or os.urandom(16).hex()
        return f"{self._own}{o.text}"

    def encode(self, o: object) -> str:
        written = super().encode(o)
        return re.sub(f'"{self._own}([0-9.-]+)"', r"\1", written) if self._own else written


def _safe(written: str) -> str:
    return written.replace("\x7f", "\\u007f") + "\n"
