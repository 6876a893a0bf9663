"""From samples to one figure and a verdict: medians, ratios, exponents. Measures nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from statistics import median

from benchmarks.work import Case, Figure, Measure, Sample


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `medians` in the order of the works; None where nothing was measured,
    and then there is no `reached` figure either.
    """

    case: Case
    measure: Measure
    medians: tuple[float | None, ...]
    reached: float | None

    @property
    def met(self) -> bool | None:
        limit = self.case.limit
        return None if self.reached is None or limit is None else self.reached <= limit


def rows(case: Case, times: Sequence[Sequence[Sample]]) -> tuple[Row, ...]:
    """A row for each measure; `times` holds the rounds of each work."""
    return tuple(_row(case, measure, times) for measure in case.measures)


def _row(case: Case, measure: Measure, times: Sequence[Sequence[Sample]]) -> Row:
    medians = tuple(_median(samples, measure) for samples in times)
    known = [value for value in medians if value is not None]
    reached = _reached(case.figure, known) if len(known) == len(medians) else None
    return Row(case, measure, medians, reached)


def _median(samples: Sequence[Sample], measure: Measure) -> float | None:
    seconds = [sample.cpu if measure is Measure.CPU else sample.wall for sample in samples]
    known = [value for value in seconds if value is not None]
    return median(known) if known else None


def _reached(figure: Figure, medians: Sequence[float]) -> float:
    match figure:
        case Figure.SECONDS:
            return medians[0]
        case Figure.LONGER:
            return medians[0] - medians[1]
        case Figure.RATIO:
            return medians[0] / medians[1]
        case Figure.EXPONENT:
            return log10(medians[1] / medians[0])
