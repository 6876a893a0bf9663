"""Reading settings out of a mapping: what may stand there, and what is wrong with what does.

Readers answer or raise ValueError with the rest of the sentence "The setting … ". Knows no setting
by name.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeVar

from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.schema.suggest import did_you_mean

T = TypeVar("T")

_DURATION = re.compile(r"(?P<number>[0-9]{0,9}\.?[0-9]{1,9})\s*(?P<unit>ms|s)?")


def text(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError("must be a text that is not empty")


def texts(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list | tuple | frozenset | set) else (value,)
    return tuple(text(part) for part in parts)


def flag(value: object) -> bool:
    found = {"true": True, "false": False}.get(str(value).lower())
    if found is None:
        raise ValueError("must be true or false")
    return found


def confirmed(value: object) -> bool | None:
    """A cmdlet that asks would wait for an answer that nobody can give."""
    if flag(value):
        raise ValueError(
            "cannot be true: every call would wait for a yes, and nobody sits at the shell that "
            "makes it. The plan is where a change is confirmed. Remove the setting"
        )
    return False


def one_of(*names: str) -> Callable[[object], str]:
    known = {name.lower(): name for name in names}

    def read(value: object) -> str:
        found = known.get(str(value).lower())
        if found is None:
            raise ValueError(f"must be one of {', '.join(names)}")
        return found

    return read


def whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        number = _number(value)
        if number is None or number != int(number):
            raise ValueError("must be a whole number")
        if not low <= number <= high:
            raise ValueError(f"must lie between {low} and {high}")
        return int(number)

    return read


def seconds(unit: str) -> Callable[[object], float]:
    """A plain number is in `unit`, "s" or "ms"."""

    def read(value: object) -> float:
        number = _number(value)
        found = _DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
        if found is not None:
            number = Fraction(found["number"])
        if number is None or number < 0:
            raise ValueError('must be a time such as "50ms" or "2s"')
        given = (found and found["unit"]) or unit
        return float(number) / (1000 if given == "ms" else 1)

    return read


def _number(value: object) -> Fraction | None:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return None
    return Fraction(value)


class Taking:
    """Takes settings out by name and notes what is wrong with them."""

    def __init__(self, settings: Mapping[str, object]) -> None:
        self.problems = Collector()
        self.known: list[str] = []
        self._settings = settings

    def take(self, name: str, read: Callable[[object], T], default: T) -> T:
        self.known.append(name)
        value = self._settings.get(name)
        if value is None:
            return default
        try:
            return read(value)
        except ValueError as why:
            self.problems.add(invalid(name, str(why)))
            return default

    def check_names(self, kind: str) -> None:
        """To be called last, when every name has been taken."""
        for name in self._settings:
            if name not in self.known:
                self.problems.add(_unknown(kind, name, self.known))


def invalid(name: str, why: str) -> Diagnostic:
    return error(
        "invalid-backend-setting", "Invalid backend setting", f"The setting {name} {why}."
    )


def _unknown(kind: str, name: str, known: list[str]) -> Diagnostic:
    hint = did_you_mean(name, known) or f" The settings are {', '.join(sorted(known))}."
    return error(
        "unknown-backend-setting",
        "Unknown backend setting",
        f'A backend "{kind}" has no setting "{name}".{hint}',
    )
