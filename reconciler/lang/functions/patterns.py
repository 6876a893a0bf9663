"""Functions of regular expressions. Time is bounded, for one and for all: none can hang a run."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from time import thread_time
from typing import Any, Final

from reconciler.lang.core import List, Null, Value, make_object, text
from reconciler.lang.functions.declare import FunctionError, function, string
from reconciler.lang.functions.late import late
from reconciler.lang.functions.re2 import translate
from reconciler.lang.functions.re2_classes import PatternError
from reconciler.lang.limits import LONGEST_STRING, MOST_ELEMENTS
from reconciler.lang.meter import MOST_SECONDS, TOO_MUCH, Meter
from reconciler.lang.shape import STRING, ObjectType, TupleType, Type
from reconciler.lang.trouble import Fault

_SECONDS: Final = 2.0
_LONGEST_PATTERN: Final = 10_000
_REFERENCE: Final = re.compile(r"\$(?:\$|\{(\w+)\}|(\w+))")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> Any:
    if len(pattern) > _LONGEST_PATTERN:
        raise PatternError(f"it is longer than {_LONGEST_PATTERN:,} characters")
    library = late("regex")
    try:
        return library.compile(translate(pattern), library.VERSION1 | library.UNICODE)
    except library.error as problem:
        raise PatternError(str(problem)) from None


def compiled(pattern: str, argument: int) -> Any:
    """Raises FunctionError."""
    try:
        return _compiled(pattern)
    except (PatternError, RecursionError) as problem:
        raise FunctionError(f"the regular expression is not valid: {problem}", argument) from None


@contextmanager
def _matching(meter: Meter) -> Iterator[float]:
    """The seconds that one search may take. What it takes is gone from those of all."""
    if meter.seconds <= 0:
        raise _too_slow()
    begun = thread_time()
    try:
        yield min(_SECONDS, meter.seconds)
    except TimeoutError:
        raise _too_slow() from None
    finally:
        meter.seconds -= thread_time() - begun


def _too_slow() -> Fault:
    return Fault(
        TOO_MUCH,
        "Too much to evaluate",
        f"The regular expression needs more than {_SECONDS:.0f} seconds here, or together with all "
        f"others more than {MOST_SECONDS:.0f}. Write it so that it can match in one way only: not "
        "(a+)+ but a+.",
    )


def _type(pattern: Any) -> Type:
    """The type of what one match gives."""
    if pattern.groups == 0:
        return STRING
    if pattern.groupindex:
        _check_names(pattern)
        return ObjectType(tuple((name, STRING) for name in sorted(pattern.groupindex)))
    return TupleType((STRING,) * pattern.groups)


def _check_names(pattern: Any) -> None:
    if len(pattern.groupindex) != pattern.groups:
        raise FunctionError("either all groups of the pattern are named, or none is", 0)


def _captured(pattern: Any, found: Any) -> Value:
    if pattern.groups == 0:
        return text(found[0])
    if pattern.groupindex:
        return make_object({name: _string(raw) for name, raw in found.groupdict().items()})
    return tuple(_string(raw) for raw in found.groups())


def _string(raw: str | None) -> Value:
    return Null(STRING) if raw is None else text(raw)


@function(string("pattern"), string("string"), metered=True)
def regex_(meter: Meter, pattern: str, given: str) -> Value:
    """The first match: a string, or what the groups of the pattern caught."""
    program = compiled(pattern, 0)
    _type(program)
    with _matching(meter) as seconds:
        found = program.search(given, timeout=seconds)
    if found is None:
        raise FunctionError("the pattern does not match any part of the string")
    return _captured(program, found)


@function(string("pattern"), string("string"), metered=True)
def regexall(meter: Meter, pattern: str, given: str) -> Value:
    """A list of all matches, each as regex() gives it."""
    program = compiled(pattern, 0)
    element = _type(program)
    with _matching(meter) as seconds:
        found = list(islice(program.finditer(given, timeout=seconds), MOST_ELEMENTS + 1))
    if len(found) > MOST_ELEMENTS:
        raise FunctionError(f"there are more than {MOST_ELEMENTS:,} matches")
    return List(element, tuple(_captured(program, each) for each in found))


def replace_pattern(meter: Meter, given: str, pattern: str, new: str) -> str:
    """`given` with every match replaced; `$1`, `$name` and `${name}` stand for groups."""
    program = compiled(pattern, 1)
    size = 0

    def replacement(found: Any) -> str:
        nonlocal size
        written = _REFERENCE.sub(lambda each: _group(found, each), new)
        size += len(written)
        if size > LONGEST_STRING:
            raise FunctionError("the result would be too long")
        return written

    with _matching(meter) as seconds:
        replaced: str = program.sub(replacement, given, timeout=seconds)
    return replaced


def _group(found: Any, reference: re.Match[str]) -> str:
    name = reference[1] or reference[2]
    if name is None:
        return "$"
    try:
        caught: str | None = found[int(name) if name.isdecimal() else name]
    except IndexError:
        return ""
    return caught or ""
