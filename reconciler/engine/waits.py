"""Which steps of a plan wait for which, and by way of what. Pure."""

from collections.abc import Iterable

from reconciler.model.plan import Step


class Waits:
    """Answers for `steps`, which are all of a plan."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._by_id = {step.id: step for step in steps}

    def between(self, later: Step, earlier: Step) -> tuple[Step, ...] | None:
        """What is on the way from one step to another, in the order of the plan: none where the
        later one directly needs the earlier one. None where it does not wait for it at all.
        """
        before: dict[str, str] = dict.fromkeys(later.needs, later.id)
        pending = [*later.needs]
        while pending:
            one = pending.pop()
            if one == earlier.id:
                return self._on_the_way(before, one, later.id)
            for need in self._by_id[one].needs:
                if need not in before:
                    before[need] = one
                    pending.append(need)
        return None

    def _on_the_way(self, before: dict[str, str], start: str, end: str) -> tuple[Step, ...]:
        found, one = [], before[start]
        while one != end:
            found.append(self._by_id[one])
            one = before[one]
        return tuple(found)
