"""The items of a body: names, labels, where lines must end. Raises what the grammar would accept.

python-hcl2's grammar takes several items on one line and several values in a row; HCL does not.
"""

import re

from reconciler.lang.parser import missing, scan_text
from reconciler.lang.parser.scanner import Frame, Kind, Scanner, State, problem_at
from reconciler.model.diagnostic import ReconcilerError

LONGEST_NAME = 1_000
_LABEL = re.compile(r'"((?>[^"\\\r\n$%]+|\\[^\r\n]|\$\$\{|%%\{|\$(?!\{)|%(?!\{))*+)"')
_POWERSHELL = re.compile(r"\$(true|false|null)\b", re.IGNORECASE)
_SIGNS = {
    "'": 'Text stands in double quotes ("), not in single ones.',
    "`": 'Text stands in double quotes ("), not in backticks.',
    ";": "Separate arguments and blocks by line breaks, and elements by commas.",
    "&": "There are no bitwise operators. Write && for and.",
    "|": "There are no bitwise operators. Write || for or.",
    "^": "There are no bitwise operators. Remove this sign.",
    "$": 'A template stands in quotes: "${…}". Outside them write the expression alone.',
    "\r": "A lone carriage return is no line break. Save the file with LF or CRLF line ends.",
    "\0": "The file holds a NUL character. Save it again as UTF-8 text.",
    "<": "A heredoc begins with << or <<- and a name, and a line break right after it.",
    "~": "A strip marker stands only just inside the braces of a template sequence. Remove it.",
}


def bad_character(scanner: Scanner) -> ReconcilerError:
    """What is wrong with the character after the space here."""
    start = scanner.position
    while scanner.text[start] in " \t":
        start += 1
    sign = scanner.text[start]
    if scanner.text.startswith("/*", start):
        return scanner.problem(
            "unterminated-comment",
            "Comment without an end",
            "A comment that begins with /* ends with */. Add that.",
            start,
            start + 2,
        )
    shell = _POWERSHELL.match(scanner.text, start)
    cure = f"HCL has {shell[1].lower()} without a dollar sign." if shell else ""
    cure = cure or _SIGNS.get(sign, "It has no meaning outside of quoted text. Remove it.")
    shown = f"The character {sign}" if sign.isprintable() else f"The character U+{ord(sign):04X}"
    detail = f"{shown} cannot stand here. {cure}"
    return scanner.problem("invalid-character", "Invalid character", detail, start)


def identifier(scanner: Scanner, word: str, start: int) -> str:
    """As much of `word` as is a name; the position moves behind it."""
    good, bad = 0, len(word) + 1
    while bad - good > 1:  # every prefix of a name is one, so halving finds the longest
        middle = (good + bad) // 2
        is_name = word[:middle].replace("-", "_").isidentifier()
        good, bad = (middle, bad) if is_name else (good, middle)
    scanner.position = start + good
    if not good:
        raise bad_character(scanner)
    return word[:good]


def too_long(scanner: Scanner, start: int) -> ReconcilerError:
    return scanner.problem(
        "name-too-long",
        "Name too long",
        f"A name or label has {LONGEST_NAME:,} characters at most. Take a shorter one.",
        start,
        start + 1,
    )


def word(scanner: Scanner, name: str, start: int, end: int) -> None:
    """A word where an item begins or goes on: its name, or a bare label."""
    frame = scanner.frames[-1]
    if frame.state is State.DONE:
        raise missing.newline(scanner, start, end)
    token = scanner.emit("NAME", name, start, end)
    if frame.state is State.START:
        frame.head = token
        frame.state = State.HEADER
        if frame.one_line is None:
            frame.one_line = True


def label(scanner: Scanner, value: str, start: int, end: int) -> None:
    """A quoted label; to the grammar it is a name."""
    if len(value) > LONGEST_NAME:
        raise too_long(scanner, start)
    frame = scanner.frames[-1]
    if frame.state is not State.HEADER:
        raise missing.item(scanner, start, end)
    scanner.emit("NAME", value, start, end)


def escaped_label(scanner: Scanner, start: int) -> None:
    """A quoted label with escapes."""
    found = _LABEL.match(scanner.text, start)
    if found is None:
        raise scanner.problem(
            "invalid-label",
            "Invalid block label",
            "A label is plain quoted text on one line, without ${…} or %{…}. "
            "Write the text itself, and close its quotes.",
            start,
        )
    scanner.position = found.end()
    label(scanner, scan_text.plain(scanner, found[1], start + 1), start, found.end())


def equals(scanner: Scanner, start: int) -> None:
    """The sign after an argument's name; a block's header with labels cannot have one."""
    frame = scanner.frames[-1]
    if frame.state is not State.HEADER or scanner.tokens[-1] is not frame.head:
        raise missing.item(scanner, start, start + 1)
    scanner.emit("EQ", "=", start, start + 1)
    frame.state = State.EXPRESSION
    scanner.operand = False


def open_block(scanner: Scanner, start: int) -> None:
    outer = scanner.frames[-1]
    if outer.state is not State.HEADER:
        raise missing.item(scanner, start, start + 1)
    if outer.one_line:
        raise scanner.problem(
            "invalid-one-line-block",
            "Block inside a one-line block",
            "A block on one line holds a single argument at most. Write the inner block on lines "
            "of its own.",
            start,
        )
    assert outer.head is not None
    token = scanner.emit("LBRACE", "{", start, start + 1)
    scanner.open(Kind.BODY, token, State.START).column = outer.head.column


def close_block(scanner: Scanner, start: int) -> None:
    frame = scanner.frames[-1]
    if len(scanner.frames) == 1:
        raise scanner.problem(
            "unexpected-brace",
            "Closing brace without a block",
            "No block is open here. Remove the brace, or look above for one too many.",
            start,
        )
    finish(scanner, start)
    if frame.state is not State.START and not frame.one_line:
        raise missing.newline(scanner, start, start + 1)
    scanner.emit("RBRACE", "}", start, start + 1)
    scanner.close()
    scanner.frames[-1].state = State.DONE


def finish(scanner: Scanner, start: int) -> None:
    """The current item must be complete here."""
    frame = scanner.frames[-1]
    if frame.state is State.HEADER:
        raise missing.item(scanner, start, start + 1)
    if frame.state is State.EXPRESSION and not scanner.operand:
        raise missing.value(scanner, start)


def newline(scanner: Scanner, start: int) -> None:
    frame = scanner.frames[-1]
    finish(scanner, start)
    if frame.one_line:
        raise scanner.problem(
            "invalid-one-line-block",
            "One-line block is not closed on its line",
            "A block whose first argument stands on the line of its brace ends on that line. "
            "Begin a new line after the brace.",
            start,
        )
    frame.one_line = False
    frame.state = State.START


def end(scanner: Scanner) -> None:
    """The end of the text: nothing may be open."""
    frame = scanner.frames[-1]
    if frame.kind is not Kind.BODY:
        raise unclosed(frame)
    finish(scanner, scanner.position)
    if len(scanner.frames) > 1:
        raise unclosed(frame)
    frame.state = State.START
    scanner.ended = True


def unclosed(frame: Frame) -> ReconcilerError:
    sign = frame.opener.value
    closing = {"(": ")", "[": "]"}.get(sign, "}")
    what = "block" if frame.kind is Kind.BODY else "bracket"
    return problem_at(
        frame.opener,
        f"unclosed-{what}",
        f"{what.capitalize()} without an end",
        f"The {sign} here is never closed. Add {closing} where the {what} ends.",
    )


def mismatch(scanner: Scanner, sign: str, start: int) -> ReconcilerError:
    frame = scanner.frames[-1]
    opener = frame.opener
    where = "No bracket is open here. Remove it."
    if frame.kind is not Kind.BODY:
        line = "here" if opener.line == scanner.line else f"in line {opener.line}"
        where = f"The {opener.value} {line} is still open. Close that first."
    return scanner.problem(
        "unbalanced-bracket", "Brackets do not match", f"Found {sign} here. {where}", start
    )


def check_place(scanner: Scanner, start: int, end: int) -> None:
    """Only a name may begin an item of a body."""
    if scanner.frames[-1].state is not State.EXPRESSION:
        raise missing.item(scanner, start, end)


def after_value(scanner: Scanner, start: int, end: int) -> None:
    if scanner.operand and scanner.frames[-1].kind is Kind.BODY:
        raise missing.newline(scanner, start, end)
