"""The block around a line of a text that does not parse, told by what stands at the margin."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reconciler.model.diagnostic import Diagnostic

_LONGEST = 200
_MARGIN = re.compile(r'^(?:\}|([^\W\d][\w-]*(?:[ \t]+"[^"\n]*")*)[ \t]*\{)', re.MULTILINE)


def _shown(header: str) -> str:
    return header if len(header) <= _LONGEST else f"{header[:_LONGEST]}…"


def with_context(problems: Iterable[Diagnostic], text: str) -> Iterator[Diagnostic]:
    """`problems`, each with the header of the block that it stands in."""
    lines, headers = [0], [""]
    line, seen = 1, 0
    for found in _MARGIN.finditer(text):
        line += text.count("\n", seen, found.start())
        seen = found.start()
        # What follows the closing brace of a block is in none.
        lines.append(line if found[1] else line + 1)
        headers.append(_shown(found[1] or ""))
    for problem in problems:
        at = bisect_right(lines, problem.span.line) - 1 if problem.span else 0
        yield replace(problem, context=problem.context or headers[at] or None)
