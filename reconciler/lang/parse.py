"""Text to syntax: the module that everyone else calls. Never raises on bad input.

Files that have not changed come from the cache (`cache`), without python-hcl2 or Lark being
loaded; others are read by `read`.
"""

from typing import Protocol

from reconciler.lang import cache
from reconciler.lang.place import Place
from reconciler.lang.syntax import Body, Expr
from reconciler.model.diagnostic import Collector, error, in_order
from reconciler.model.span import Span

MAX_SIZE = 10_000_000


def parse(text: str, path: str, problems: Collector) -> Body:
    """The arguments and blocks of a file. What is wrong goes to `problems`, each with its place,
    and what is right comes out all the same.
    """
    if not fits(text, path, problems):
        return Body((), (), Span(path, 1, 1, 1, 1))
    kept = cache.find(text, path)
    if kept is not None:
        return kept
    found = Collector()
    body = _reader().body(text, path, found)
    problems.extend(in_order(found))
    if not found.found:
        cache.keep(text, path, body)
    return body


def parse_expression(
    text: str, path: str, problems: Collector, place: Place | None = None
) -> Expr | None:
    """The one expression that `text` is, as after an equals sign; None where it is none. `place`
    tells where in the file the text stands, which otherwise is the file.
    """
    if not fits(text, path, problems):
        return None
    return _reader().expression(text, path, problems, place)


def parse_template(
    text: str, path: str, problems: Collector, place: Place | None = None
) -> Expr | None:
    """The template that `text` is as a whole, without quotes; None where it is none. `place` is
    as for `parse_expression`.
    """
    if not fits(text, path, problems):
        return None
    return _reader().template(text, path, problems, place)


class _Reader(Protocol):
    """What `parser.read` offers."""

    def body(self, text: str, path: str, problems: Collector) -> Body: ...
    def expression(
        self, text: str, path: str, problems: Collector, place: Place | None
    ) -> Expr | None: ...
    def template(
        self, text: str, path: str, problems: Collector, place: Place | None
    ) -> Expr | None: ...


def _reader() -> _Reader:
    from reconciler.lang.parser import read  # noqa: PLC0415 - Lark loads only where it is needed

    return read


def fits(text: str, path: str, problems: Collector) -> bool:
    """Whether `text` is short enough to be read."""
    if len(text) <= MAX_SIZE:
        return True
    problems.add(
        error(
            "file-too-large",
            "File too large",
            f"The file has {len(text):,} characters; {MAX_SIZE:,} are allowed. Split it.",
            Span(path, 1, 1, 1, 1),
        )
    )
    return False
