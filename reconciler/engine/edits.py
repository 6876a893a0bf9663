"""What people may do to state alone: move, forget, unprotect, taint. Pure: Exchange is not asked."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace

from reconciler.engine import relocation_typed
from reconciler.engine.moving import relocated
from reconciler.engine.targets import matcher
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, InstanceStatus, Output, State
from reconciler.store.base import Settled


@dataclass(frozen=True, slots=True)
class Edit:
    """What becomes of rows and outputs. `told` are the addresses that the user meant, each with
    the one that it has afterwards.
    """

    outcomes: tuple[Settled, ...] = ()
    told: tuple[tuple[Address, Address], ...] = ()
    outputs: Mapping[str, Output | None] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.outcomes and not self.outputs


def moved(state: State, source: str, target: str) -> Edit:
    """What `moved { from = source, to = target }` would do, for a state of its own."""
    one = relocation_typed.statement(source, target)
    problems = Collector()
    found = relocated(state, [one], {}, problems)
    codes = {problem.code for problem in problems.found}
    if "move-cycle" in codes or one.origin == one.to:
        detail = f"{target} means what {source} means, so that nothing would move."
        raise _refused("move-to-itself", "Move to the same address", detail)
    if codes:
        detail = (
            f"Cannot move {source} to {target}: the state has an object there already. Move or"
            " remove that one first."
        )
        raise _refused("address-taken", "The new address is taken", detail)
    if not found.rows:
        detail = f"Cannot move {source}: the state has no object there. {_SEE}"
        raise _refused("no-such-object", "Object not in the state", detail)
    rows = tuple((str(old), row) for old, row in found.rows)
    return Edit(
        tuple(Settled("", old, None, row, row.deposed) for old, row in rows),
        tuple((old, new) for new, old in found.origins.items()),
    )


def forgotten(state: State, patterns: Sequence[str]) -> Edit:
    rows = _meant(state, patterns)
    return _edit(rows, lambda _: None)


def unprotected(state: State, patterns: Sequence[str]) -> Edit:
    rows = [row for row in _meant(state, patterns) if row.protected]
    if not rows:
        raise _refused(
            "not-protected",
            "Nothing to unprotect",
            "The state does not remember prevent_destroy for any of these objects.",
        )
    return _edit(rows, lambda row: replace(row, protected=False))


def untainted(state: State, address: str) -> Edit:
    rows = _at(state, address)
    if all(row.status is not InstanceStatus.TAINTED for row in rows):
        raise _refused(
            "not-tainted",
            "The object is not tainted",
            f"{address} is not marked as tainted, so that there is nothing to take back.",
        )
    return _edit(rows, lambda row: replace(row, status=InstanceStatus.READY))


def tainted(state: State, address: str) -> Edit:
    """The next plan replaces the object."""
    rows = [row for row in _at(state, address) if row.status is not InstanceStatus.TAINTED]
    return _edit(rows, lambda row: replace(row, status=InstanceStatus.TAINTED))


def refuse_unsettled(state: State, edit: Edit) -> None:
    """Raises ReconcilerError where a call about a row is still open: its outcome would be lost."""
    touched = {outcome.address for outcome in edit.outcomes}
    touched |= {str(outcome.after.address) for outcome in edit.outcomes if outcome.after}
    for intent in state.intents:
        if str(intent.address) in touched:
            raise _refused(
                "state-unsettled",
                "A call is still open",
                f"What became of a call about {intent.address} is not known yet. Run reconciler"
                " apply -refresh-only, which looks it up, and then this command again.",
            )


_SEE = "To see all objects, run: reconciler state list"


def _edit(rows: Iterable[Instance], becomes: Callable[[Instance], Instance | None]) -> Edit:
    rows = tuple(rows)
    return Edit(
        tuple(Settled("", str(row.address), row, becomes(row), row.deposed) for row in rows),
        tuple(dict.fromkeys((row.address, row.address) for row in rows)),
    )


def _meant(state: State, patterns: Sequence[str]) -> list[Instance]:
    """Raises ReconcilerError where a pattern means nothing."""
    for pattern in patterns:
        means = matcher((pattern,))
        if not any(means(row.address) for row in state.instances):
            detail = f"The state has no object at {pattern}. {_SEE}"
            raise _refused("no-such-object", "Object not in the state", detail)
    means = matcher(patterns)
    chosen = (row for row in state.instances if means(row.address))
    return sorted(chosen, key=lambda row: (row.address.sort_key, row.deposed))


def _at(state: State, address: str) -> list[Instance]:
    """The object itself, without left-overs of replacements."""
    found = [row for row in state.instances if str(row.address) == address and not row.deposed]
    if not found:
        detail = f"The state has no object at {address}. {_SEE}"
        raise _refused("no-such-object", "Object not in the state", detail)
    return found


def _refused(code: str, summary: str, detail: str) -> ReconcilerError:
    return ReconcilerError(error(code, summary, detail))
