"""Colour on a terminal. Knows escape codes; refuses to know whether anybody looks."""

from enum import StrEnum

from reconciler.model.record import dataclass


class Style(StrEnum):
    """What a stretch of text is for, as the number that ANSI gives its colour."""

    BOLD = "1"
    FAINT = "2"
    GONE = "31"
    NEW = "32"
    CHANGED = "33"
    READ = "36"
    ERROR = "1;31"
    WARNING = "1;33"


@dataclass(frozen=True, slots=True)
class Look:
    """How the reader's screen is: with colour or without, and `width` columns wide."""

    color: bool = False
    width: int = 78

    def paint(self, text: str, style: Style) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.color and text else text


PLAIN = Look()
