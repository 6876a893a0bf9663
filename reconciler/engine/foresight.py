"""What import blocks see of resources and data sources: what these will be, while what is taken over
is still to be found. Carries no plan out and judges none.
"""

from collections.abc import Callable

from reconciler.engine import adoption
from reconciler.engine.sight import Sight
from reconciler.engine.situation import Situation
from reconciler.engine.uses import Uses
from reconciler.model.diagnostic import Collector
from reconciler.model.plan import Mode

Round = Callable[[Sight | None], tuple[Sight, int]]
"""A plan with the imports that can be told from what is given; what is seen after it, and how many
objects it took over.
"""


def needed(at: Situation, problems: Collector, plan: Round) -> Sight | None:
    """What the last round saw, which takes its trouble to `problems`. None where import blocks hang
    on no resource.
    """
    if not _is_needed(at):
        return None
    # One import may hang on what another one takes over, so that each round may know more.
    seen, found = plan(None)
    before = -1
    while before < found:
        before = found
        seen, found = plan(seen)
    seen.problems = problems
    return seen


def _is_needed(at: Situation) -> bool:
    if at.mode is not Mode.NORMAL or not adoption.pending(at.configuration, at.state):
        return False
    return adoption.hanging(at.configuration, Uses(at.configuration, at.surroundings.types))
