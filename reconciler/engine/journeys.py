"""Where each object goes: along statements as far as they lead, unless its way is barred by an
object that was there when the run began. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.move_mistakes import cycle
from reconciler.config.movement import Guide, Statement, Step, Whole, names_of, shown, steps_of
from reconciler.config.written import MODULE
from reconciler.model.address import Address, Key
from reconciler.model.diagnostic import Diagnostic, warning
from reconciler.model.state import Instance


class Journeys:
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
