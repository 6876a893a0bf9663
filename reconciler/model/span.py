"""Where a piece of text stands in a file."""

from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of one file; lines and columns count from 1, columns in characters."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, other: "Span") -> "Span":
        """The span from the start of this one to the end of `other`."""
        return Span(self.path, self.line, self.column, other.end_line, other.end_column)
