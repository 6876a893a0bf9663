"""Signs and brackets: which token each is, what it opens and closes. Called by `scan_code`."""

import re
from collections.abc import Callable, Mapping

from reconciler.lang.parser import scan_body, scan_text
from reconciler.lang.parser.scanner import Kind, Scanner, State
from reconciler.lang.parser.tokens import BINARY, PUNCTUATION, UNARY

_MAX_RUN = 100
_FOR = re.compile(r"(?>\s+|(?:#|//)[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)*+for(?![\w-])")


def sign(scanner: Scanner, found: re.Match[str]) -> None:
    start, end = found.span("sign")
    mark = found["sign"]
    if mark in _BRACKETS:
        _BRACKETS[mark](scanner, mark, start)
        return
    if mark != "=":
        scan_body.check_place(scanner, start, end)
    if mark[0] == "[":
        scanner.emit("FULL_SPLAT_START", mark, start, end)
        scanner.operand = True
    elif mark[0] == "." and mark[-1] == "*":
        scanner.emit("ATTR_SPLAT", mark, start, end)
    elif not scanner.operand and mark in UNARY:
        _unary(scanner, mark, start, end)
    elif mark == "=" and scanner.frames[-1].state is not State.EXPRESSION:
        scan_body.equals(scanner, start)
    else:
        type_ = BINARY.get(mark) or PUNCTUATION.get(mark) or "NOT"
        scanner.emit(type_, mark, start, end)
        scanner.operand = mark == "..."  # so that the if of a for expression may follow


def _unary(scanner: Scanner, sign: str, start: int, end: int) -> None:
    """The grammar takes one unary operator, so a run of them becomes one token."""
    last = scanner.tokens[-1]
    if last.raw != "unary":
        scanner.emit(UNARY[sign], sign, start, end).raw = "unary"
    elif len(last.value) < _MAX_RUN:
        last.value += sign
    else:
        raise scanner.problem(
            "nested-too-deep",
            "Nested too deep",
            f"An operator may be repeated {_MAX_RUN} times. Remove the pairs that undo each other.",
            start,
            end,
        )


def _open(scanner: Scanner, sign: str, start: int) -> None:
    scan_body.check_place(scanner, start, start + 1)
    token = scanner.emit("LPAR" if sign == "(" else "LSQB", sign, start, start + 1)
    scanner.open(Kind.PAREN if sign == "(" else Kind.BRACKET, token)
    if sign == "[" and scanner.operand:
        token.raw = "index"
    scanner.operand = False


def _open_brace(scanner: Scanner, sign: str, start: int) -> None:
    if scanner.frames[-1].state is not State.EXPRESSION:
        scan_body.open_block(scanner, start)
        return
    scan_body.after_value(scanner, start, start + 1)
    token = scanner.emit("LBRACE", sign, start, start + 1)
    loop = _FOR.match(scanner.text, scanner.position)
    scanner.open(Kind.FOR_OBJECT if loop else Kind.OBJECT, token)
    scanner.operand = False


def _close(scanner: Scanner, sign: str, start: int) -> None:
    frame = scanner.frames[-1]
    kinds, type_ = _CLOSED_BY[sign]
    if frame.kind not in kinds:
        raise scan_body.mismatch(scanner, sign, start)
    if frame.kind is Kind.BODY:
        scan_body.close_block(scanner, start)
        return
    scanner.emit(type_, sign[-1], start, scanner.position)
    if frame.kind in {Kind.INTERPOLATION, Kind.DIRECTIVE}:
        scan_text.close_sequence(scanner, strip=sign == "~}")
    else:
        scanner.close()


_SEQUENCES = frozenset({Kind.INTERPOLATION, Kind.DIRECTIVE})
_CLOSED_BY: Mapping[str, tuple[frozenset[Kind], str]] = {
    ")": (frozenset({Kind.PAREN}), "RPAR"),
    "]": (frozenset({Kind.BRACKET}), "RSQB"),
    "}": (_SEQUENCES | {Kind.BODY, Kind.OBJECT, Kind.FOR_OBJECT}, "RBRACE"),
    "~}": (_SEQUENCES, "RBRACE"),
}
_BRACKETS: Mapping[str, Callable[[Scanner, str, int], None]] = {
    "(": _open,
    "[": _open,
    "{": _open_brace,
    ")": _close,
    "]": _close,
    "}": _close,
    "~}": _close,
}
