"""One file of tests from its first run to the last object destroyed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from time import gmtime, monotonic, strftime

from reconciler.app.project import Project
from reconciler.app.testing import values, verdict
from reconciler.app.testing.attempt import Attempt, attempt, outputs
from reconciler.app.testing.clearing import cleared, emptied, unprotected
from reconciler.app.testing.configurations import Configurations
from reconciler.app.testing.world import World, world
from reconciler.config.blocks import Configuration
from reconciler.config.decode_test import RunBlock, Script
from reconciler.engine.ports import Stop
from reconciler.lang.scope import Root
from reconciler.lang.value import Value
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.model.record import dataclass
from reconciler.model.testing import (
    Clearing,
    Event,
    FileBegun,
    FileDone,
    Interrupted,
    LeftOver,
    RunBegun,
    RunDone,
    Status,
    worst,
)

Emit = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """What all files share."""

    project: Project
    configurations: Configurations
    emit: Emit
    stop: Stop


@dataclass(frozen=True, slots=True)
class _Used:
    """Who last worked on a state, with what."""

    run: str
    configuration: Configuration
    variables: Mapping[str, Value]


def tested(stage: Stage, script: Script) -> FileDone:
    """Every run in order, then the end of all that they made."""
    stage.emit(FileBegun(script.path))
    with world(stage.project) as here:
        done = _File(stage, script, here).run()
    stage.emit(done)
    return done


class _File:
    def __init__(self, stage: Stage, script: Script, here: World) -> None:
        self._stage = stage
        self._script = script
        self._world = here
        self._outputs: dict[str, Root] = {}
        self._states: dict[str, _Used] = {}
        self._trial = values.Trial(stage.project, stage.configurations.main, script, self._outputs)

    def run(self) -> FileDone:
        runs: list[RunDone] = []
        for block in self._script.runs:
            goes_on = not any(run.status is Status.ERROR for run in runs)
            runs.append(self._run(block) if goes_on and self._may_go_on() else self._skip(block))
            self._stage.emit(runs[-1])
        if not self._may_go_on():
            self._stage.emit(Interrupted(self._stage.stop.signal))
        self._stage.emit(Clearing(self._script.path))
        found = [self._clear(state, used) for state, used in reversed(self._states.items())]
        left = tuple(one for one in found if one is not None)
        status = worst((*(run.status for run in runs), *(Status.ERROR for _ in left)))
        return FileDone(self._script.path, status, tuple(runs), left)

    def _may_go_on(self) -> bool:
        return not self._stage.stop.gently.is_set()

    def _skip(self, block: RunBlock) -> RunDone:
        return RunDone(self._script.path, block.name, Status.SKIP)

    def _run(self, block: RunBlock) -> RunDone:
        self._stage.emit(RunBegun(self._script.path, block.name))
        began, start = strftime("%Y-%m-%dT%H:%M:%SZ", gmtime()), monotonic()
        try:
            done = self._carried_out(block)
        except ReconcilerError as failure:
            done = self._judged(block, self._stage.configurations.main, failure.diagnostics)
        return replace(done, began=began, seconds=monotonic() - start)

    def _judged(
        self, block: RunBlock, configuration: Configuration, found: tuple[Diagnostic, ...]
    ) -> RunDone:
        left = verdict.unexpected(found, block, configuration, prevented=block.applies)
        return RunDone(self._script.path, block.name, verdict.status(left), left)

    def _carried_out(self, block: RunBlock) -> RunDone:
        """Raises ReconcilerError where it does not come to a plan."""
        configuration = self._stage.configurations.of(block)
        problems = Collector()
        variables = values.variables(self._trial, block, configuration, problems)
        if problems.errors:
            return self._judged(block, configuration, tuple(problems.found))
        store = self._world.store(block.state)
        with self._world.session(configuration, variables, store) as at:
            self._states.pop(block.state, None)
            self._states[block.state] = _Used(block.name, configuration, variables)
            done = attempt(at, block, self._stage.stop)
        done = replace(done, diagnostics=(*problems.found, *done.diagnostics))
        return self._checked(block, configuration, done)

    def _checked(self, block: RunBlock, configuration: Configuration, done: Attempt) -> RunDone:
        left = verdict.unexpected(done.diagnostics, block, configuration, prevented=done.prevented)
        result = RunDone(
            self._script.path, block.name, verdict.status(left), left, picture=done.picture
        )
        if done.sight is None:
            return result
        self._outputs[block.name] = outputs(done.sight)
        if result.status is Status.ERROR:
            return result
        names = {"output": self._outputs[block.name], "run": values.runs(self._outputs)}
        status, found = verdict.asserted(done.sight, done.sight.scope.within(names), block)
        return replace(
            result,
            status=status,
            diagnostics=(*left, *found),
            asserted=len(block.asserts),
            failed=len(found),
        )

    def _clear(self, state: str, used: _Used) -> LeftOver | None:
        """Destroys what a state remembers; what is left is told."""
        path = self._script.path
        self._stage.emit(Clearing(path, used.run))
        store = unprotected(self._world.store(state).read())
        with self._world.session(emptied(used.configuration), used.variables, store) as at:
            addresses, found = cleared(at)
        if not addresses:
            return None
        left = LeftOver(path, used.run, addresses, found)
        self._stage.emit(left)
        return left
