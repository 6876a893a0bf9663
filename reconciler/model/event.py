"""What happens while a run goes on; views decide whether and how it is shown."""

from collections.abc import Mapping

from reconciler.model.diagnostic import Diagnostic
from reconciler.model.plan import Plan, Step
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, Output


@dataclass(frozen=True, slots=True)
class Reading:
    """`type` is being read in bulk from `backend`."""

    type: str
    backend: str


@dataclass(frozen=True, slots=True)
class Refreshing:
    """What is there now of `instances` is about to be read."""

    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Refreshed:
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    plan: Plan


@dataclass(frozen=True, slots=True)
class StepStarted:
    step: Step


@dataclass(frozen=True, slots=True)
class StepRunning:
    """Told from time to time while a step takes long; `seconds` since it started."""

    step: Step
    seconds: int


@dataclass(frozen=True, slots=True)
class StepRetried:
    """`attempt` counts from 1; `wait` in seconds until the next one."""

    step: Step
    attempt: int
    wait: float
    reason: str


@dataclass(frozen=True, slots=True)
class StepDone:
    """Emitted only after the outcome is durable. `handle` is "" after a deletion."""

    step: Step
    seconds: float
    handle: str = ""


@dataclass(frozen=True, slots=True)
class StepFailed:
    """`problems` is never empty; the first says best what happened."""

    step: Step
    seconds: float
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class StepSkipped:
    """`because` is the id of the failed or skipped step that it needed."""

    step: Step
    because: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """An intent of a run that died was settled: `how` is adopted, finished (it had been carried
    out) or dropped.
    """

    address: str
    verb: str
    how: str


@dataclass(frozen=True, slots=True)
class Stopping:
    """The first signal came: no new step starts."""

    signal: str


@dataclass(frozen=True, slots=True)
class Tally:
    """The four closing counts, and what was done by sort. `imported` objects had been there."""

    done: int
    failed: int
    skipped: int
    not_started: int
    added: int
    changed: int
    destroyed: int
    imported: int = 0


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is worth a word, and stops nothing."""

    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class OutputsKnown:
    """The outputs as state has them now."""

    values: Mapping[str, Output]


@dataclass(frozen=True, slots=True)
class Finished:
    tally: Tally
    mode: str


Event = (
    Reading
    | Refreshing
    | Refreshed
    | Planned
    | StepStarted
    | StepRunning
    | StepRetried
    | StepDone
    | StepFailed
    | StepSkipped
    | Recovered
    | Stopping
    | Noticed
    | OutputsKnown
    | Finished
)
