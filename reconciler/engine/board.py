"""What is being ordered: steps, what must and what should precede what, and points where many meet."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reconciler.engine.moves import Move
from reconciler.model.address import Address
from reconciler.model.plan import Step, Verb

Edge = tuple[str, str]
"""Ids of steps: from what precedes to what follows."""


@dataclass(slots=True)
class Board:
    """The moves being ordered, what must and what should precede what, and join points."""

    moves: dict[str, Move]
    edges: list[Edge] = field(default_factory=list)
    wishes: list[Edge] = field(default_factory=list)
    joins: dict[str, Step] = field(default_factory=dict)

    def precede(self, earlier: str, later: str) -> None:
        self.edges.append((earlier, later))

    def prefer(self, earlier: str, later: str) -> None:
        """An edge that is left out where it would close a ring."""
        self.wishes.append((earlier, later))

    def gather(self, label: str, ids: Sequence[str], followers: int) -> Sequence[str]:
        """`ids`, or one point that they all precede where that saves edges."""
        if len(ids) * followers <= len(ids) + followers:
            return ids
        if label not in self.joins:
            self.joins[label] = _join(label)
            for one in ids:
                self.precede(one, label)
        return (label,)

    def spot(self, meeting: str, ids: Sequence[str], one: int | str) -> str:
        """The step of a change, or the point where many of `meeting` come together."""
        if isinstance(one, int):
            return ids[one]
        label = f"{meeting} {one}"
        self.joins.setdefault(label, _join(label))
        return label


_NOWHERE = Address("step", "join")


def _join(label: str) -> Step:
    return Step(label, _NOWHERE, Verb.JOIN, None, "", {}, {})
