"""Resource blocks with a sign before each line, and the colours of the signs."""

import re
from collections.abc import Iterable, Sequence

from reconciler.config.data import title
from reconciler.views.hcl import quoted
from reconciler.views.palette import Look, Style

_STYLES = {"+": Style.NEW, "-": Style.GONE, "~": Style.CHANGED, "<=": Style.READ}
_SIGNED = re.compile(r"( *)(-/\+|\+/-|<=|[-+~.])( )")


def block(heading: Sequence[str], sign: str, labels: tuple[str, str], rows: Iterable[str]) -> str:
    """The block of a resource with that type and name, under its heading."""
    keyword, kind = title(labels[0])
    header = f"{keyword} {quoted(kind)} {quoted(labels[1])}"
    return "\n".join((*heading, f"{sign:>3} {header} {{", *rows, "    }", ""))


def painted(section: str, look: Look) -> str:
    """`section` with its signs and headings in colour, where the reader has colours."""
    if not look.color:
        return section
    return "\n".join(_painted_line(line, look) for line in section.split("\n"))


def _painted_line(line: str, look: Look) -> str:
    if line.startswith(("  # ", "Plan: ")):
        return look.paint(line, Style.BOLD)
    found = _SIGNED.match(line)
    if found is None:
        return line
    sign = look.paint(found[2], _STYLES.get(found[2], Style.CHANGED))
    return f"{found[1]}{sign}{line[found.end(2) :]}"
