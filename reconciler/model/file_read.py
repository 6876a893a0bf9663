"""What an expression learnt of a file: enough to tell whether it would learn the same again."""

from enum import StrEnum

from reconciler.model.record import dataclass


class How(StrEnum):
    CONTENT = "content"
    PRESENCE = "presence"
    """Only whether the file is there."""
    LISTING = "listing"
    """Which files of a folder fit a pattern."""


@dataclass(frozen=True, slots=True)
class FileRead:
    """`path` is relative to the project; `digest` is "" where the file could not be read."""

    how: How
    path: str
    pattern: str
    digest: str
