"""What is to be accepted: which object, which arguments, and how everything stands by a plan."""

from collections.abc import Mapping

from reconciler.app import accept_refusals as refusals
from reconciler.app.clock import now as clock
from reconciler.app.planning import Options, situation
from reconciler.app.session import Session
from reconciler.config.blocks import ResourceBlock
from reconciler.engine.diff import current, drift
from reconciler.engine.planner import draft
from reconciler.engine.survey import Observed, Query
from reconciler.engine.uses import address_of
from reconciler.model.address import Address
from reconciler.model.desired import Desired
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.state import Instance, State
from reconciler.model.values import Values
from reconciler.schema.attribute import Presence
from reconciler.schema.difference import differing
from reconciler.schema.resource_type import ResourceType


@dataclass(frozen=True, slots=True)
class Picture:
    """Objects under their new addresses. `open` names the arguments that the configuration wants
    otherwise than Exchange has them, `blocks` where each object is described.
    """

    at: Session
    rows: Mapping[Address, Instance]
    now: Mapping[Address, Values | None]
    desired: Mapping[Address, Desired]
    open: Mapping[Address, frozenset[str]]
    blocks: Mapping[Address, Span]
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """`asked` are the arguments to be accepted, all of them `drifted`; `hidden` are sensitive."""

    row: Instance
    rtype: ResourceType
    block: ResourceBlock
    now: Values
    drifted: frozenset[str]
    asked: frozenset[str]
    hidden: frozenset[str]

    @property
    def address(self) -> Address:
        return self.row.address


def picture(at: Session, state: State, observed: Observed) -> Picture:
    """Problems are kept, not raised: a change by others may be one for the plan."""
    problems = Collector()
    drawn = draft(situation(at, state, observed, Options(), clock()), problems)
    rows = {i.address: i for i in drawn.state.instances if not i.deposed}
    now = {address: _now(row, observed) for address, row in rows.items()}
    blocks = {address_of(block): block.span for block in at.configuration.blocks()}
    return Picture(
        at,
        rows,
        now,
        drawn.desired,
        {a: _open(at, d, now.get(a)) for a, d in drawn.desired.items()},
        {a: blocks[a.block] for a in drawn.desired if a.block in blocks},
        problems.errors,
    )


def _now(row: Instance, observed: Observed) -> Values | None:
    here = observed.get(Query(row.backend, row.address.type), {})
    return current(row, here.get(row.handle))


def _open(at: Session, desired: Desired, now: Values | None) -> frozenset[str]:
    if now is None:
        return frozenset()
    wanted = {**desired.values, **desired.lasting}
    found = differing(at.types[desired.address.type], now, wanted)
    return frozenset(found) - desired.ignored


def case(seen: Picture, target: str) -> Case:
    """Raises ReconcilerError where the target is nothing that could be accepted."""
    row, name = _meant(seen, target)
    blocks = {address_of(block): block for block in seen.at.configuration.blocks()}
    block = blocks.get(row.address.block)
    now = seen.now[row.address]
    if now is None:
        raise refusals.gone(row, block)
    if block is None or row.address not in seen.desired:
        if seen.problems:
            raise ReconcilerError(*seen.problems)
        raise refusals.undeclared(row.address)
    rtype = seen.at.types[row.address.type]
    found = drift(rtype, row, now)
    names = frozenset(d.name for d in found.differences) if found else frozenset()
    asked = names & {name} if name else names
    hidden = seen.desired[row.address].sensitive | row.sensitive
    return Case(row, rtype, block, now, names, asked, hidden)


def _meant(seen: Picture, target: str) -> tuple[Instance, str]:
    """The object, and the argument of it, or ""."""
    known = {str(address): row for address, row in seen.rows.items()}
    if target in known:
        return known[target], ""
    whole, _, name = target.rpartition(".")
    if whole not in known:
        near = [one for one in known if one.startswith((f"{target}[", f"{whole}["))]
        raise refusals.unknown(target, near)
    row = known[whole]
    attribute = seen.at.types[row.address.type].by_name.get(name)
    if attribute is None or attribute.presence is Presence.COMPUTED:
        raise refusals.unknown_argument(row.address, name)
    return row, name
