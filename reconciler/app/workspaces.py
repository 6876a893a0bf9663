"""The workspaces of a project: made, selected, and deleted with a backup of all that they held."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from reconciler.app import backups, selection
from reconciler.app.inspect import opened, place
from reconciler.app.project import Project
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.state import Instance
from reconciler.store import transfer, workspaces
from reconciler.store.logged import timed
from reconciler.store.process import this_process
from reconciler.store.sql import open_view
from reconciler.store.sqlite_file import SqliteFile
from reconciler.store.view import View

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Deleted:
    """`left` are the objects that nobody manages any more, `backup` is a database that still has
    everything.
    """

    left: tuple[Instance, ...]
    backup: Path


def names(project: Project) -> tuple[str, ...]:
    """Sorted; the default one is always there."""
    view = _view(project, project.workspace)
    with timed(project.log, "workspaces"):
        found = workspaces.names(view.database)
    return tuple(sorted({*found, DEFAULT}))


def create(project: Project, name: str) -> None:
    """Makes `name` and selects it."""
    if name in names(project):
        detail = f'There is a workspace "{name}" already. Select it, or take another name.'
        raise ReconcilerError(error("workspace-exists", "Workspace exists already", detail))
    with opened(replace(project, workspace=name), strict=True).lease(
        this_process("workspace new"), 0
    ):
        selection.select(project.root, name)


def select(project: Project, name: str, *, or_create: bool) -> bool:
    """Whether it had to be made."""
    known = names(project)
    if name not in known and or_create:
        create(project, name)
        return True
    if name not in known:
        raise ReconcilerError(_missing(name, known))
    selection.select(project.root, name)
    return False


def delete(project: Project, name: str, *, force: bool) -> Deleted:
    """Raises ReconcilerError; then nothing is deleted."""
    known = names(project)
    if name not in known:
        raise ReconcilerError(_missing(name, known))
    _refuse_needed(project, name)
    there = replace(project, workspace=name)
    state = opened(there, strict=True).read()
    if not force and (state.instances or state.intents):
        raise ReconcilerError(_not_empty(name, state.instances))
    view = _view(project, name)
    backup = backups.free_name(there, "db")
    try:
        with timed(project.log, f"end of workspace {name}"):
            kept = transfer.copied(view, View(SqliteFile(backup), name, view.key))
            workspaces.abolish(view, kept.digest)
    except ReconcilerError:
        backup.unlink(missing_ok=True)
        raise
    return Deleted(kept.state.instances, backup)


def _view(project: Project, name: str) -> View:
    at = place(project, strict=True)
    return open_view(at.url, name, project.root, at.key)


def _refuse_needed(project: Project, name: str) -> None:
    if name == project.workspace:
        detail = f'"{name}" is the workspace that you work in. Select another one first.'
        raise ReconcilerError(error("workspace-in-use", "Workspace is selected", detail))
    if name == DEFAULT:
        detail = f'"{DEFAULT}" is always there. To empty it, run reconciler destroy in it.'
        raise ReconcilerError(error("workspace-in-use", "Workspace cannot be deleted", detail))


def _missing(name: str, known: Iterable[str]) -> Diagnostic:
    return error(
        "no-such-workspace",
        "Workspace not found",
        f'There is no workspace "{name}". There are: {", ".join(known)}. To make it, run:'
        f" reconciler workspace new {name}",
    )


def _not_empty(name: str, instances: Iterable[Instance]) -> Diagnostic:
    there = "\n".join(f"  {address}" for address in sorted({str(i.address) for i in instances}))
    return error(
        "workspace-not-empty",
        "Workspace is not empty",
        f'"{name}" manages these objects:\n{there}\nWithout it nobody would. Destroy them first,'
        " or have them forgotten with -force.",
    )
