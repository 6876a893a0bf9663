"""Elements taken out of a list that is written out, and put into it. Lines of others stay."""

import re
from collections.abc import Collection, Sequence

from reconciler.lang.edit.page import Page, page, spliced
from reconciler.lang.syntax import Tuple

_COMMA = re.compile(r"(?:\s++|/\*(?:[^*]|\*(?!/))*+\*/|(?:#|//)[^\n]*+)*+,")
_BLANKS = re.compile(r"[ \t]*")

Cut = tuple[int, int, str]


def edited(text: str, given: Tuple, drop: Collection[int], add: Sequence[str]) -> str:
    """`text` without the elements at the places `drop` of the list `given`, and with `add` at its
    end: where there are elements on lines of their own, each on a line of its own.
    """
    at = page(text)
    start, end = at.stretch(given.span)
    kept = [n for n in range(len(given.items)) if n not in drop]
    if "\n" not in text[start:end] or not kept:
        return text[:start] + _flat(at, given, kept, add) + text[end:]
    cuts = [_gone(at, given, n) for n in drop]
    return spliced(text, [*cuts, *_added(at, given, kept[-1], add)])


def _flat(at: Page, given: Tuple, kept: Sequence[int], add: Sequence[str]) -> str:
    """Blanks inside the brackets stay."""
    start, end = at.stretch(given.span)
    if not kept and "\n" in at.text[start:end] and given.items:
        return _tall(at, given, add)
    texts = [at.text[slice(*at.stretch(given.items[n].span))] for n in kept]
    blank = " " if at.text[start + 1 : start + 2] == " " and given.items else ""
    inside = ", ".join((*texts, *add))
    return f"[{blank}{inside}{blank}]" if inside else "[]"


def _tall(at: Page, given: Tuple, add: Sequence[str]) -> str:
    first = at.stretch(given.items[0].span)[0]
    line = at.newline(first)
    inside = "".join(f"{at.indent(first)}{one},{line}" for one in add)
    close = at.indent(at.stretch(given.span)[0])
    return f"[{line}{inside}{close}]" if add else "[]"


def _gone(at: Page, given: Tuple, number: int) -> Cut:
    """With its comma; with its line and the comment there where it is alone on it."""
    start, end = at.stretch(given.items[number].span)
    limit = at.stretch(given.span)[1]
    comma = _COMMA.match(at.text, end, limit)
    end = comma.end() if comma else end
    line_end = at.line_end(end)
    if at.begins_line(start) and line_end is not None and line_end < limit:
        return at.line_start(start), line_end, ""
    if at.line_end(end) is not None:
        return at.blanks_before(start), end, ""
    blanks = _BLANKS.match(at.text, end)
    return start, blanks.end() if blanks else end, ""


def _added(at: Page, given: Tuple, last: int, add: Sequence[str]) -> list[Cut]:
    """After the element `last`, which gets a comma where it has none."""
    if not add:
        return []
    start, end = at.stretch(given.items[last].span)
    limit = at.stretch(given.span)[1]
    comma = _COMMA.match(at.text, end, limit)
    after = comma.end() if comma else end
    missing: list[Cut] = [] if comma else [(end, end, ",")]
    line_end = at.line_end(after)
    if line_end is None or line_end >= limit or not at.begins_line(start):
        tail = "," if comma else ""
        return [(after, after, f"{'' if comma else ','} {', '.join(add)}{tail}")]
    line, indent = at.newline(start), at.indent(start)
    rows = [f"{indent}{one},{line}" for one in add]
    if not _is_ended(at, given):
        rows[-1] = rows[-1].replace(f",{line}", line)
    return [*missing, (line_end, line_end, "".join(rows))]


def _is_ended(at: Page, given: Tuple) -> bool:
    """Whether a comma follows the very last element."""
    end, limit = at.stretch(given.items[-1].span)[1], at.stretch(given.span)[1]
    return _COMMA.match(at.text, end, limit) is not None
