"""Findings in the JSON shape of `terraform validate -json`, with our stable `code` added."""

from collections.abc import Iterable

from reconciler.model.diagnostic import Diagnostic, Severity
from reconciler.model.span import Span
from reconciler.views.diagnostics import Read, ordered
from reconciler.views.json_text import pretty
from reconciler.views.source import byte_offset, snippet


def one(finding: Diagnostic, read: Read) -> dict[str, object]:
    """One finding; `range` and `snippet` only where it has a place."""
    answer: dict[str, object] = {
        "severity": finding.severity.value,
        "summary": finding.summary,
        "detail": finding.detail,
        "code": finding.code,
    }
    if finding.address:
        answer["address"] = finding.address
    if finding.span:
        source = read(finding.span.path)
        answer["range"] = _range(finding.span, source)
        answer["snippet"] = _snippet(finding, finding.span, source)
    return answer


def _range(span: Span, source: str | None) -> dict[str, object]:
    return {
        "filename": span.path,
        "start": _place(source, span.line, span.column),
        "end": _place(source, span.end_line, span.end_column),
    }


def _place(source: str | None, line: int, column: int) -> dict[str, int]:
    return {"line": line, "column": column, "byte": byte_offset(source, line, column)}


def _snippet(finding: Diagnostic, span: Span, source: str | None) -> dict[str, object] | None:
    piece = snippet(finding, span, source)
    if piece is None:
        return None
    return {
        "context": finding.context,
        "code": piece.code,
        "start_line": span.line,
        "highlight_start_offset": piece.start,
        "highlight_end_offset": piece.end,
        "values": [{"traversal": n, "statement": f"is {v}"} for n, v in finding.used],
    }


def validation(findings: Iterable[Diagnostic], read: Read) -> str:
    """The answer of `validate -json`."""
    everything = ordered(findings)
    errors = sum(f.severity is Severity.ERROR for f in everything)
    return pretty(
        {
            "format_version": "1.0",
            "valid": errors == 0,
            "error_count": errors,
            "warning_count": len(everything) - errors,
            "diagnostics": [one(finding, read) for finding in everything],
        }
    )
