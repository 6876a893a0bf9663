"""A file cut into tokens, in one pass. It relies on the parser having accepted the file: what
could not stand in one becomes an operator or a literal, and nothing is ever dropped.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from reconciler.lang.format.tokens import (
    CLOSE,
    HEREDOC,
    IN,
    LITERAL,
    MARKER,
    NAME,
    NEWLINE,
    NUMBER,
    OPEN,
    OPERATOR,
    QUOTE,
    TEXT,
    UNQUOTE,
    Token,
    ends_line,
)

_NAME = r"[A-Za-z_\x80-\U0010ffff][A-Za-z0-9_\x80-\U0010ffff-]*+"
_QUOTED = r'(?:[^"\\$%\r\n]++|\\[^\r\n]|\$\$\{|%%\{|[$%](?!\{))*+'
# A group's name is the kind of its tokens; of signs, each is a kind of its own.
_CODE = re.compile(
    rf"""[ \t]*+(?:
    (?P<in>in(?![A-Za-z0-9_\x80-\U0010ffff-]))
  | (?P<name>{_NAME})
  | (?P<newline>\r?\n)
  | (?P<text>"{_QUOTED}")
  | (?P<comment>(?:\#|//)[^\n]*\n?|/\*[\s\S]*?\*/)
  | (?P<heredoc><<-?(?P<marker>{_NAME})\r?\n)
  | (?P<operator>[=!<>]=|&&|\|\||:(?!:)|[+*/%<>?])
  | (?P<sign>\.\.\.|::|=>|[][(),.=!-])
  | (?P<brace>\{{|~?\}})
  | (?P<number>[0-9](?:\.*+[0-9]|\.*+[eE][+-]?[0-9])*+)
  | (?P<quote>")
  | (?P<end>\Z)
  | (?P<other>[\s\S]))""",
    re.VERBOSE,
)
_WHOLE = frozenset({NAME, IN, NUMBER, TEXT, OPERATOR, "sign", "other"})
_BLANK = re.compile(r"(?:[ \t]*+\r?\n)++")
_SPACE = re.compile(r"[ \t]+")
_IN_QUOTES = re.compile(_QUOTED)
_IN_HEREDOC = re.compile(r"(?:[^$%\n]++|\$\$\{|%%\{|[$%](?!\{))*+\n?")
_SEQUENCE = re.compile(r"[$%]\{~?")


@dataclass(slots=True)
class _Scan:
    """`open` holds what is not yet closed: a brace, a sequence, a quote, or a heredoc as `<<`
    and its marker.
    """

    text: str
    position: int = 0
    open: list[str] = field(default_factory=list)
    found: list[Token] = field(default_factory=list)
    spaces: int = 0

    def add(self, kind: str, end: int) -> None:
        self.found.append(Token(kind, self.text[self.position : end]))
        self.position = end


def tokens(text: str) -> tuple[list[Token], int]:
    """The tokens, and how many spaces follow the last one."""
    scan = _Scan(text, 1 if text.startswith("\ufeff") else 0)
    _blank_lines(scan)
    while scan.position < len(text):
        inside = scan.open[-1] if scan.open else ""
        if inside == QUOTE:
            _quoted(scan)
        elif inside.startswith("<<"):
            _heredoc(scan, inside[2:])
        else:
            _code(scan)
    return scan.found, scan.spaces


def _code(scan: _Scan) -> None:
    """Reads tokens up to the next that opens or closes something, or ends a line."""
    text, add = scan.text, scan.found.append
    found = _CODE.match(text, scan.position)
    while found is not None and (group := found.lastgroup) in _WHOLE:
        token = found[group]
        add(Token(token if group == "sign" else group, token))
        found = _CODE.match(text, found.end())
    assert found is not None
    scan.position = found.end()
    _READ[found.lastgroup or ""](scan, found)


def _blank_lines(scan: _Scan) -> None:
    blank = _BLANK.match(scan.text, scan.position)
    if blank:
        scan.found.append(Token(NEWLINE, _SPACE.sub("", blank[0])))
        scan.position = blank.end()


def _line_end(scan: _Scan, found: re.Match[str]) -> None:
    kind = found.lastgroup or ""
    token = Token(kind, found[kind])
    scan.found.append(token)
    if ends_line(token):
        _blank_lines(scan)


def _quote(scan: _Scan, _found: re.Match[str]) -> None:
    scan.found.append(Token(QUOTE, '"'))
    scan.open.append(QUOTE)


def _open_heredoc(scan: _Scan, found: re.Match[str]) -> None:
    scan.found.append(Token(HEREDOC, found["heredoc"]))
    scan.open.append(f"<<{found['marker']}")


def _brace(scan: _Scan, found: re.Match[str]) -> None:
    brace = found["brace"]
    closes_sequence = False
    if brace == "{":
        scan.open.append(brace)
    elif scan.open:
        closes_sequence = scan.open.pop() == OPEN
    scan.found.append(Token(CLOSE if closes_sequence else brace[-1], brace))


def _end(scan: _Scan, found: re.Match[str]) -> None:
    scan.spaces = len(found[0])


def _quoted(scan: _Scan) -> None:
    """Reads the rest of a quoted string up to a sequence, or its end, or a sequence's start."""
    literal = _IN_QUOTES.match(scan.text, scan.position)
    assert literal is not None
    if literal[0]:
        scan.add(LITERAL, literal.end())
    elif scan.text[scan.position] == '"':
        scan.add(UNQUOTE, scan.position + 1)
        scan.open.pop()
    else:
        _sequence(scan)


def _sequence(scan: _Scan) -> None:
    found = _SEQUENCE.match(scan.text, scan.position)
    if found is None:
        scan.add(LITERAL, scan.position + 1)
        return
    scan.add(OPEN, found.end())
    scan.open.append(OPEN)


def _heredoc(scan: _Scan, marker: str) -> None:
    """Reads lines as one token, up to a sequence or the marker."""
    text, start = scan.text, scan.position
    end, closing = start, 0
    while end < len(text):
        closing = _closing(text, end, marker)
        line = _IN_HEREDOC.match(text, end)
        assert line is not None
        if closing or not line[0]:
            break
        end = line.end()
    if end > start:
        scan.add(LITERAL, end)
    if closing:
        scan.add(MARKER, closing)
        scan.open.pop()
    elif end == start:
        _sequence(scan)


def _closing(text: str, start: int, marker: str) -> int:
    """Where the closing marker on the line that begins at `start` ends; 0 for another line."""
    newline = text.find("\n", start)
    if text[start - 1] != "\n" or newline < 0 or text[start:newline].strip() != marker:
        return 0
    return newline - 1 if text[newline - 1] == "\r" else newline


_READ: Mapping[str, Callable[[_Scan, re.Match[str]], None]] = {
    "newline": _line_end,
    "comment": _line_end,
    "brace": _brace,
    "quote": _quote,
    "heredoc": _open_heredoc,
    "end": _end,
}
