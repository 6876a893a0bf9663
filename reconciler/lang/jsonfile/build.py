"""A document of JSON in the making: what is open, what has to come next, and what is wrong.

Gets words and signs one by one, with their offsets, and knows no text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

from reconciler.lang.jsonfile import complaint
from reconciler.lang.jsonfile.document import Array, Member, Object, Plain, Scalar, String, Value
from reconciler.lang.jsonfile.tokens import Text
from reconciler.model.diagnostic import Collector, Diagnostic

MAX_NESTING: Final = 250
MAX_ERRORS: Final = 20

_CLOSING: Final[Mapping[str, str]] = {"{": "}", "[": "]"}


class StopReading(Exception):  # noqa: N818 - no error: that is reported already
    """What follows cannot be understood."""


class Want(Enum):
    """What comes next: FIRST_NAME and FIRST may also be the end of what is open, MORE is a comma
    or that end.
    """

    VALUE = auto()
    FIRST = auto()
    NAME = auto()
    FIRST_NAME = auto()
    COLON = auto()
    MORE = auto()
    NOTHING = auto()


_NAMES: Final = (Want.NAME, Want.FIRST_NAME)


@dataclass(slots=True)
class Open:
    """An object or array that has begun at `start`; `name` is of the member being read."""

    sign: str
    start: int
    members: list[Member] = field(default_factory=list)
    items: list[Value] = field(default_factory=list)
    name: String | None = None


@dataclass(slots=True)
class Builder:
    """`comma` is where the last one stands."""

    text: Text
    problems: Collector
    stack: list[Open] = field(default_factory=list)
    want: Want = Want.VALUE
    root: Value | None = None
    comma: int = 0
    errors: int = 0

    def string(self, string: String, start: int, end: int) -> None:
        self._before_value(start, end)
        if self.want in _NAMES:
            self.stack[-1].name = string
            self.want = Want.COLON
        else:
            self._add(string)

    def scalar(self, value: Plain, start: int, end: int) -> None:
        """Takes it for a name, and says so, where one has to stand."""
        self._before_value(start, end)
        span = self.text.span(start, end)
        if self.want in _NAMES:
            self.complain(complaint.KEY_QUOTES, start, end)
            name = self.text.content[start:end]
            self.string(String(name, name, span), start, end)
        else:
            self._add(Scalar(value, span))

    def word(self, why: str, start: int, end: int) -> None:
        """A word that is no value, which `why` says, but may be a name without its quotes."""
        self._before_value(start, end)
        if self.want not in _NAMES:
            self.complain(why, start, end)
        self.scalar(None, start, end)

    def _before_value(self, start: int, end: int) -> None:
        """Puts in what is missing before a value or a name."""
        if self.want is Want.NOTHING:
            self.complain(complaint.ENDED, start, end)
            raise StopReading
        if self.want is Want.COLON:
            self.complain(complaint.COLON, start, end)
            self.want = Want.VALUE
        elif self.want is Want.MORE:
            self.complain(complaint.COMMA_MISSING, start, end)
            self.want = self._after_comma()

    def open(self, sign: str, start: int) -> None:
        self._before_value(start, start + 1)
        if self.want in _NAMES:
            self.complain(complaint.KEY, start, start + 1)
            raise StopReading
        if len(self.stack) == MAX_NESTING:
            span = self.text.span(start, start + 1)
            raise self.stop(complaint.too_deep(MAX_NESTING, span))
        self.stack.append(Open(sign, start))
        self.want = Want.FIRST_NAME if sign == "{" else Want.FIRST

    def close(self, sign: str, start: int) -> None:
        if not self.stack or _CLOSING[self.stack[-1].sign] != sign:
            raise self.stop(self._crossed(sign, start))
        if self.want is Want.NAME or (self.want is Want.VALUE and self.stack[-1].sign == "["):
            self.complain(complaint.COMMA_LAST, self.comma, self.comma + 1)
        elif self.want in (Want.COLON, Want.VALUE):
            self._nothing_given(start)
        done = self.stack.pop()
        span = self.text.whole(done.start, start + 1)
        if sign == "}":
            self._add(Object(tuple(done.members), span))
        else:
            self._add(Array(tuple(done.items), span))

    def _crossed(self, sign: str, start: int) -> Diagnostic:
        span = self.text.span(start, start + 1)
        if not self.stack:
            return complaint.invalid(complaint.stray(sign), span)
        last = self.stack[-1]
        line = self.text.span(last.start, last.start).line
        return complaint.invalid(complaint.crossed(sign, last.sign, line), span)

    def next(self, _sign: str, start: int) -> None:
        if not self.stack:
            self.complain(complaint.stray(","), start, start + 1)
            raise StopReading
        if self.stack[-1].name is not None:
            self._nothing_given(start)
        if self.want is not Want.MORE:
            self.complain(complaint.COMMA_TWICE, start, start + 1)
            return
        self.comma = start
        self.want = self._after_comma()

    def colon(self, _sign: str, start: int) -> None:
        if self.want is not Want.COLON:
            self.complain(complaint.OTHER, start, start + 1)
            raise StopReading
        self.want = Want.VALUE

    def equals(self, start: int) -> None:
        if self.want is Want.COLON:
            self.complain(complaint.EQUALS, start, start + 1)
            self.want = Want.VALUE
        else:
            self.complain(complaint.OTHER, start, start + 1)

    def _after_comma(self) -> Want:
        return Want.NAME if self.stack[-1].sign == "{" else Want.VALUE

    def _nothing_given(self, start: int) -> None:
        """After the name of a member, or its colon, comes no value."""
        self.complain(complaint.VALUE, start, start + 1)
        self._add(Scalar(None, self.text.span(start, start)))

    def _add(self, value: Value) -> None:
        if not self.stack:
            self.root, self.want = value, Want.NOTHING
            return
        top = self.stack[-1]
        if top.name is None:
            top.items.append(value)
        else:
            top.members.append((top.name, value))
            top.name = None
        self.want = Want.MORE

    def end(self, position: int) -> None:
        if self.stack:
            last = self.stack[-1]
            self.complain(complaint.unclosed(last.sign), last.start, last.start + 1)
            raise StopReading
        if self.want is not Want.NOTHING:
            self.complain(complaint.EMPTY, position, position)

    def complain(self, why: str, start: int, end: int) -> None:
        self.report(complaint.invalid(why, self.text.span(start, end)))

    def report(self, problem: Diagnostic) -> None:
        self.problems.add(problem)
        self.errors += 1
        if self.errors == MAX_ERRORS:
            raise StopReading

    def stop(self, problem: Diagnostic) -> StopReading:
        self.problems.add(problem)
        return StopReading()
