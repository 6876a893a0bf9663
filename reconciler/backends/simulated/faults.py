"""What goes wrong on purpose: `New-SendConnector@c005=permanent; Set-*#3=lost-answer; *%0.1=transient`.

Parses the list and decides, call by call, which effect strikes. Knows neither how an effect is
carried out nor what the cmdlets do.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from fnmatch import fnmatchcase
from hashlib import blake2b
from threading import Lock

from reconciler.backends.command import Command
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.schema.suggest import did_you_mean


class Effect(StrEnum):
    TRANSIENT = "transient"
    PERMANENT = "permanent"
    LOST_CALL = "lost-call"
    """Nothing lands, and no answer comes."""
    LOST_ANSWER = "lost-answer"
    """The call lands, and no answer comes."""
    HANG = "hang"
    """Nothing comes until patience ends."""
    EDIT = "edit"
    """Another admin changes the object just before the call."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`name` is in lower case, "" for any object; `nth` 0 for every call; `share` of the calls."""

    pattern: str
    name: str
    nth: int
    share: float
    effect: Effect


_ENTRY = re.compile(
    r"(?P<pattern>[A-Za-z*?-]+)(?:@(?P<name>.+?))?(?:\#(?P<nth>[0-9]+))?"
    r"(?:%(?P<share>[0-9]*\.?[0-9]+))?\s*=\s*(?P<effect>[A-Za-z-]+)",
)
_FORM = (
    'A fault is written "CALLS=EFFECT": a cmdlet pattern, then optionally "@name", "#n" and '
    f'"%share", and one of the effects {", ".join(Effect)}.'
)


def _wrong(entry: str, why: str) -> Diagnostic:
    return error("bad-fault", "Invalid fault", f'The fault "{entry}" {why} {_FORM}')


def _fault(entry: str) -> Fault | Diagnostic:
    found = _ENTRY.fullmatch(entry)
    if found is None:
        return _wrong(entry, "cannot be read.")
    effect = found["effect"].lower()
    if effect not in list(Effect):
        return _wrong(entry, f"has an unknown effect.{did_you_mean(effect, Effect)}")
    share = float(found["share"] or 1)
    if not 0 < share <= 1:
        return _wrong(entry, "has a share that does not lie between 0 and 1.")
    if found["nth"] is not None and int(found["nth"]) == 0:
        return _wrong(entry, "counts from 0; calls are counted from 1.")
    return Fault(
        found["pattern"].lower(),
        (found["name"] or "").lower(),
        int(found["nth"] or 0),
        share,
        Effect(effect),
    )


def parse_faults(text: str) -> tuple[Fault, ...]:
    """The faults of a list separated by semicolons. Raises ReconcilerError with every mistake."""
    read = [_fault(entry.strip()) for entry in text.split(";") if entry.strip()]
    wrong = [one for one in read if isinstance(one, Diagnostic)]
    if wrong:
        raise ReconcilerError(*wrong)
    return tuple(one for one in read if isinstance(one, Fault))


def object_of(call: Command) -> str:
    """What the call names its object by, "" where it names none."""
    wanted = "name" if call.verb == "New" else "identity"
    return next((str(v) for n, v in call.parameters.items() if n.lower() == wanted and v), "")


class FaultPlan:
    """Counts the calls of this process and draws shares from the seed; safe under threads.

    A share falls on the same calls in every run with one seed, in whatever order threads make them:
    each call is known by its cmdlet, its object and how often that pair occurred.
    """

    def __init__(self, faults: Iterable[Fault], seed: int = 0) -> None:
        self._faults = tuple(faults)
        self._seed = seed
        self._lock = Lock()
        self._hits = [0] * len(self._faults)
        self._calls: dict[tuple[str, str], int] = {}

    def strike(self, call: Command, name_of: Callable[[str], str]) -> Effect | None:
        """The effect of the first fault that falls on this call.

        `name_of` turns an identity into the object's name; asked only where it matters: a GUID is
        another one in every run.
        """
        if not self._faults:
            return None
        name = object_of(call)
        if name and any(fault.name or fault.share < 1 for fault in self._faults):
            name = name_of(name)
        with self._lock:
            struck = list(self._struck(call.cmdlet.lower(), name.lower()))
        return struck[0] if struck else None

    def _struck(self, cmdlet: str, name: str) -> Iterator[Effect]:
        nth = self._calls[cmdlet, name] = self._calls.get((cmdlet, name), 0) + 1
        for index, fault in enumerate(self._faults):
            if not fnmatchcase(cmdlet, fault.pattern) or fault.name not in ("", name):
                continue
            self._hits[index] += 1
            drawn = f"{self._seed}/{index}/{cmdlet}/{name}/{nth}"
            if fault.nth in (0, self._hits[index]) and _fraction(drawn) < fault.share:
                yield fault.effect


def _fraction(text: str) -> float:
    """A number from 0 up to 1 that depends on nothing but `text`."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / (1 << 64)
