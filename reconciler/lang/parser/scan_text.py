"""Templates, read piece by piece: quoted strings, heredocs, and files that are a template.

Text becomes tokens with escapes undone and strip markers worked in. What stands inside `${…}`
and `%{…}` is for `scan_code`.
"""

import re

from reconciler.lang.parser import escapes
from reconciler.lang.parser.escapes import EscapeError
from reconciler.lang.parser.scanner import TEMPLATES, Frame, Kind, Scanner, problem_at
from reconciler.lang.parser.tokens import DIRECTIVES, Token
from reconciler.model.diagnostic import ReconcilerError

# Possessive, for else every sign would cost memory until the end of the text.
_QUOTED = re.compile(r'(?:[^"\\$%\r\n]++|\\[^\r\n]|\$\$\{|%%\{|\$(?!\{)|%(?!\{))++')
_UNQUOTED = re.compile(r"(?:[^$%]++|\$\$\{|%%\{|\$(?!\{)|%(?!\{))*+")
_DIRECTIVE = re.compile(r"(?P<space>[ \t\r\n]*)(?P<word>[^\W\d][\w-]*)?")

_STRING_CLOSE = (
    'A quoted string must end with a quote (") on the line where it starts. Close it, write \\n '
    "for a line break, or use a heredoc (<<EOT) for text of several lines."
)


def step(scanner: Scanner) -> None:
    """Reads the next piece of the innermost template."""
    frame = scanner.frames[-1]
    if frame.fresh and _at_marker(scanner, frame):
        _close_heredoc(scanner)
    elif scanner.text.startswith(("${", "%{"), scanner.position):
        _open(scanner, frame)
    elif frame.kind is Kind.QUOTE:
        _quoted(scanner, frame)
    else:
        _lines(scanner, frame)


def _quoted(scanner: Scanner, frame: Frame) -> None:
    start = scanner.position
    if scanner.text.startswith('"', start):
        scanner.position += 1
        scanner.emit("DBLQUOTE", '"', start, start + 1)
        scanner.close()
        return
    found = _QUOTED.match(scanner.text, start)
    if found is None:
        raise problem_at(
            frame.opener, "unterminated-string", "Quoted string without an end", _STRING_CLOSE
        )
    scanner.position = found.end()
    _text(scanner, frame, plain(scanner, found[0], start), start)


def plain(scanner: Scanner, raw: str, start: int) -> str:
    """The meaning of `raw`, which stands at offset `start`. Raises on a bad escape."""
    try:
        return escapes.quoted(raw)
    except EscapeError as bad:
        raise scanner.problem(
            "invalid-escape",
            "Invalid escape in a string",
            f'{bad.why} The escapes are \\n, \\r, \\t, \\", \\\\, \\uNNNN and \\UNNNNNNNN.',
            start + bad.start,
            start + bad.end,
        ) from None


def _lines(scanner: Scanner, frame: Frame) -> None:
    """Reads text up to the next sequence, the closing marker or the end, as one token."""
    start = scanner.position
    found = _UNQUOTED.match(scanner.text, start, _end_of_lines(scanner, frame))
    assert found is not None
    raw = found[0]
    if not raw:
        _end_of_text(scanner, frame)
        return
    value = escapes.unquoted(raw)
    if frame.strip:  # a strip marker reaches to the end of its own line
        frame.strip = False
        line = value.find("\n") + 1 or len(value)
        value = value[:line].lstrip() + value[line:]
    scanner.emit("STRING_CHARS", value, start, start)
    scanner.position = found.end()
    scanner.count_lines(start, found.end())
    frame.fresh = raw.endswith("\n")


def _end_of_lines(scanner: Scanner, frame: Frame) -> int:
    """Where the line of the closing marker begins, or the text ends."""
    if frame.kind is not Kind.HEREDOC:
        return len(scanner.text)
    if frame.closing < scanner.position:  # another heredoc inside had the same marker
        frame.closing = _closing(scanner, frame)
    return frame.closing


def _closing(scanner: Scanner, frame: Frame) -> int:
    line = re.compile(rf"^[^\S\n]*{re.escape(frame.marker)}[^\S\n]*\n", re.MULTILINE)
    found = line.search(scanner.text, scanner.position)
    if found is None:
        raise unterminated_heredoc(frame)
    return found.start()


def _end_of_text(scanner: Scanner, frame: Frame) -> None:
    if frame.kind is Kind.HEREDOC:
        raise unterminated_heredoc(frame)
    scanner.emit("DBLQUOTE", "", scanner.position, scanner.position)
    scanner.close()


def unterminated_heredoc(frame: Frame) -> ReconcilerError:
    return problem_at(
        frame.opener,
        "unterminated-heredoc",
        "Heredoc without an end",
        f"The text that starts here must end with a line that holds only {frame.marker}, and "
        "that line must end with a line break. Add that line.",
    )


def _text(scanner: Scanner, frame: Frame, value: str, start: int) -> None:
    if frame.strip:
        frame.strip = False
        value = value.lstrip()
    scanner.emit("STRING_CHARS", value, start, scanner.position)


def _at_marker(scanner: Scanner, frame: Frame) -> bool:
    """Whether the line here is the one that closes the heredoc."""
    if frame.kind is not Kind.HEREDOC:
        return False
    newline = scanner.text.find("\n", scanner.position)
    return newline >= 0 and scanner.text[scanner.position : newline].strip() == frame.marker


def _close_heredoc(scanner: Scanner) -> None:
    """Reads the line of the closing marker, without its newline."""
    start = scanner.position
    newline = scanner.text.index("\n", start)
    end = newline - 1 if scanner.text[newline - 1] == "\r" else newline
    scanner.position = end
    scanner.emit("DBLQUOTE", "", start, end)
    scanner.close()


def open_heredoc(scanner: Scanner, found: re.Match[str], start: int) -> None:
    """Reads `<<MARKER` or `<<-MARKER` with its newline."""
    flush, marker = found["flush"], found["marker"]
    opener = scanner.emit("DBLQUOTE", f"<<{flush}", start, start + 2 + len(flush) + len(marker))
    frame = scanner.open(Kind.HEREDOC, opener)
    frame.marker = marker
    scanner.next_line(scanner.position)
    frame.closing = _closing(scanner, frame)


def _open(scanner: Scanner, frame: Frame) -> None:
    start = scanner.position
    frame.strip = frame.fresh = False
    sign = scanner.text[start]
    end = start + 2
    if scanner.text.startswith("~", end):
        end += 1
        _strip_before(scanner)
    scanner.position = end
    if sign == "$":
        token = scanner.emit("INTERP_START", "${", start, end)
        scanner.open(Kind.INTERPOLATION, token)
    else:
        token = scanner.emit("DIRECTIVE_START", "%{", start, end)
        _keyword(scanner, token)
    scanner.operand = False


def _strip_before(scanner: Scanner) -> None:
    """Takes the space at the end of the text before, no further back than its last line."""
    last = scanner.tokens[-1]
    if last.type == "STRING_CHARS":
        quoted = scanner.frames[-1].kind is Kind.QUOTE
        line = 0 if quoted else last.value.rfind("\n", 0, -1) + 1
        last.value = last.value[:line] + last.value[line:].rstrip()


def _keyword(scanner: Scanner, opener: Token) -> None:
    found = _DIRECTIVE.match(scanner.text, scanner.position)
    assert found is not None
    word = found["word"] or ""
    if word not in DIRECTIVES:
        raise problem_at(
            opener,
            "invalid-directive",
            "Invalid template directive",
            "A template directive begins with if, else, endif, for or endfor. "
            "Write %%{ for a literal %{.",
        )
    start = found.end("space")
    scanner.count_lines(scanner.position, start)
    scanner.position = start + len(word)
    scanner.emit(DIRECTIVES[word], word, start, scanner.position)
    scanner.open(Kind.DIRECTIVE, opener).naming = word == "for"


def close_sequence(scanner: Scanner, *, strip: bool) -> None:
    """After the brace that ends `${…}` or `%{…}`: back to the template around it."""
    scanner.close()
    frame = scanner.frames[-1]
    assert frame.kind in TEMPLATES
    frame.strip = strip
