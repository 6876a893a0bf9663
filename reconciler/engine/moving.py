"""State under the addresses that the configuration has for it now: what moved blocks say, and the
move that follows from `count` alone. Pure.

No object is ever moved to an address that was another's when the run began, so that the order in
which rows are written does not matter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from reconciler.config.move_mistakes import cycle
from reconciler.config.movement import Guide, Statement, Step, Whole, names_of, shown, steps_of
from reconciler.config.written import MODULE
from reconciler.engine.targets import Chosen
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Collector, Diagnostic, error, warning
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
    found = _Journeys(guide, repetitions, state.instances)
    moved = found.moved()
    problems.extend(found.problems())
    if not moved:
        return Relocation(state, statements=guide.statements)
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
        guide.statements,
    )


class _Journeys:
    """Where each row goes, from the addresses that are taken when the run begins."""

    def __init__(
        self, guide: Guide, repetitions: Mapping[Address, str], rows: Iterable[Instance]
    ) -> None:
        self._guide = guide
        self._repetitions = repetitions
        self._addresses = dict.fromkeys(row.address for row in rows)
        self._resources = {(a.module, a.type, a.name) for a in self._addresses}
        self._modules = {
            a.module[:end] for a in self._addresses for end in range(len(a.module) + 1)
        }
        self._mentioned = {
            names_of(one, to=to) for one in guide.statements for to in (False, True)
        }
        self._arrived: set[Address] = set()
        self._rings: dict[tuple[int, ...], tuple[Statement, ...]] = {}
        self._blocked: dict[str, None] = {}

    def moved(self) -> dict[Address, Address]:
        """New addresses by old ones."""
        found = {}
        for old in self._addresses:
            new = self._destination(old)
            if new is not None and new not in self._arrived:
                self._arrived.add(new)
                found[old] = new
            elif new is not None:
                self._block(str(old), str(new))
        return found

    def problems(self) -> Iterator[Diagnostic]:
        yield from (cycle(ring) for ring in self._rings.values())
        if self._blocked:
            yield _unresolved(self._blocked)

    def _destination(self, address: Address) -> Address | None:
        """None where it stays."""
        steps = steps_of(address)
        way: list[Statement] = []
        while self._guide.statements and (led := self._guide.step(steps)) is not None:
            one, new = led
            if any(one is each for each in way):
                ring = way[way.index(one) :]
                self._rings.setdefault(tuple(sorted(map(id, ring))), tuple(ring))
                return None
            if self._is_taken(one, new):
                self._block(*_pair(one, steps, new))
                return None
            way.append(one)
            steps = new
        return _address(steps) if way else self._implied(address)

    def _is_taken(self, one: Statement, new: tuple[Step, ...]) -> bool:
        """What moves as a whole needs a place where nothing is at all."""
        end = len(one.within) + len(one.to)
        *_, (kind, _, key) = one.to
        if kind == MODULE:
            return _modules(new[:end]) in self._modules
        address = _address(new)
        if isinstance(key, Whole):
            return (address.module, address.type, address.name) in self._resources
        return address in self._addresses

    def _block(self, old: str, new: str) -> None:
        self._blocked[f"  {old} cannot move to {new}"] = None

    def _implied(self, address: Address) -> Address | None:
        """A resource that gets `count` keeps its object as the first, and one that loses it keeps
        the first, unless moved blocks say anything about the resource.
        """
        key = _other_key(address.key, self._repetitions.get(address.block))
        if key is _STAYS:
            return None
        *_, (kind, name, _) = steps = steps_of(address)
        names = (*((MODULE, each) for _, each, _ in steps[:-1]), (kind, name))
        new = replace(address, key=key)
        return None if names in self._mentioned or new in self._addresses else new


_STAYS = "stays"


def _other_key(key: Key, repetition: str | None) -> Key:
    match repetition, key:
        case "count", None:
            return 0
        case "", 0:
            return None
        case _:
            return _STAYS


def _modules(steps: Iterable[Step]) -> tuple[tuple[str, Key], ...]:
    return tuple((name, _plain(key)) for kind, name, key in steps if kind == MODULE)


def _address(steps: tuple[Step, ...]) -> Address:
    *_, (kind, name, key) = steps
    return Address(kind, name, _plain(key), _modules(steps))


def _plain(key: object) -> Key:
    assert key is None or isinstance(key, str | int)
    return key


def _pair(one: Statement, steps: tuple[Step, ...], new: tuple[Step, ...]) -> tuple[str, str]:
    """What would move, and where to, as the statement speaks of it."""
    depth = len(one.within)
    old_end, new_end = depth + len(one.origin), depth + len(one.to)
    whole = isinstance(one.to[-1][2], Whole) and one.to[-1][0] != MODULE
    pair = (list(steps[:old_end]), list(new[:new_end]))
    for side in pair if whole else ():
        side[-1] = (*side[-1][:2], None)
    return shown(pair[0]), shown(pair[1])


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


def _unresolved(pairs: Iterable[str]) -> Diagnostic:
    return warning(
        "move-blocked",
        "Moves that cannot be made",
        "State already has an object at the new address:\n"
        + "\n".join(sorted(pairs))
        + "\nThe old"
        " ones stay where they are, and the plan treats them like any other: what is not declared"
        " is destroyed. If that is not meant, take the moved block out, or declare both.",
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
