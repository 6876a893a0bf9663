"""Files of addresses for -target and -exclude: one a line, with comments."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reconciler.lang import text_file
from reconciler.model.diagnostic import Collector, error
from reconciler.model.span import Span

# A # begins a comment at the start of a line or after a blank, unless it is part of a key.
_COMMENT = re.compile(r"""\"(?:[^"\\]|\\.)*\"|(?:^|(?<=\s))(\#)""")

Line = tuple[str, Span]


def read(root: Path, names: Iterable[str]) -> Mapping[str, Span]:
    """The addresses in the files `names`, in their order, each with the place where it stands
    last. Raises ReconcilerError where a file cannot be read, or has none: no targets would mean
    everything.
    """
    problems = Collector()
    found = dict(line for name in names for line in _of_file(root, name, problems))
    problems.stop_on_errors()
    return found


def _of_file(root: Path, name: str, problems: Collector) -> list[Line]:
    text = text_file.read(root / name, text_file.shown(name), problems, inside=None)
    if text is None:
        return []
    found = list(_lines(text, name))
    if not found:
        problems.add(
            error(
                "no-addresses",
                "File without an address",
                f"{name} names nothing: all its lines are empty or comments. Write one address or"
                " pattern a line, or leave the flag out.",
                text_file.start(name),
            )
        )
    return found


def _lines(text: str, name: str) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), 1):
        comment = next((found for found in _COMMENT.finditer(line) if found[1]), None)
        address = line[: comment.start() if comment else None].strip()
        if address:
            start = line.index(address) + 1
            yield address, Span(name, number, start, number, start + len(address))
