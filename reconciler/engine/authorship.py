"""Which run gave each argument of an object the value that it has. Pure."""

from collections.abc import Iterable, Mapping

from reconciler.engine.deeds import Body, body
from reconciler.model.address import Address
from reconciler.model.record import dataclass
from reconciler.model.state import Instance
from reconciler.store.base import Past

Blame = Mapping[str, int]
"""The number of the run by argument."""


@dataclass(frozen=True, slots=True)
class _Left:
    """A row as run `run` found it."""

    run: int
    row: Instance
    blame: Blame


def blamed(past: Iterable[Past]) -> Mapping[Address, Blame]:
    """Of every object that there is after `past`. An object that moves takes its past along, and
    one that is replaced within a run leaves it to its successor.
    """
    found: dict[tuple[Address, str], Blame] = {}
    left: dict[Body | Address, _Left] = {}
    for line in past:
        before, after = line.before, line.after
        if before is not None:
            was = _Left(line.run, before, found.pop((before.address, before.deposed), {}))
            left[_body(before)] = left[before.address] = was
        if after is not None:
            heritage = left.get(_body(after)) or left.get(after.address)
            found[after.address, after.deposed] = dict(_each(line.run, after, heritage))
    return {address: blame for (address, deposed), blame in found.items() if not deposed}


def _body(row: Instance) -> Body:
    found = body(row)
    assert found is not None
    return found


def _each(run: int, after: Instance, heritage: _Left | None) -> Iterable[tuple[str, int]]:
    known: Blame = {}
    if heritage is not None and heritage.run == run:
        was = heritage.row.values
        known = {n: by for n, by in heritage.blame.items() if was.get(n) == after.values.get(n)}
    return ((name, known.get(name, run)) for name in after.values)
