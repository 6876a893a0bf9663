"""What to say about text that is no JSON. Never quotes the text: it may be a secret."""

from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.span import Span

COMMENT = 'JSON has no comments. Make it the value of a property that is called "//".'
COMMA_LAST = "Nothing follows this comma. Take it out."
COMMA_MISSING = "A comma must separate this from what stands before it. Add one."
COMMA_TWICE = "There is nothing before this comma. Take it out, or add what is missing."
COLON = "A colon must stand between the name of a property and its value. Add one."
EQUALS = "A colon stands between the name of a property and its value. Write : instead."
KEY = "The name of a property must stand here, in double quotes. Write it, or close the object with }."
KEY_QUOTES = "The name of a property stands in double quotes. Add them."
VALUE = "A value must stand here: text in double quotes, a number, true, false, null, [ or {."
WORD = (
    "This is no value. Text stands in double quotes; words without them are true, false and null,"
    " in small letters."
)
NUMBER = (
    "This is no number as JSON writes it: digits without a leading zero or plus sign, and with"
    " digits on both sides of the point. Correct it, or put it into double quotes."
)
QUOTES = "Text stands in double quotes. Replace the single ones."
UNENDED = (
    "The text that begins here does not end on its line. Add the closing quote, and write \\n for a"
    " line break and \\t for a tab."
)
CONTROL = "A control character cannot stand in text as it is. Write \\t for a tab, \\u and its number for others."
ENDED = "The file is one object, and that has ended before. Take out what follows it."
OTHER = "This character means nothing in JSON outside of quotes. Take it out."
EMPTY = "The file is empty. Write at least {}."


def unclosed(sign: str) -> str:
    return f"This {sign} is never closed. Add {'}' if sign == '{' else ']'} where it ends."


def crossed(found: str, opened: str, line: int) -> str:
    return f"Found {found} here, but the {opened} of line {line} is still open. Close that first."


def stray(sign: str) -> str:
    return f"Found {sign} here, where nothing is open. Take it out."


def invalid(why: str, span: Span) -> Diagnostic:
    return error("invalid-json", "Invalid JSON", why, span)


def invalid_escape(why: str, span: Span) -> Diagnostic:
    return error("invalid-escape", "Invalid escape in a string", why, span)


def too_many_digits(span: Span) -> Diagnostic:
    return error(
        "number-too-large",
        "Number with too many digits",
        "A number may have some 3,900 digits, its exponent counted. Write a shorter one.",
        span,
    )


def too_deep(most: int, span: Span) -> Diagnostic:
    return error(
        "nested-too-deep",
        "Nested too deep",
        f"Objects and arrays may be nested {most} levels deep. Move an inner part into a local"
        " value.",
        span,
    )


def too_much(most: int, span: Span) -> Diagnostic:
    return error(
        "file-too-large",
        "File too large",
        f"The file holds more than {most:,} words and signs up to here. Split it.",
        span,
    )
