"""From flags to what use cases take: the project, and the options of a plan."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reconciler.app.project import Project
from reconciler.app.selection import selected
from reconciler.cli.duration import seconds
from reconciler.cli.flags import Given, Planning, Undoing
from reconciler.cli.prompt import asker
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong
from reconciler.model.plan import Mode
from reconciler.model.span import Span

if TYPE_CHECKING:
    from reconciler.app.planning import Options

_NUMBER = re.compile(r"[1-9]\d{0,17}")
_WORKSPACE = re.compile(r"\w[\w.-]{0,89}")


def project(shell: Shell, given: Given | None = None) -> Project:
    values = given or Given(input=False)
    return Project(
        root=shell.root,
        workspace=_current(shell),
        environment=shell.environment,
        given=values.pairs,
        ask=asker(shell, wanted=values.input),
        log=shell.log,
        wait=shell.wait,
    )


def _current(shell: Shell) -> str:
    """What the environment says, else what was selected."""
    said = shell.environment.get("RECONCILER_WORKSPACE")
    if said:
        return workspace(said, "RECONCILER_WORKSPACE")
    return workspace(selected(shell.root) or "default", "What stands in .reconciler/workspace")


def workspace(name: str, origin: str) -> str:
    """`name`, which becomes part of the names of files. Raises ReconcilerError."""
    if _WORKSPACE.fullmatch(name):
        return name
    detail = (
        f"{origin} must begin with a letter, a digit or _, and go on with these, "
        "dots and dashes, 90 at most."
    )
    raise wrong("invalid-workspace", "Invalid name of a workspace", detail)


def options(planning: Planning, command: str) -> "Options":
    """Raises ReconcilerError where flags contradict each other, or name files that cannot be read."""
    mode = _mode(planning, command)
    wait = seconds(planning.lock_timeout, "lock-timeout", command)
    from reconciler.app.planning import Options

    targets, excludes = _listed(planning.target_file), _listed(planning.exclude_file)
    return Options(
        mode=mode,
        refresh=planning.refresh,
        targets=(*planning.target, *targets),
        excludes=(*planning.exclude, *excludes),
        replace=tuple(planning.replace),
        parallelism=planning.parallelism,
        lock_timeout=wait,
        message=planning.message,
        places={
            **{("-target", address): span for address, span in targets.items()},
            **{("-exclude", address): span for address, span in excludes.items()},
        },
    )


def _listed(names: Sequence[str]) -> Mapping[str, Span]:
    """The addresses in files, each with its place."""
    if not names:
        return {}
    from reconciler.app import target_files

    return target_files.read(Path(), names)


def undoing(run: str, wishes: Undoing) -> "Options":
    """Raises ReconcilerError where `run` is no number."""
    number = run_number(run, "undo")
    wait = seconds(wishes.lock_timeout, "lock-timeout", "undo")
    from reconciler.app.planning import Options

    return Options(
        mode=Mode.UNDO,
        refresh=wishes.refresh,
        targets=tuple(wishes.target),
        excludes=tuple(wishes.exclude),
        parallelism=wishes.parallelism,
        lock_timeout=wait,
        message=wishes.message,
        undo=number,
        overwrite=wishes.overwrite,
    )


def run_number(text: str, command: str) -> int:
    """Raises ReconcilerError where `text` is none."""
    if _NUMBER.fullmatch(text):
        return int(text)
    detail = "A run is a whole number, as in: reconciler history"
    raise wrong("invalid-run", "Not the number of a run", detail, command)


def _mode(planning: Planning, command: str) -> Mode:
    special = "-refresh-only" if planning.refresh_only else "-destroy" if planning.destroy else ""
    others = {
        "-destroy": planning.destroy and planning.refresh_only,
        "-refresh=false": planning.refresh_only and not planning.refresh,
        "-replace": special and planning.replace,
    }
    for other in (flag for flag, given in others.items() if given):
        detail = f"{special} and {other} contradict each other. Leave one of them out."
        raise wrong("contradicting-flags", "Contradicting flags", detail, command)
    if planning.destroy:
        return Mode.DESTROY
    return Mode.REFRESH_ONLY if planning.refresh_only else Mode.NORMAL


def must_be_able_to_ask(shell: Shell, command: str, *, approved: bool) -> None:
    """Raises ReconcilerError where an answer is needed and JSON is all that may be printed."""
    if shell.json and not approved:
        detail = "With -json nobody can be asked. Add -auto-approve, or apply a saved plan."
        raise wrong("approval-needs-terminal", "Nobody to ask for approval", detail, command)
