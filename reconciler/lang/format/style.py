"""The formatter: text in, the same text in canonical style out."""

from reconciler.lang.format.rewrite import rewritten
from reconciler.lang.format.rows import laid_out
from reconciler.lang.format.scan import tokens


def canonical(text: str) -> str:
    """`text`, which the parser must have accepted, in the style of `terraform fmt`.

    Applying it twice is applying it once. What it means stays the same, and every comment stays.
    A byte order mark goes; line breaks stay as they are, LF or CRLF.
    """
    found, spaces = tokens(text)
    return laid_out(rewritten(found)) + " " * spaces
