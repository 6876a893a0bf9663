"""Questions to the person at the terminal. Without a terminal there is nobody to ask."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from getpass import getpass
from threading import current_thread, main_thread

from reconciler.cli.shell import Shell
from reconciler.cli.typed import typed
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.plan import Mode
from reconciler.views.palette import Style
from reconciler.views.text import clean, clean_lines

_OFF = frozenset({"0", "false", "no"})
_QUESTIONS = {
    Mode.NORMAL: ("Shall these changes be made?", "reconciler does exactly what stands above."),
    Mode.DESTROY: ("Shall all of this be destroyed?", "There is no way back."),
    Mode.UNDO: ("Shall this be brought back?", "Undoing the undo brings it here again."),
    Mode.REFRESH_ONLY: (
        "Shall the state be brought up to date?",
        "Only the record changes; Exchange stays as it is.",
    ),
}


def is_possible(shell: Shell, *, wanted: bool) -> bool:
    """Whether somebody can be asked: a terminal, and neither a flag nor the environment says no."""
    allowed = shell.environment.get("RECONCILER_INPUT", "").lower() not in _OFF
    return wanted and allowed and not shell.json and shell.stdin.isatty()


def asker(shell: Shell, *, wanted: bool) -> Callable[[str, bool], str] | None:
    """The port through which use cases ask: (question, hidden) gives the answer."""
    return (
        (lambda question, hidden: ask(shell, question, hidden=hidden))
        if is_possible(shell, wanted=wanted)
        else None
    )


def ask(shell: Shell, question: str, *, hidden: bool = False) -> str:
    """The answer without its line break; "" at the end of input."""
    text = f"{clean(question)}\n  Enter a value: "
    if hidden:
        shell.stdout.write(text)
        with suppress(EOFError):
            return getpass("")
        return ""
    shell.stdout.write(text)
    return typed(shell.stdin).rstrip("\r\n")


def approve(shell: Shell, mode: Mode, *, wanted: bool, why: str = "") -> bool:
    """Whether the person types "yes". `why` tells what is not approved of yet, where that is not
    all. Raises ReconcilerError where nobody can be asked.
    """
    if not is_possible(shell, wanted=wanted):
        raise ReconcilerError(
            error(
                "approval-needs-terminal",
                "Nobody to ask for approval",
                f"{why}These changes need a yes, and there is no terminal to ask on. To apply them "
                "without a question, use -auto-approve, or apply a plan saved with -out.",
            )
        )
    question, note = _QUESTIONS[mode]
    return confirm(shell, question, note, why)


def confirm(shell: Shell, question: str, note: str, why: str = "") -> bool:
    """Whether the person types "yes"; only where `is_possible`. `why` stands before the question."""
    heading = shell.stdout.look.paint(question, Style.BOLD)
    if why:
        shell.stdout.write("".join(f"\n{line}" for line in clean_lines(why)))
    shell.stdout.write(f'\n{heading}\n  {note}\n  Only "yes" counts as approval.\n\n')
    shell.stdout.write("  Enter a value: ")
    answer = ""
    try:
        with _interruptible():
            answer = typed(shell.stdin)
    finally:
        # Only who ends the line has it ended on the screen.
        shell.stdout.write("\n" if answer else "\n\n")
    return answer.strip() == "yes"


@contextmanager
def _interruptible() -> Iterator[None]:
    """While a run heeds signals by finishing what is under way, a question still ends at Ctrl-C."""
    if current_thread() is not main_thread():
        yield
        return
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heeded)
