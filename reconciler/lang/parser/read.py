"""Text to syntax, uncached: scanner, grammar and tree builder at work, item by item.

Every item of the outermost body is parsed by itself, so that memory stays flat and a broken one
takes none of the others with it.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from reconciler.lang.parser import complaint, depth, grammar, recovery, scan_code
from reconciler.lang.parser.grammar import Rejected
from reconciler.lang.parser.scanner import Frame, Kind, Scanner, State
from reconciler.lang.parser.tokens import Token
from reconciler.lang.parser.tree import duplicates
from reconciler.lang.place import Place, told
from reconciler.lang.syntax import Argument, Block, Body, Expr
from reconciler.model.diagnostic import Collector, ReconcilerError, error
from reconciler.model.span import Span

MAX_TOKENS = 600_000
MAX_ERRORS = 20


def body(text: str, path: str, problems: Collector) -> Body:
    """The items of `text` that are right; what is wrong goes to `problems`, MAX_ERRORS at most."""
    scanner = _scanner(text, path)
    reading = _Reading(scanner, problems)
    with _no_cycles():
        items = reading.items()
    arguments = tuple([item for item in items if isinstance(item, Argument)])
    blocks = tuple([item for item in items if isinstance(item, Block)])
    problems.extend(duplicates(arguments))
    return Body(arguments, blocks, Span(path, 1, 1, scanner.line, _column(scanner)))


def expression(
    text: str, path: str, problems: Collector, place: Place | None = None
) -> Expr | None:
    """The one expression that `text` is, as it would stand after the equals sign."""
    scanner = _scanner(text + "\n", path)
    _begin_value(scanner)
    return _value(scanner, problems, place)


def template(text: str, path: str, problems: Collector, place: Place | None = None) -> Expr | None:
    """The template that `text` is: a Text or a Template."""
    scanner = _scanner(text, path)
    _begin_value(scanner)
    opener = scanner.emit("DBLQUOTE", "", scanner.position, scanner.position)
    scanner.open(Kind.TEMPLATE, opener)
    return _value(scanner, problems, place)


def _scanner(text: str, path: str) -> Scanner:
    start = 1 if text.startswith("\ufeff") else 0
    scanner = Scanner(text, path, start, bol=start)
    nothing = scanner.token("LBRACE", "", start, start)
    scanner.frames.append(Frame(Kind.BODY, nothing, State.START, one_line=False))
    return scanner


def _column(scanner: Scanner) -> int:
    return scanner.position - scanner.bol + 1


def _begin_value(scanner: Scanner) -> None:
    start = scanner.position
    scanner.emit("NAME", "", start, start)
    scanner.emit("EQ", "", start, start)
    scanner.frames[0].state = State.EXPRESSION


def _value(scanner: Scanner, problems: Collector, place: Place | None) -> Expr | None:
    try:
        while not scanner.ended:
            scan_code.step(scanner)
    except ReconcilerError as wrong:
        _move(scanner.tokens, place)
        fault = _fault(scanner.tokens, whole=False)
        problems.extend(
            fault.diagnostics if fault else (told(d, place) for d in wrong.diagnostics)
        )
        return None
    _move(scanner.tokens, place)
    try:
        only = _parsed(scanner.tokens)[0]
    except ReconcilerError as wrong:
        problems.extend(wrong.diagnostics)
        return None
    assert isinstance(only, Argument)
    return only.expr


def _move(tokens: Iterable[Token], place: Place | None) -> None:
    """Gives the tokens the places that they have in the file."""
    if place is not None:
        for token in tokens:
            _, token.end = place(token.line, token.end)
            token.line, token.column = place(token.line, token.column)


class _Reading:
    """One file being read: how many tokens there were, and which errors are known."""

    def __init__(self, scanner: Scanner, problems: Collector) -> None:
        self.scanner = scanner
        self.problems = problems
        self.known: set[tuple[str, Span | None]] = set()
        self.tokens = 0

    def items(self) -> list[Argument | Block]:
        found: list[Argument | Block] = []
        scanner = self.scanner
        while not scanner.ended and len(self.known) < MAX_ERRORS:
            start = scanner.position, scanner.line, scanner.bol
            try:
                tokens = self._next()
                found += _parsed(tokens) if tokens else ()
            except ReconcilerError as wrong:
                self._recover(start, wrong)
        return found

    def _next(self) -> Sequence[Token]:
        """The tokens of the next item; none at the end."""
        scanner = self.scanner
        root = scanner.frames[0]
        tokens: list[Token] = []
        scanner.tokens = tokens
        while not (scanner.ended or (tokens and root.state is State.START)):
            scan_code.step(scanner)
            if len(tokens) + self.tokens > MAX_TOKENS:
                raise _too_much(tokens[-1])
        self.tokens += len(tokens)
        return tokens

    def _recover(self, start: tuple[int, int, int], wrong: ReconcilerError) -> None:
        """Reads the item that began at `start` again, closely."""
        scanner = self.scanner
        codes = {each.code for each in wrong.diagnostics}
        before = len(self.known)
        if codes & _FINAL:
            scanner.ended = True
        else:
            scanner.position, scanner.line, scanner.bol = start
            scanner.ended = False
            del scanner.frames[1:]
            scanner.frames[0].state = State.START
            recovery.reread(scanner, _fault, self._report, unclosed="unclosed-block" in codes)
        if len(self.known) == before:
            self._report(wrong)

    def _report(self, wrong: ReconcilerError) -> bool:
        for each in wrong.diagnostics:
            key = each.code, each.span
            if key not in self.known:
                self.known.add(key)
                self.problems.add(each)
        return len(self.known) < MAX_ERRORS


_FINAL = frozenset({"file-too-large", "nested-too-deep"})


def _parsed(tokens: Sequence[Token]) -> list[Any]:
    """The items that the tokens are. Raises where they are none."""
    found = grammar.items(tokens)
    if isinstance(found, Rejected):
        raise ReconcilerError(complaint.explain(tokens, found.at, found.token, found.accepted))
    if len(tokens) > depth.SAFE:
        depth.check(found)
    return found


def _fault(tokens: Sequence[Token], *, whole: bool) -> ReconcilerError | None:
    """What the grammar or the tree builder have against the tokens."""
    if not tokens:
        return None
    try:
        found = grammar.items(tokens, whole=whole)
    except ReconcilerError as wrong:
        return wrong
    if not isinstance(found, Rejected):
        return None
    return ReconcilerError(complaint.explain(tokens, found.at, found.token, found.accepted))


def _too_much(token: Token) -> ReconcilerError:
    return ReconcilerError(
        error(
            "file-too-large",
            "File too large",
            f"The file holds more than {MAX_TOKENS:,} words and signs up to here. Split it.",
            token.span,
        )
    )


@contextmanager
def _no_cycles() -> Iterator[None]:
    """Without the collector of cycles, which makes parsing superlinear; syntax has none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
