"""Findings for people: what is wrong, where, and what to do. Reads no file by itself."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from reconciler.model.diagnostic import Diagnostic, Severity
from reconciler.model.span import Span
from reconciler.views.palette import Look, Style
from reconciler.views.source import marked, snippet
from reconciler.views.text import clean, count, indent, wrap

Read = Callable[[str], str | None]
"""The text of the file that a span names; None where it cannot be had."""

SHOWN = 20


def ordered(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each finding once: warnings, then errors, both in the order of files and lines."""
    return tuple(sorted(dict.fromkeys(findings), key=_order))


def _order(finding: Diagnostic) -> tuple[bool, bool, str, int, int]:
    span = finding.span or Span("", 0, 0, 0, 0)
    is_error = finding.severity is Severity.ERROR
    return (is_error, finding.span is None, span.path, span.line, span.column)


def text(findings: Iterable[Diagnostic], read: Read, look: Look, *, compact: bool = False) -> str:
    """At most SHOWN findings, errors before warnings where there are too many; "" for none.

    What is told of several instances of one block is shown once. `compact` shortens warnings to
    their summaries where no error stands beside them.
    """
    alike = _alike(ordered(findings))
    everything = tuple(alike)
    errors = [f for f in everything if f.severity is Severity.ERROR]
    if compact and everything and not errors:
        return _compact(alike)
    kept = set((*errors, *everything)[:SHOWN]) if len(everything) > SHOWN else set(everything)
    shown = [_framed(one(f, read, look, alike[f]), f, look) for f in everything if f in kept]
    return "\n".join(filter(None, [*shown, _rest(len(everything) - len(kept))]))


def _alike(findings: Sequence[Diagnostic]) -> dict[Diagnostic, int]:
    """The first of those that say one thing of one place, each with how many others do."""
    found: dict[Diagnostic, list[Diagnostic]] = defaultdict(list)
    for finding in findings:
        found[replace(finding, address=None) if finding.span else finding].append(finding)
    return {same[0]: len(same) - 1 for same in found.values()}


def _rest(hidden: int) -> str:
    if not hidden:
        return ""
    return f"{count(hidden, 'more problem')} not shown: mend these first, then run again.\n"


def one(finding: Diagnostic, read: Read, look: Look, others: int = 0) -> str:
    """One finding in full, without a frame; ends with a line break. `others` is how many
    instances of the same block it is true of besides.
    """
    is_error = finding.severity is Severity.ERROR
    word = look.paint("Error:", Style.ERROR) if is_error else look.paint("Warning:", Style.WARNING)
    parts = [
        f"{word} {look.paint(clean(finding.summary), Style.BOLD)}",
        "\n".join((*_where(finding, others), *_code(finding, read, look), *_used(finding))),
        wrap(finding.detail, look.width - 2),
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _where(finding: Diagnostic, others: int = 0) -> list[str]:
    lines = []
    if finding.address:
        more = f" and {others} more of this block" if others else ""
        lines.append(f"  with {clean(finding.address)}{more}{',' if finding.span else ''}")
    if finding.span:
        inside = f", in {clean(finding.context)}" if finding.context else ""
        lines.append(f"  on {clean(finding.span.path)} line {finding.span.line}{inside}:")
    return lines


def _code(finding: Diagnostic, read: Read, look: Look) -> list[str]:
    span = finding.span
    piece = snippet(finding, span, read(span.path)) if span else None
    if span is None or piece is None:
        return []
    code, carets = marked(piece)
    lines = [f"{span.line:4}: {code}"]
    return [*lines, f"      {look.paint(carets, Style.ERROR)}"] if carets else lines


def _used(finding: Diagnostic) -> list[str]:
    values = [f"    │ {clean(name)} is {clean(value)}" for name, value in finding.used]
    return [f"    ├{'─' * 16}", *values] if values else []


def _framed(body: str, finding: Diagnostic, look: Look) -> str:
    """A bar along the left edge on a terminal with colour; a line break before it elsewhere."""
    if not look.color:
        return f"\n{body}"
    style = Style.ERROR if finding.severity is Severity.ERROR else Style.WARNING
    bar = look.paint("│", style)
    middle = "\n".join(f"{bar} {line}" for line in body.rstrip("\n").split("\n"))
    return f"{look.paint('╷', style)}\n{middle}\n{look.paint('╵', style)}\n"


def _compact(warnings: Mapping[Diagnostic, int]) -> str:
    items = [
        indent("\n".join((clean(f.summary), *_where(f, others))), "  ")
        for f, others in warnings.items()
    ]
    listed = "\n".join(f"- {item[2:].rstrip(',:')}" for item in items)
    return f"\nWarnings:\n\n{listed}\n\nLeave out -compact-warnings to read them in full.\n"
