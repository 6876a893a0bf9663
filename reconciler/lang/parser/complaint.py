"""Why the grammar turned a token down, in words. Knows the tokens, not the text."""

from collections.abc import Sequence

from reconciler.lang.parser import habits
from reconciler.lang.parser.tokens import END, Token
from reconciler.model.diagnostic import Diagnostic, error

_OPENING = {"LPAR", "LSQB", "LBRACE", "INTERP_START", "DIRECTIVE_START"}
_CLOSING = {"RPAR", "RSQB", "RBRACE"}
_VALUE = {"LPAR", "INT_LITERAL"}

# (the tokens that could stand there, the code, the summary, the detail), first fit wins
_CAUSES: Sequence[tuple[set[str], str, str, str]] = (
    (
        _VALUE,
        "missing-expression",
        "Value expected",
        "A value must stand here, such as text in quotes, a number, a list or a reference.",
    ),
    (
        {"NAME", "FOR_EACH"},
        "missing-newline",
        "Missing line break",
        "The argument before this is complete. Remove the sign, or begin a new line here.",
    ),
    (
        {"FOR_OBJECT_ARROW"},
        "invalid-for",
        "Incomplete for expression",
        "A for expression that makes an object needs a key and a value. Write key => value here.",
    ),
    (
        {"COMMA", "RSQB"},
        "missing-comma",
        "Missing comma",
        "Elements of a list are separated by commas. Put one here, or close the list with ].",
    ),
    (
        {"COMMA", "RPAR"},
        "missing-comma",
        "Missing comma",
        "Arguments of a function are separated by commas. Put one here, or close the call with ).",
    ),
    (
        {"COMMA", "IN"},
        "invalid-for",
        "Incomplete for expression",
        "After its names a for expression goes on with in and what to go through.",
    ),
    (
        {"IN"},
        "invalid-for",
        "Incomplete for expression",
        "After its names a for expression goes on with in and what to go through.",
    ),
    (
        {"COMMA", "RBRACE"},
        "missing-comma",
        "Missing comma",
        "Elements of an object are separated by commas or line breaks. Put one here.",
    ),
    (
        {"RSQB"},
        "missing-bracket",
        "Missing closing bracket",
        "The square bracket must be closed here. Add ].",
    ),
    (
        {"RPAR"},
        "missing-bracket",
        "Missing closing parenthesis",
        "The parenthesis must be closed here. Add ).",
    ),
    (
        {"EQ", "COLON"},
        "missing-equals",
        "Missing equals sign",
        "The key of an object must be followed by its value. Write key = value.",
    ),
    (
        {"COLON"},
        "missing-colon",
        "Missing colon",
        "A colon is needed here: condition ? value : other, or for value in list : result.",
    ),
    (
        {"RBRACE"},
        "missing-bracket",
        "Missing closing brace",
        "The brace must be closed here. Add }.",
    ),
    (
        {"NAME"},
        "missing-name",
        "Name expected",
        "A name must stand here: letters, digits, underscores and dashes, beginning with a letter.",
    ),
)


def explain(
    tokens: Sequence[Token], at: int, token: Token, accepted: frozenset[str]
) -> Diagnostic:
    """What to say about `token`, the one at `at` of `tokens` or the end after them."""
    if "PLUS" in accepted:  # a value is complete, so another is not what is missing
        accepted -= _VALUE
    found = _shown(token)
    last = tokens[at - 1]
    habit = habits.cure(
        last, found, adjoining=last.end == token.column and last.line == token.line
    )
    hint = f" {habit}" if habit else _left_open(tokens[:at], token)
    for fitting, code, summary, detail in _CAUSES:
        if fitting <= accepted:
            return error(code, summary, f"Found {found} here. {detail}{hint}", token.span)
    detail = f"Found {found} here, which cannot follow what stands before it. Remove it."
    return error("invalid-syntax", "Invalid syntax", detail + hint, token.span)


def _shown(token: Token) -> str:
    if token.type == END:
        return "the end of the line"
    if token.value == "\n":
        return "a line break"
    if token.type in {"TEMPLATE_STRING", "STRING_CHARS", "DBLQUOTE"}:
        return "quoted text"
    return token.value


def _left_open(before: Sequence[Token], token: Token) -> str:
    """A hint where a bracket of an earlier line may have been forgotten."""
    opened: list[Token] = []
    for each in before:
        if each.type in _OPENING:
            opened.append(each)
        elif each.type in _CLOSING and opened:
            opened.pop()
    if not opened or opened[-1].line == token.line:
        return ""
    return f" Or close the {opened[-1].value} of line {opened[-1].line} before."
