"""What is wrong, where, and what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import field
from enum import StrEnum

from reconciler.model.record import dataclass
from reconciler.model.span import Span


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is stable kebab-case; `summary` holds no user data and no full stop;
    `detail` is full sentences that end with the cure.

    `context` names the enclosing block (`resource "send_connector" "x"`), `used` the values that
    the culprit refers to, as (`var.port`, `70000`) pairs that never hold a sensitive value.
    `secret` asks views to mask quoted text in the source line.
    """

    severity: Severity
    code: str
    summary: str
    detail: str = ""
    span: Span | None = None
    address: str | None = None
    context: str | None = None
    used: tuple[tuple[str, str], ...] = ()
    secret: bool = False


def error(code: str, summary: str, detail: str = "", span: Span | None = None) -> Diagnostic:
    return Diagnostic(Severity.ERROR, code, summary, detail, span)


def warning(code: str, summary: str, detail: str = "", span: Span | None = None) -> Diagnostic:
    return Diagnostic(Severity.WARNING, code, summary, detail, span)


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """By place: what has none comes first."""
    return sorted(diagnostics, key=_place)


def _place(found: Diagnostic) -> tuple[str, int, int]:
    span = found.span
    return ("", 0, 0) if span is None else (span.path, span.line, span.column)


@dataclass(slots=True)
class Collector:
    """Gathers findings so that a file with five mistakes reports five."""

    found: list[Diagnostic] = field(default_factory=list)

    def add(self, *diagnostics: Diagnostic) -> None:
        self.found.extend(diagnostics)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.found.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(self.found)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.found if d.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.found if d.severity is Severity.WARNING)

    def stop_on_errors(self) -> None:
        """Raises ReconcilerError with all that was found, where an error is among it."""
        if self.errors:
            raise ReconcilerError(*self.found)


class ReconcilerError(Exception):
    """The only exception that crosses floors: one diagnostic or several."""

    def __init__(self, *diagnostics: Diagnostic, exit_code: int = 1) -> None:
        super().__init__("; ".join(d.summary for d in diagnostics))
        self.diagnostics = diagnostics
        self.exit_code = exit_code
