"""State under the addresses that the configuration has for it now: what moved blocks say, and the
move that follows from `count` alone. Pure.

No object is ever moved to an address that was another's when the run began, so that the order in
which rows are written does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from reconciler.config.movement import Guide, Statement
from reconciler.engine.journeys import Journeys
from reconciler.engine.targets import Chosen
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, State


@dataclass(frozen=True, slots=True)
class Relocation:
    """`state` under new addresses. `origins` gives the old address for each new one; `rows` are
    the rows to be written anew, with the address that each has in the store: those that moved,
    and those that used them. `statements` are those that it follows from.
    """

    state: State
    origins: Mapping[Address, Address] = field(default_factory=dict)
    rows: tuple[tuple[Address, Instance], ...] = ()
    statements: tuple[Statement, ...] = ()


def relocated(
    state: State,
    statements: Iterable[Statement],
    repetitions: Mapping[Address, str],
    problems: Collector,
) -> Relocation:
    """`repetitions` says of each declared block whether it has `count`, `for_each` or neither
    (""). Rings and objects that stand in each other's way are reported.
    """
    guide = Guide(statements)
    found = Journeys(guide, repetitions, state.instances)
    moved = found.moved()
    problems.extend(found.problems())
    return replace(carried(state, moved), statements=guide.statements)


def carried(state: State, moved: Mapping[Address, Address]) -> Relocation:
    """`moved` gives new addresses by old ones."""
    if not moved:
        return Relocation(state)
    became = _became(state.instances, moved)
    rows = [(row.address, _after(row, moved, became)) for row in state.instances]
    return Relocation(
        replace(state, instances=tuple(row for _, row in rows)),
        {new: old for old, new in moved.items()},
        tuple(
            (old, row)
            for (old, row), before in zip(rows, state.instances, strict=True)
            if row is not before
        ),
    )


def _became(
    rows: Iterable[Instance], moved: Mapping[Address, Address]
) -> dict[Address, tuple[Address, ...]]:
    """For each block of which a row has moved, the blocks that its rows belong to from now on."""
    found: dict[Address, dict[Address, None]] = defaultdict(dict)
    for row in rows:
        found[row.address.block][moved.get(row.address, row.address).block] = None
    return {old: tuple(new) for old, new in found.items() if tuple(new) != (old,)}


def _after(
    row: Instance,
    moved: Mapping[Address, Address],
    became: Mapping[Address, tuple[Address, ...]],
) -> Instance:
    """The row itself where nothing about it changes."""
    if row.address not in moved and not any(used in became for used in row.dependencies):
        return row
    used = dict.fromkeys(new for old in row.dependencies for new in became.get(old, (old,)))
    return replace(
        row,
        address=moved.get(row.address, row.address),
        dependencies=tuple(sorted(used, key=lambda a: a.sort_key)),
    )


def uncovered(moved: Relocation, meant: Chosen) -> Iterator[Diagnostic]:
    """Moves that -target leaves out, by their old address or their new one."""
    both = {str(a) for pair in moved.origins.items() for a in pair if not meant(a)}
    if both:
        flags = "\n".join(f"  -target='{address}'" for address in sorted(both))
        yield error(
            "move-outside-targets",
            "Objects that move are left out by -target",
            "Objects have moved to new addresses, and a plan has to take them in as a whole. Leave"
            f" -target away, or add:\n{flags}",
        )
