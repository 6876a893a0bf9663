"""Everything outside templates, read token by token: words, numbers, signs, brackets, newlines.

It knows which newlines count and where a value may stand, and leaves the structure of
expressions to the grammar.
"""

import re
from collections.abc import Callable, Mapping

from reconciler.lang.parser import missing, scan_body, scan_signs, scan_text
from reconciler.lang.parser.scanner import TEMPLATES, Kind, Scanner, State
from reconciler.lang.parser.tokens import CONSTANTS

# Told by the ASCII characters that a name may not have: a class that names what lies beyond ASCII
# takes `re` ten times as long to compile.
_NAME = r"[^\x00-@\[-^`{-\x7f][^\x00-,./:-@\[-^`{-\x7f]*"
_TOKEN = re.compile(
    rf"""[ \t]*+(?:
    (?P<word>{_NAME})
  | (?P<number>[0-9]+(?:\.[eE][+-]?[0-9]+|(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?))
  | (?P<newline>\r?\n(?:[ \t]*+(?:(?:\#|//)[^\n]*+\n|\r?\n))*+)
  | (?P<comment>(?:\#|//)[^\n]*|/\*[\s\S]*?\*/)
  | "(?P<plain>[^"\\$%\r\n]*)"
  | (?P<quote>")
  | (?P<heredoc><<(?P<flush>-?)(?P<marker>{_NAME})\r?\n)
  | (?P<sign>\.\.\.|\.[ ]*\*|\[[ ]*\*[ ]*\]|~\}}|=>|[=!<>]=|&&|\|\||/(?!\*)|<(?!<)|[-+*%>!?:=,.()\[\]{{}}])
  | (?P<end>\Z))""",
    re.VERBOSE,
)
_PATH = re.compile(rf"[ \t]*::[ \t]*({_NAME})?")
_CALL = re.compile(r"[ \t]*\(")


def step(scanner: Scanner) -> None:
    """Reads the next token. Raises ReconcilerError, with the place, where none can stand."""
    if scanner.frames[-1].kind in TEMPLATES:
        scan_text.step(scanner)
        return
    found = _TOKEN.match(scanner.text, scanner.position)
    if found is None:
        raise scan_body.bad_character(scanner)
    scanner.position = found.end()
    group = found.lastgroup
    assert group is not None
    _READ[group](scanner, found)


def _word(scanner: Scanner, found: re.Match[str]) -> None:
    start, end = found.span("word")
    word = found["word"]
    if not word.isascii():
        word = scan_body.identifier(scanner, word, start)
        end = scanner.position
    if len(word) > scan_body.LONGEST_NAME:
        raise scan_body.too_long(scanner, start)
    frame = scanner.frames[-1]
    if frame.state is not State.EXPRESSION:
        scan_body.word(scanner, word, start, end)
    elif scanner.operand:
        _word_after_value(scanner, word, start, end)
    else:
        _operand(scanner, word, start, end)


def _word_after_value(scanner: Scanner, word: str, start: int, end: int) -> None:
    frame = scanner.frames[-1]
    if frame.kind is Kind.BODY:
        raise missing.newline(scanner, start, end)
    scanner.operand = word not in {"in", "if"}
    if word == "in":
        frame.naming = False
    scanner.emit("NAME" if scanner.operand else word.upper(), word, start, end)


def _operand(scanner: Scanner, word: str, start: int, end: int) -> None:
    last = scanner.tokens[-1]
    frame = scanner.frames[-1]
    scanner.operand = True
    if last.type == "DOT" or frame.naming:
        scanner.emit("NAME", word, start, end)
    elif word == "for" and last is frame.opener and frame.kind in {Kind.BRACKET, Kind.FOR_OBJECT}:
        scanner.emit("FOR", word, start, end)
        frame.naming = True
        scanner.operand = False
    elif word in CONSTANTS and not _CALL.match(scanner.text, end):
        scanner.emit(CONSTANTS[word], word, start, end)
    elif scanner.text.startswith("::", scanner.position) or _PATH.match(scanner.text, end):
        _function_path(scanner, word, start)
    else:
        scanner.emit("NAME", word, start, end)


def _function_path(scanner: Scanner, word: str, start: int) -> None:
    """Reads `a::b::c`, which only a function may be called; `core::` says nothing and goes."""
    path = [word]
    while found := _PATH.match(scanner.text, scanner.position):
        scanner.position = found.end()
        path.append(found[1] or "")
    if not path[-1] or not _CALL.match(scanner.text, scanner.position):
        raise scanner.problem(
            "invalid-function-name",
            "Namespaced name without a call",
            "A name with :: is the name of a function. Follow it with its arguments in "
            "parentheses.",
            start,
            scanner.position,
        )
    name = "::".join(path[1:] if path[0] == "core" else path)
    scanner.emit("NAME", name, start, scanner.position)


def _number(scanner: Scanner, found: re.Match[str]) -> None:
    start, end = found.span("number")
    number = found["number"]
    scan_body.check_place(scanner, start, end)
    whole = number.isdigit()
    if scanner.text.startswith(".", end) and scanner.text[end + 1 : end + 2].isdigit():
        raise scanner.problem(
            "invalid-number",
            "Invalid number",
            "A number has one decimal point at most. Remove the other, or write an index as [0].",
            start,
            end + 2,
        )
    if not whole and scanner.tokens[-1].type == "DOT":
        raise scanner.problem(
            "invalid-legacy-index",
            "Two indexes in a row without brackets",
            "Indexes after a dot cannot follow each other. Write them in brackets: [0][1].",
            start,
            end,
        )
    scanner.emit("INT_LITERAL" if whole else "FLOAT_LITERAL", number, start, end)
    scanner.operand = True


def _newline(scanner: Scanner, found: re.Match[str]) -> None:
    frame = scanner.frames[-1]
    start, end = found.span("newline")
    scanner.position = start  # where the next line is looked for, should this one be wrong
    if frame.kind is Kind.BODY:
        scan_body.newline(scanner, start)
    elif frame.kind is Kind.OBJECT:
        _newline_in_object(scanner, start)
    scanner.position = end
    scanner.count_lines(start, end)


def _newline_in_object(scanner: Scanner, start: int) -> None:
    """A newline ends an element as a comma does, so it becomes one."""
    last = scanner.tokens[-1]
    if last is scanner.frames[-1].opener or last.type == "COMMA":
        return
    if not scanner.operand:
        raise missing.value(scanner, start)
    scanner.emit("COMMA", "\n", start, start + 1)
    scanner.operand = False


def _comment(scanner: Scanner, found: re.Match[str]) -> None:
    scanner.count_lines(*found.span("comment"))


def _plain(scanner: Scanner, found: re.Match[str]) -> None:
    """A string without escapes and templates is one token of the grammar."""
    start, end = found.start("plain") - 1, found.end()
    raw = found["plain"]
    value = raw if raw.isascii() else scan_text.plain(scanner, raw, start + 1)
    if scanner.frames[-1].state is not State.EXPRESSION:
        scan_body.label(scanner, value, start, end)
        return
    scan_body.after_value(scanner, start, end)
    scanner.emit("TEMPLATE_STRING", value, start, end)
    scanner.operand = True


def _quote(scanner: Scanner, found: re.Match[str]) -> None:
    start = found.start("quote")
    if scanner.frames[-1].state is not State.EXPRESSION:
        scan_body.escaped_label(scanner, start)
        return
    scan_body.after_value(scanner, start, start + 1)
    opener = scanner.emit("DBLQUOTE", '"', start, start + 1)
    scanner.open(Kind.QUOTE, opener)


def _heredoc(scanner: Scanner, found: re.Match[str]) -> None:
    start, end = found.start("heredoc"), found.end("marker")
    scan_body.check_place(scanner, start, end)
    scan_body.after_value(scanner, start, end)
    scan_text.open_heredoc(scanner, found, start)


def _end(scanner: Scanner, _found: re.Match[str]) -> None:
    scan_body.end(scanner)


_READ: Mapping[str, Callable[[Scanner, re.Match[str]], None]] = {
    "word": _word,
    "number": _number,
    "newline": _newline,
    "comment": _comment,
    "plain": _plain,
    "quote": _quote,
    "heredoc": _heredoc,
    "sign": scan_signs.sign,
    "end": _end,
}
