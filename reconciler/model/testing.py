"""What happens while tests run, and how they ended; views decide how it is shown."""

from collections.abc import Iterable
from enum import StrEnum

from reconciler.model.diagnostic import Diagnostic
from reconciler.model.plan import Plan
from reconciler.model.record import dataclass
from reconciler.model.state import State


class Status(StrEnum):
    """FAIL: an assertion did not hold. ERROR: the run could not be carried out as it should."""

    PASS = "pass"  # noqa: S105 (no password)
    FAIL = "fail"
    ERROR = "error"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class RunDone:
    """One run block. `began` is an ISO time in UTC, "" where it was skipped; `seconds` its
    length. `asserted` counts the assertions, `failed` those that did not hold. `picture` is the
    plan of a run that plans, else the state after it; None where there is none.
    """

    file: str
    name: str
    status: Status
    diagnostics: tuple[Diagnostic, ...] = ()
    began: str = ""
    seconds: float = 0.0
    asserted: int = 0
    failed: int = 0
    picture: Plan | State | None = None


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Objects, by address, that could not be destroyed after `run` of `file`, and why."""

    file: str
    run: str
    addresses: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class FileDone:
    path: str
    status: Status
    runs: tuple[RunDone, ...]
    left: tuple[LeftOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """The names of the runs of each file that will be run."""

    files: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FileBegun:
    path: str


@dataclass(frozen=True, slots=True)
class RunBegun:
    file: str
    name: str


@dataclass(frozen=True, slots=True)
class Clearing:
    """What the file made is being destroyed; with a `run`, what that run left is next."""

    file: str
    run: str = ""


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A signal came: no further run begins."""

    signal: str


@dataclass(frozen=True, slots=True)
class AllDone:
    files: tuple[FileDone, ...]
    interrupted: bool = False

    def count(self, status: Status) -> int:
        return sum(run.status is status for file in self.files for run in file.runs)

    @property
    def status(self) -> Status:
        """The worst of any file."""
        own = (Status.ERROR,) if self.interrupted else ()
        return worst((*own, *(file.status for file in self.files)))


def worst(statuses: Iterable[Status]) -> Status:
    """ERROR, FAIL, PASS, SKIP in this order; PASS for none."""
    found = set(statuses)
    order = (Status.ERROR, Status.FAIL, Status.PASS, Status.SKIP)
    return next((status for status in order if status in found), Status.PASS)


Event = (
    Found | FileBegun | RunBegun | RunDone | Clearing | LeftOver | Interrupted | FileDone | AllDone
)
