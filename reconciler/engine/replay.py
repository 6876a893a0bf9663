"""State as it was at a moment, told again from the history. Pure."""

from collections.abc import Iterable

from reconciler.model.state import Instance, Output, State
from reconciler.store.base import Past, PastOutput


def replayed(
    past: Iterable[Past], outputs: Iterable[PastOutput], lineage: str, serial: int
) -> State:
    """As it was under that serial."""
    rows: dict[tuple[str, str], Instance] = {}
    for line in past:
        if line.serial <= serial:
            rows.pop((line.address, line.deposed), None)
            if line.after is not None:
                rows[line.address, line.deposed] = line.after
    kept: dict[str, Output] = {}
    for told in outputs:
        if told.serial <= serial:
            kept.pop(told.name, None)
            if told.after is not None:
                kept[told.name] = told.after
    return State(lineage, serial, tuple(rows.values()), kept)
