"""What can be measured and what it must reach, as data. Knows no tool and runs nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Measure(Enum):
    """CPU is user and system time together, of all threads."""

    CPU = "CPU"
    WALL = "wall"


class Figure(Enum):
    """What is held against the limit: seconds, the seconds that the first of two works takes
    longer, ours over theirs, or the exponent of growth.
    """

    SECONDS = "s"
    LONGER = "s longer"
    RATIO = "x Terraform"
    EXPONENT = "exponent"


@dataclass(frozen=True, slots=True)
class Work:
    """One process worth measuring, and the folder it needs.

    `files` are named from the round's own folder, `tool` runs in `project` there. `before` are
    command lines that come first, unmeasured. `answer` is what the measured run must print: a run
    that does less than the work is no figure. `repeats`: it leaves everything as it was, so that
    one folder serves all rounds.
    """

    tool: str
    files: Mapping[str, str]
    arguments: tuple[str, ...]
    answer: str
    before: tuple[tuple[str, ...], ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """Works that take turns, ours first. Growth compares two of ours, the second ten times larger;
    what is to be seen without its start-up, too, the second being nothing but that.
    A case without a `limit` is there to judge the others by.
    """

    name: str
    title: str
    works: tuple[Work, ...]
    figure: Figure
    limit: float | None
    measures: tuple[Measure, ...] = (Measure.CPU, Measure.WALL)
    rounds: int = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds that one process took; `cpu` is None where the platform does not tell."""

    cpu: float | None
    wall: float
