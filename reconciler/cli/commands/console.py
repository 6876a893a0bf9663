"""`reconciler console`."""

from typing import TYPE_CHECKING, Annotated

from typer import Option

from reconciler.cli.asked import project
from reconciler.cli.flags import Given, Talking
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.model.state import State

if TYPE_CHECKING:
    from reconciler.app.console import Desk
    from reconciler.app.project import Project


def command(
    shell: Shell,
    given: Given,
    _talking: Talking,
    *,
    plan: Annotated[
        bool,
        Option("--plan/--no-plan", help="Make a plan first, and see resources as it says."),
    ] = False,
) -> int:
    """Evaluate expressions, as the configuration would.

    Knows the variables, locals and functions of this folder, and resources as the state has them.
    Changes nothing. From a pipe it reads one expression a line; with -json each line is an
    expression as a JSON string, and each answer a JSON object, sensitive values included.
    """
    where = project(shell, given)
    desk = _desk(where, planned=plan)
    from reconciler.cli import expressions

    if shell.json:
        return expressions.serve(shell, desk)
    if not shell.stdin.isatty():
        return expressions.follow(shell, desk)
    report(shell, desk.warnings)
    return _talk(shell, where, desk)


def _desk(where: "Project", *, planned: bool) -> "Desk":
    if planned:
        from reconciler.app import console_plan

        return console_plan.open_desk(where)
    from reconciler.app import console

    return console.open_desk(where, lambda: _state(where))


def _state(where: "Project") -> State:
    from reconciler.app import inspect

    return inspect.state(where)


def _talk(shell: Shell, where: "Project", desk: "Desk") -> int:
    from reconciler.app import completion
    from reconciler.app import console_history as history
    from reconciler.cli import expressions
    from reconciler.cli.line_editor import Editor
    from reconciler.lang.value import Value

    kept = history.load(where)

    def keep(text: str, value: Value) -> None:
        if history.may_be_kept(text, value):
            kept.extend(text.splitlines())

    editor = Editor(shell, kept, lambda word: completion.completions(desk, word))
    try:
        return expressions.talk(shell, desk, editor, keep)
    finally:
        history.save(where, kept)
