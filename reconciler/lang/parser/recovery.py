"""Where reading goes on after a mistake, so that one does not hide the next.

A broken item is read again with each of its inner items by itself. After a mistake that leaves
brackets or quotes open, reading goes on at the next line that looks like the start of an item;
indentation tells to which block it belongs.
"""

import re
from collections.abc import Callable, Sequence
from typing import Protocol

from reconciler.lang.parser import scan_body, scan_code
from reconciler.lang.parser.scanner import Kind, Scanner, State
from reconciler.lang.parser.tokens import Token
from reconciler.model.diagnostic import ReconcilerError

_NAME = r"[^\W\d][\w-]*"
_HEADER = re.compile(rf'[ \t]*{_NAME}(?:[ \t]+(?:"[^"\n]*"|{_NAME}))*[ \t]*\{{')
_ITEM = re.compile(
    rf"""^[ \t]*(?:(?P<close>\}})
    |{_NAME}[ \t]*=(?![=>])
    |(?P<block>{_NAME}(?:[ \t]+(?:"[^"\n]*"|{_NAME}))*[ \t]*\{{))""",
    re.MULTILINE | re.VERBOSE,
)
_LATE_BRACE = re.compile(r"[ \t]*\r?\n\s*\{(?=[ \t]*\r?\n)")
_OPEN_ENDED = frozenset({"unclosed-bracket", "unterminated-heredoc"})
_HOPELESS = frozenset({"unclosed-block", "nested-too-deep"})


class Check(Protocol):
    """What is wrong with the tokens of one item, or, where not `whole`, of the start of one."""

    def __call__(self, tokens: Sequence[Token], *, whole: bool) -> ReconcilerError | None: ...


Report = Callable[[ReconcilerError], bool]
"""Notes an error; false where there have been enough."""


def reread(scanner: Scanner, check: Check, report: Report, *, unclosed: bool) -> None:
    """Reads the item at the scanner's position piece by piece and reports what is wrong.

    Ends before the next item of the outermost body. `unclosed`: a block in it has no end, so
    that a block header that is not indented more than the block around it closes that.
    """
    going = True
    while going and not scanner.ended:
        wrong = _outside(scanner) if unclosed else None
        if wrong is None:
            wrong = _broken(scanner, check)
        if wrong is not None:
            going = report(wrong)
        if len(scanner.frames) == 1 and scanner.frames[0].state is State.START:
            return


def _broken(scanner: Scanner, check: Check) -> ReconcilerError | None:
    """Reads an inner item; what is wrong with it, if anything. Always gets further."""
    try:
        _read(scanner)
    except ReconcilerError as wrong:
        sooner = check(scanner.tokens, whole=False)
        _resume(scanner, wrong)
        return sooner or wrong
    return check(_rest(scanner), whole=True)


def _read(scanner: Scanner) -> None:
    """Steps to the end of an inner item, or of a block's header."""
    scanner.tokens = []
    while not scanner.ended:
        scan_code.step(scanner)
        frame = scanner.frames[-1]
        if frame.kind is Kind.BODY and frame.state in {State.START, State.DONE}:
            return


def _rest(scanner: Scanner) -> Sequence[Token]:
    """The tokens just read as an item of their own: a header gets its closing brace, and the
    brace that closes a block does not belong to the last item in it.
    """
    tokens = scanner.tokens
    if tokens and tokens[-1].type == "RBRACE" and scanner.frames[-1].state is State.DONE:
        return tokens[:-1]
    if tokens and tokens[-1] is scanner.frames[-1].opener:
        last = tokens[-1]
        return [*tokens, Token("RBRACE", "}", last.path, last.line, last.column, last.end)]
    return tokens


def _outside(scanner: Scanner) -> ReconcilerError | None:
    """An error where the line here is not indented as an item of the open block must be."""
    frame = scanner.frames[-1]
    if len(scanner.frames) == 1 or scanner.position != scanner.bol:
        return None
    found = _HEADER.match(scanner.text, scanner.position)
    if found is None or frame.state is not State.START or _column(found) > frame.column:
        return None
    scanner.frames.pop()
    scanner.frames[-1].state = State.START
    return scan_body.unclosed(frame)


def _column(found: re.Match[str]) -> int:
    return len(found[0]) - len(found[0].lstrip()) + 1


def _resume(scanner: Scanner, wrong: ReconcilerError) -> None:
    """Moves to the next line that begins an item or ends a block."""
    only = wrong.diagnostics[0]
    if only.span is not None and only.code in _OPEN_ENDED:
        _back_to(scanner, only.span.line)
    brace = _LATE_BRACE.match(scanner.text, scanner.position)
    if brace is not None and scanner.frames[-1].state is State.HEADER:
        _open_late(scanner, brace.end())
        return
    found = _ITEM.search(scanner.text, _line_end(scanner))
    if found is None or only.code in _HOPELESS:
        scanner.ended = True
        return
    scanner.line += scanner.text.count("\n", scanner.bol, found.start())
    scanner.bol = scanner.position = found.start()
    _settle(scanner, found)


def _open_late(scanner: Scanner, end: int) -> None:
    """Takes a brace on a line of its own for that of the header before it."""
    head = scanner.frames[-1].head
    scanner.count_lines(scanner.position, end)
    scanner.position = end
    brace = scanner.token("LBRACE", "{", end - 1, end)
    scanner.open(Kind.BODY, brace, State.START).column = head.column if head else 1


def _back_to(scanner: Scanner, line: int) -> None:
    while scanner.line > line:
        scanner.line -= 1
        scanner.bol = scanner.text.rfind("\n", 0, scanner.bol - 1) + 1
    scanner.position = scanner.bol


def _line_end(scanner: Scanner) -> int:
    end = scanner.text.find("\n", scanner.position)
    return len(scanner.text) if end < 0 else end + 1


def _settle(scanner: Scanner, found: re.Match[str]) -> None:
    """Closes what the indentation of the line found says is closed."""
    frames = scanner.frames
    while frames[-1].kind is not Kind.BODY:
        frames.pop()
    column = _column(found) + (1 if found["block"] is None else 0)
    while len(frames) > 1 and frames[-1].column >= column:
        frames.pop()
    frames[-1].state = State.START
    frames[-1].one_line = False
    scanner.operand = False
    if found["close"] and len(frames) == 1:
        scanner.position = found.end()
        frames[-1].state = State.DONE
