"""All files of tests, one after the other."""

from collections.abc import Iterator

from reconciler.app.project import Project
from reconciler.app.signals import heeded
from reconciler.app.testing.configurations import Configurations
from reconciler.app.testing.file import Emit, Stage, tested
from reconciler.app.testing.scripts import FOLDER, scripts
from reconciler.config.decode_test import Script
from reconciler.engine.ports import Stop
from reconciler.model.record import dataclass
from reconciler.model.testing import AllDone, FileDone, Found, RunDone, Status


@dataclass(frozen=True, slots=True)
class Chosen:
    """The folder of tests beside the project's own, and the files to run (none: all)."""

    folder: str = FOLDER
    only: tuple[str, ...] = ()


def run(project: Project, chosen: Chosen, emit: Emit) -> AllDone:
    """How everything went. Raises ReconcilerError where a file of tests or the project cannot be
    read.
    """
    found = scripts(project.root, chosen.folder, chosen.only)
    emit(Found(tuple((s.path, tuple(r.name for r in s.runs)) for s in found)))
    stop = Stop()
    stop.patiently.set()
    with heeded(stop):
        files = tuple(_all(project, found, emit, stop))
    done = AllDone(files, stop.gently.is_set())
    emit(done)
    return done


def _all(
    project: Project, found: tuple[Script, ...], emit: Emit, stop: Stop
) -> Iterator[FileDone]:
    if not found:
        return
    stage = Stage(project, Configurations(project), emit, stop)
    for script in found:
        yield _unrun(script) if stop.gently.is_set() else tested(stage, script)


def _unrun(script: Script) -> FileDone:
    runs = tuple(RunDone(script.path, run.name, Status.SKIP) for run in script.runs)
    return FileDone(script.path, Status.SKIP, runs)
