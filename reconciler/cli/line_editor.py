"""Lines typed at a terminal, with history and completion where Python has readline: not on Windows,
where the terminal keeps a history of its own.
"""

import sys
from collections.abc import Callable, Iterable

from reconciler.cli.shell import Shell

try:
    import readline
except ImportError:
    READLINE = False
else:
    READLINE = True

Complete = Callable[[str], list[str]]
_DELIMITERS = " \t\n()[]{},+-*/%!=<>?:&|\"'$"


class Editor:
    """`history` are the lines of earlier times, oldest first."""

    def __init__(self, shell: Shell, history: Iterable[str], complete: Complete) -> None:
        self._shell = shell
        self._is_whole = READLINE and shell.stdin is sys.stdin
        self._complete = complete
        self._found: list[str] = []
        if self._is_whole:
            self._prepare(history)

    def _prepare(self, history: Iterable[str]) -> None:
        for line in history:
            readline.add_history(line)
        readline.set_completer_delims(_DELIMITERS)
        readline.set_completer(self._candidate)
        is_libedit = "libedit" in (readline.__doc__ or "")
        readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")

    def _candidate(self, word: str, number: int) -> str | None:
        if number == 0:
            self._found = self._complete(word)
        return self._found[number] if number < len(self._found) else None

    def read(self, prompt: str) -> str:
        """One line without its end. Raises EOFError."""
        if self._is_whole:
            return input(prompt)
        self._shell.stdout.write(prompt)
        line = self._shell.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")
