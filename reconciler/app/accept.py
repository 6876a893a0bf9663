"""What others changed, taken into the files of the configuration: argument by argument, and no
other line. Nothing is written unless a plan with it is empty for the object.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.app import accept_refusals as refusals
from reconciler.app.accept_argument import Wish, edited
from reconciler.app.accept_case import Case, Picture, case, picture
from reconciler.app.accept_files import write
from reconciler.app.accept_record import record
from reconciler.app.planning import Options, look, settled
from reconciler.app.project import Project
from reconciler.app.session import Session, session
from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.engine.survey import Observed
from reconciler.lang.syntax import Argument
from reconciler.model.accepted import Accepted, Rewritten
from reconciler.model.address import Address
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, warning
from reconciler.model.record import dataclass
from reconciler.model.state import State
from reconciler.store.base import Lease
from reconciler.store.process import this_process

_ROUNDS = 4


@dataclass(frozen=True, slots=True)
class _World:
    at: Session
    state: State
    observed: Observed


def run(project: Project, target: str, *, dry: bool, wait: float) -> Accepted:
    """Accepts what has drifted of the object, or of the one argument, that `target` names. Raises
    ReconcilerError, and has written nothing then.
    """
    with session(project) as at:
        if dry:
            return _worked_out(at, target)[0]
        at.store.check()
        with at.store.lease(this_process("drift accept"), wait) as lease:
            done, found = _worked_out(at, target, lease)
            if found.row.sensitive:  # better before the files are written than after
                at.store.check_key()
            write(project.root, done.files)
            record(at.store, lease, found, done.recorded)
            return done


def _worked_out(at: Session, target: str, lease: Lease | None = None) -> tuple[Accepted, Case]:
    state = at.store.read(lease)
    observed = look(at, state, Options(), lambda _: None)
    recovery = settled(state, observed, at)
    if recovery.settlements:
        raise refusals.unfinished()
    world = _World(at, recovery.state, observed)
    before = picture(at, world.state, observed)
    found = case(before, target)
    return _Work(world, before, found).done(), found


class _Work:
    """The texts and the configuration as they come to be."""

    def __init__(self, world: _World, before: Picture, found: Case) -> None:
        self._world, self._before, self._case = world, before, found
        self._configuration = world.at.configuration
        self._texts = dict(self._configuration.texts)
        self._names: list[str] = []

    def done(self) -> Accepted:
        """Writes what is asked for, and then what follows from that."""
        address, asked = self._case.address, self._case.asked
        todo, after = asked & self._before.open[address], self._before
        for _ in range(_ROUNDS):
            if not todo:
                break
            self._write_all(sorted(todo))
            after = self._planned()
            todo = after.open[address] - self._before.open[address] - {*self._names}
        left = after.open[address] & {*self._names, *todo}
        if left:
            raise refusals.unspeakable(address, left, self._case.block.header)
        settled_now = (asked | {*self._names}) - after.open[address]
        recorded = tuple(sorted(settled_now & self._case.drifted))
        return Accepted(
            address, tuple(sorted(self._names)), recorded, self._files(), self._followers(after)
        )

    def _write_all(self, names: list[str]) -> None:
        problems = Collector()
        for name in names:
            try:
                self._write(name)
            except ReconcilerError as failure:
                problems.extend(failure.diagnostics)
        problems.stop_on_errors()
        self._names += names

    def _write(self, name: str) -> None:
        rtype, now = self._case.rtype, self._case.now
        block = next(b for b in self._configuration.blocks() if b.span == self._case.block.span)
        wish = Wish(block, rtype.by_name[name], now.get(name), rtype.argument_names)
        if name in self._case.hidden or wish.attribute.kind.is_secret or wish.attribute.write_only:
            raise ReconcilerError(refusals.sensitive(self._case.address, name, wish.place))
        made = edited(wish, self._world.at.configuration, self._texts)
        self._texts[made.path] = made.text
        self._configuration = _with(self._configuration, block, made.argument)

    def _planned(self) -> Picture:
        """How everything is with what is written so far."""
        at = replace(self._world.at, configuration=self._configuration)
        after = picture(at, self._world.state, self._world.observed)
        known = {(one.code, one.detail) for one in self._before.problems}
        fresh = [one for one in after.problems if (one.code, one.detail) not in known]
        if fresh:
            raise refusals.broken(self._case.address, fresh)
        others = self._changed(after)
        shared = {a for a in others if self._before.blocks.get(a) == self._case.block.span}
        if shared:
            raise refusals.shared(self._case.address, shared, self._case.block)
        return after

    def _changed(self, after: Picture) -> set[Address]:
        """Other objects that would be changed by what is written."""
        open_before: Mapping[Address, frozenset[str]] = self._before.open
        return {
            address
            for address, names in after.open.items()
            if address != self._case.address and names - open_before.get(address, frozenset())
        }

    def _files(self) -> tuple[Rewritten, ...]:
        before = self._world.at.configuration.texts
        changed = (path for path, text in self._texts.items() if text != before[path])
        return tuple(Rewritten(path, before[path], self._texts[path]) for path in sorted(changed))

    def _followers(self, after: Picture) -> tuple[Diagnostic, ...]:
        return tuple(_follows(self._case.address, self._changed(after))) if self._names else ()


def _follows(address: Address, others: set[Address]) -> Iterator[Diagnostic]:
    for other in sorted(others, key=lambda one: one.sort_key):
        yield warning(
            "follows-what-was-accepted",
            "Another object follows",
            f"{other} takes a value from {address} and is not as it is in Exchange now: the next plan "
            "will change it.",
        )


def _with(project: Configuration, block: ResourceBlock, argument: Argument) -> Configuration:
    """`project` with the argument wherever the same text describes a block."""

    def changed(one: ResourceBlock) -> ResourceBlock:
        if one.span != block.span:
            return one
        return replace(one, arguments={**one.arguments, argument.name: argument})

    return replace(
        project,
        resources=tuple(map(changed, project.resources)),
        children={n: _with(child, block, argument) for n, child in project.children.items()},
    )
