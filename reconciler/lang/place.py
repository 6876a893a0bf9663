"""Where text that was cut out of a file, and perhaps rewritten on the way, stands in that file."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from reconciler.model.diagnostic import Diagnostic
from reconciler.model.span import Span

Place: TypeAlias = Callable[[int, int], tuple[int, int]]
"""From a line and column of the text to those of the file."""


def moved(span: Span, place: Place) -> Span:
    return Span(span.path, *place(span.line, span.column), *place(span.end_line, span.end_column))


def told(found: Diagnostic, place: Place | None) -> Diagnostic:
    """`found`, which speaks of a place in the text, as one that speaks of the file."""
    if place is None or found.span is None:
        return found
    return replace(found, span=moved(found.span, place))
