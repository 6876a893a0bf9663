"""Functions of strings."""

from typing import Final

from reconciler.lang.core import List, Value, is_null, strip
from reconciler.lang.functions.declare import FunctionError, Parameter, function, number, string
from reconciler.lang.functions.late import late
from reconciler.lang.functions.patterns import replace_pattern
from reconciler.lang.functions.sequences import strings
from reconciler.lang.limits import LONGEST_STRING, MOST_ELEMENTS
from reconciler.lang.meter import Meter
from reconciler.lang.number import Number
from reconciler.lang.shape import BOOL, STRING, ListType

_SPACE: Final = (
    "\t\n\v\f\r \u0085\u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + ("\u2028\u2029\u202f\u205f\u3000")
)
_LISTS: Final = Parameter("lists", ListType(STRING))


def graphemes(text: str) -> list[str]:
    """`text` cut into what people see as characters."""
    if text.isascii() and "\r" not in text:
        return list(text)
    found: list[str] = late("regex").findall(r"\X", text)
    return found


@function(string("str"), returns=STRING)
def chomp(text: str) -> Value:
    """The string without line breaks at its end."""
    return text.rstrip("\r\n")


@function(string("str"), string("suffix"), returns=BOOL)
def endswith(text: str, suffix: str) -> Value:
    """Whether a string ends with another."""
    return text.endswith(suffix)


@function(string("str"), string("prefix"), returns=BOOL)
def startswith(text: str, prefix: str) -> Value:
    """Whether a string starts with another."""
    return text.startswith(prefix)


@function(string("str"), string("substr"), returns=BOOL)
def strcontains(text: str, part: str) -> Value:
    """Whether a string contains another."""
    return part in text


@function(number("spaces"), string("str"), returns=STRING)
def indent(spaces: Number, text: str) -> Value:
    """The string with that many spaces before each line but the first."""
    width, breaks = whole(spaces, 0), text.count("\n")
    if width < 0 or width * breaks > LONGEST_STRING:
        raise FunctionError("the number of spaces must be small, and not negative", 0)
    return text.replace("\n", "\n" + " " * width) if breaks else text


@function(string("separator"), rest=_LISTS, returns=STRING)
def join(separator: str, *lists: List) -> Value:
    """The strings of one or more lists, with a separator between them."""
    if not lists:
        raise FunctionError("it needs at least one list")
    items = _joinable(lists)
    if sum(map(len, items)) + len(separator) * len(items) > LONGEST_STRING:
        raise FunctionError("the result would be too long")
    return separator.join(items)


def _joinable(lists: tuple[List, ...]) -> list[str]:
    items = [item for each in lists for item in each.items]
    for index, item in enumerate(items):
        if is_null(item):
            raise FunctionError(f"element {index} is null, which cannot be joined", 1)
    return [str(strip(item)[0]) for item in items]


@function(string("str"), returns=STRING)
def lower(text: str) -> Value:
    """The string in small letters."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


@function(string("str"), returns=STRING)
def upper(text: str) -> Value:
    """The string in capital letters."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def _lower(letter: str) -> str:
    # A letter becomes one letter, as in Go: no final sigma, no expansion.
    lowered = letter.lower()
    return lowered if len(lowered) == 1 else lowered[0]


def _upper(letter: str) -> str:
    raised = letter.upper()
    return raised if len(raised) == 1 else letter


@function(string("str"), returns=STRING)
def title(text: str) -> Value:
    """The string with a capital letter at the start of each word."""
    before = " "
    letters = []
    for letter in text:
        separated = not (before.isalnum() or before == "_")
        letters.append(_title(letter) if separated else letter)
        before = letter
    return "".join(letters)


def _title(letter: str) -> str:
    titled = letter.title()
    return titled if len(titled) == 1 else letter


@function(string("str"), string("substr"), string("replace"), returns=STRING, metered=True)
def replace(meter: Meter, text: str, part: str, new: str) -> Value:
    """The string with every occurrence of a part, or of a /pattern/, replaced."""
    if len(part) > 1 and part.startswith("/") and part.endswith("/"):
        return replace_pattern(meter, text, part[1:-1], new)
    if text.count(part) * len(new) > LONGEST_STRING:
        raise FunctionError("the result would be too long")
    return text.replace(part, new)


@function(string("separator"), string("str"), returns=ListType(STRING))
def split(separator: str, text: str) -> Value:
    """The parts of a string between occurrences of a separator."""
    if (text.count(separator) if separator else len(text)) > MOST_ELEMENTS:
        raise FunctionError(f"it would give more than {MOST_ELEMENTS:,} parts", 1)
    return strings(text.split(separator) if separator else list(text))


@function(string("str"), returns=STRING)
def strrev(text: str) -> Value:
    """The string with its characters in reverse order."""
    return "".join(reversed(graphemes(text)))


@function(string("str"), number("offset"), number("length"), returns=STRING)
def substr(text: str, offset: Number, length: Number) -> Value:
    """A part of a string; a negative offset counts from the end, length -1 takes all the rest."""
    letters = graphemes(text)
    start, count = whole(offset, 1), whole(length, 2)
    if start < 0:
        start = max(len(letters) + start, 0)
    return "".join(letters[start:] if count < 0 else letters[start : start + count])


def whole(given: Number, argument: int) -> int:
    """Raises FunctionError for what is no whole number that Terraform could hold."""
    if not isinstance(given, int) or not -(2**63) <= given < 2**63:
        raise FunctionError("a whole number is required", argument)
    return given


@function(string("str"), string("cutset"), returns=STRING)
def trim(text: str, letters: str) -> Value:
    """The string without any of the given characters at its start and end."""
    return text.strip(letters) if letters else text


@function(string("str"), string("prefix"), returns=STRING)
def trimprefix(text: str, prefix: str) -> Value:
    """The string without a prefix."""
    return text.removeprefix(prefix)


@function(string("str"), string("suffix"), returns=STRING)
def trimsuffix(text: str, suffix: str) -> Value:
    """The string without a suffix."""
    return text.removesuffix(suffix)


@function(string("str"), returns=STRING)
def trimspace(text: str) -> Value:
    """The string without white space at its start and end."""
    return text.strip(_SPACE)
