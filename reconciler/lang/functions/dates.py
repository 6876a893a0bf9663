"""Functions of points in time, written as RFC 3339 has it."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Final

from reconciler.lang.core import Value
from reconciler.lang.functions.declare import FunctionError, function, string
from reconciler.lang.shape import NUMBER, STRING

_STAMP: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(\.\d+)?(?:([Zz])|([+-])(\d\d):(\d\d))",
    re.ASCII,
)
_DURATION: Final = re.compile(
    r"([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+|0)", re.ASCII
)
_PART: Final = re.compile(r"(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)", re.ASCII)
_NANOSECONDS: Final = {
    "h": 3_600_000_000_000,
    "m": 60_000_000_000,
    "s": 1_000_000_000,
    "ms": 1_000_000,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ns": 1,
}
_VERBS: Final = re.compile(
    r"'((?:[^']|'')*)'|(Y+|M+|D+|E+|h+|H+|A+|a+|m+|s+|Z+)|([a-zA-Z])|([^a-zA-Z']+)|(')"
)
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)


def parse_stamp(raw: str, argument: int | None = None) -> datetime:
    """Raises FunctionError."""
    found = _STAMP.fullmatch(raw)
    moment = None if found is None else _moment(found)
    if moment is None:
        raise FunctionError(f'"{raw}" is no time such as "2017-11-22T00:00:00Z"', argument)
    return moment


def _moment(found: re.Match[str]) -> datetime | None:
    """None: no day of the calendar, or no time of the day."""
    try:
        year, month, day, hour, minute, second = (int(found[i]) for i in range(1, 7))
        return datetime(year, month, day, hour, minute, second, _micro(found[7]), _zone(found))
    except ValueError:
        return None


def _zone(found: re.Match[str]) -> timezone:
    if found[8]:
        return UTC
    if int(found[10]) > 23 or int(found[11]) > 59:  # noqa: PLR2004 - hours, minutes
        raise ValueError(found[0])
    offset = timedelta(hours=int(found[10]), minutes=int(found[11]))
    return timezone(offset if found[9] == "+" else -offset)


def _micro(fraction: str | None) -> int:
    return int(fraction[1:7].ljust(6, "0")) if fraction else 0


def show_stamp(moment: datetime) -> str:
    shown = moment.strftime("%Y-%m-%dT%H:%M:%S")
    return shown.rjust(19, "0") + (offset if (offset := _offset(moment, ":")) != "+00:00" else "Z")


def _offset(moment: datetime, colon: str) -> str:
    minutes = int((moment.utcoffset() or timedelta()).total_seconds() // 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}{hours:02}{colon}{rest:02}"


def duration(raw: str, argument: int | None = None) -> timedelta:
    """What Go's durations mean, such as `1h30m` or `-1.5s`. Raises FunctionError."""
    found = _DURATION.fullmatch(raw)
    if found is None:
        raise FunctionError(f'"{raw}" is no duration such as "1h30m"', argument)
    total = sum(
        int(Fraction(number) * _NANOSECONDS[unit]) for number, unit in _PART.findall(found[2])
    )
    if total >= 2**63:
        raise FunctionError("the duration is too long", argument)
    return timedelta(microseconds=(-total if found[1] == "-" else total) / 1000)


@function(string("timestamp"), string("duration"), returns=STRING)
def timeadd(timestamp: str, added: str) -> Value:
    """A point in time, later (or earlier) by a duration."""
    try:
        return show_stamp(parse_stamp(timestamp) + duration(added))
    except OverflowError:
        raise FunctionError("the result is beyond the calendar") from None


@function(string("timestamp_a"), string("timestamp_b"), returns=NUMBER)
def timecmp(first: str, second: str) -> Value:
    """-1, 0 or 1: the first point in time is before, at or after the second."""
    left, right = parse_stamp(first, 0), parse_stamp(second, 1)
    return (left > right) - (left < right)


_WRITERS: Final[Mapping[str, Callable[[datetime], str]]] = {
    "YYYY": lambda t: f"{t.year:04}",
    "YY": lambda t: f"{t.year % 100:02}",
    "MMMM": lambda t: _MONTHS[t.month - 1],
    "MMM": lambda t: _MONTHS[t.month - 1][:3],
    "MM": lambda t: f"{t.month:02}",
    "M": lambda t: str(t.month),
    "DD": lambda t: f"{t.day:02}",
    "D": lambda t: str(t.day),
    "EEEE": lambda t: _DAYS[t.weekday()],
    "EEE": lambda t: _DAYS[t.weekday()][:3],
    "hh": lambda t: f"{t.hour:02}",
    "h": lambda t: str(t.hour),
    "HH": lambda t: f"{t.hour % 12 or 12:02}",
    "H": lambda t: str(t.hour % 12 or 12),
    "AA": lambda t: "AM" if t.hour < 12 else "PM",  # noqa: PLR2004 - noon
    "aa": lambda t: "am" if t.hour < 12 else "pm",  # noqa: PLR2004 - noon
    "mm": lambda t: f"{t.minute:02}",
    "m": lambda t: str(t.minute),
    "ss": lambda t: f"{t.second:02}",
    "s": lambda t: str(t.second),
    "ZZZZZ": lambda t: _offset(t, ":"),
    "ZZZZ": lambda t: _offset(t, ""),
    "ZZZ": lambda t: "UTC" if _offset(t, "") == "+0000" else _offset(t, ""),
    "Z": lambda t: "Z" if _offset(t, "") == "+0000" else _offset(t, ":"),
}


@function(string("format"), string("time"), returns=STRING)
def formatdate(layout: str, time: str) -> Value:
    """A point in time as a layout such as `YYYY-MM-DD hh:mm` shows it."""
    moment = parse_stamp(time, 1)
    return "".join(_formatted(layout, moment))


def _formatted(layout: str, moment: datetime) -> Iterator[str]:
    for found in _VERBS.finditer(layout):
        quoted, verb, wrong, literal, loose = found.groups()
        if loose is not None:
            raise FunctionError("a quotation mark is not closed", 0)
        if wrong is not None or (verb is not None and verb not in _WRITERS):
            raise FunctionError(f'"{wrong or verb}" means no part of a date', 0)
        if verb is not None:
            yield _WRITERS[verb](moment)
        else:
            yield literal if quoted is None else quoted.replace("''", "'")
