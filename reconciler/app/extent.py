"""How far a plan goes: which objects it may touch, and which rows of state it was made of.

A plan of everything is made of every row. One with targets is made of those that it looked at,
so that a run on others neither stands in its way nor makes it stale.
"""

from collections.abc import Iterable, Mapping

from reconciler.model.plan import Action, Change, Plan
from reconciler.model.state import Instance, State
from reconciler.store.base import Scope


def scope(plan: Plan, state: State) -> Scope:
    """The addresses that carrying out `plan` may write, those of open calls among them; None
    for everything.
    """
    if not plan.targets:
        return None
    touched = (c for c in plan.changes if c.action is not Action.NO_OP or not c.is_silent)
    steps = {str(step.address) for step in plan.steps}
    return frozenset(steps | _places(touched) | {str(i.address) for i in state.intents})


def versions(state: State, changes: Iterable[Change] | None) -> dict[str, int]:
    """The versions of the rows that a plan with `changes` was made of; None: of every row."""
    read = None if changes is None else _places(changes)
    return {
        row_name(i): i.version for i in state.instances if read is None or str(i.address) in read
    }


def now(plan: Plan, state: State) -> Mapping[str, int]:
    """What the versions are now of the rows that `plan` was made of, new ones among them."""
    return versions(state, plan.changes if plan.targets else None)


def row_name(row: Instance) -> str:
    return f"{row.address} (deposed {row.deposed})" if row.deposed else str(row.address)


def _places(changes: Iterable[Change]) -> set[str]:
    """Where state has what is changed, before and after."""
    changes = tuple(changes)
    return {str(c.address) for c in changes} | {str(c.moved_from) for c in changes if c.moved_from}
