"""The console entry: from a command line to an exit code. Loads no command before it is known
which one runs; errors of all sorts end here.
"""

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn, TextIO

from reconciler.cli import argv, start, verbs
from reconciler.cli.console import open_console
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong
from reconciler.model.diagnostic import ReconcilerError, error

_ALL = frozenset({"DEBUG", "TRACE", "JSON"})
"""Levels of RECONCILER_LOG that unfold the way to a bug."""


def run() -> NoReturn:
    """The `reconciler` command."""
    start.quickly()
    with Path(os.devnull).open("r+", encoding="utf-8") as nowhere:
        # Python has None for a stream that was closed before it began.
        given = [stream or nowhere for stream in (sys.stdin, sys.stdout, sys.stderr)]
        code = main(sys.argv[1:], os.environ, *given)
        gc.freeze()  # not walked once more on the way out
        sys.exit(code)


def main(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    stdin: TextIO,
    stdout: TextIO,
    stderr: TextIO,
) -> int:
    """The exit code; nothing is raised."""
    shell = Shell(
        Path(),
        environment,
        stdin,
        open_console(stdout, environment),
        open_console(stderr, environment),
    )
    try:
        code = _dispatch(arguments, shell)
    except KeyboardInterrupt:
        shell.stderr.write("\nInterrupted.\n")
        code = 1
    except Exception as bug:  # noqa: BLE001 - the one place where nothing may escape
        shell.stderr.write(_bug_report(bug, environment))
        code = 1
    return _printed(shell, code)


def _dispatch(arguments: Sequence[str], shell: Shell) -> int:
    try:
        line = argv.split(arguments)
        rest = (*_from_environment(line.command, shell.environment), *line.rest)
        shell = replace(
            shell, json=argv.wants(rest, "json"), compact=argv.wants(rest, "compact-warnings")
        )
        _lose_color_where_unwanted(rest, shell)
        shell = _logged(line.command, shell)
        _go_to(line.chdir)
        return _command(replace(line, rest=rest), shell)
    except ReconcilerError as problem:
        from reconciler.cli.report import fail

        return fail(shell, problem)


def _logged(command: str, shell: Shell) -> Shell:
    if shell.environment.get("RECONCILER_LOG", "").upper() in {"", "OFF"}:
        return shell
    from reconciler.cli import log

    opened = log.open_log(shell.environment, shell.stderr)
    log.begin(opened, command)
    return replace(shell, log=opened)


def _command(line: argv.Line, shell: Shell) -> int:
    if line.version:
        from reconciler.views import version

        shell.stdout.write(version.text())
        return 0
    if line.command not in verbs.VERBS:
        from reconciler.views import help as helps

        shell.stdout.write(helps.overview(_shown_groups(line.command)))
        return 0 if line.help else 1
    if line.command in verbs.READING and not line.help:
        from reconciler.config import ahead

        shell = replace(shell, wait=ahead.begin(shell.root))
    from reconciler.cli import parse

    return parse.run(line, shell)


def _shown_groups(command: str) -> dict[str, list[tuple[str, str]]]:
    """All commands, or for a name like `state` those that begin with it."""
    chosen = {
        title: [row for row in rows if row[0].startswith(command)]
        for title, rows in verbs.groups().items()
    }
    return {title: rows for title, rows in chosen.items() if rows}


def _from_environment(command: str, environment: Mapping[str, str]) -> list[str]:
    """Arguments from RECONCILER_CLI_ARGS, then from RECONCILER_CLI_ARGS_command."""
    names = ("RECONCILER_CLI_ARGS", f"RECONCILER_CLI_ARGS_{command.replace(' ', '_')}")
    texts = [(name, environment[name]) for name in names if command and environment.get(name)]
    return [word for name, text in texts for word in _words(name, text)]


def _words(name: str, text: str) -> list[str]:
    import shlex

    try:
        return shlex.split(text)
    except ValueError:
        detail = f"{name} has a quotation mark that is never closed. Close it."
        raise wrong("invalid-environment", "Invalid environment variable", detail) from None


def _lose_color_where_unwanted(rest: Sequence[str], shell: Shell) -> None:
    if argv.wants(rest, "no-color"):
        for console in (shell.stdout, shell.stderr):
            console.look = replace(console.look, color=False)


def _go_to(folder: str) -> None:
    """All paths on the command line are seen from there."""
    if not folder:
        return
    try:
        os.chdir(folder)
    except OSError as trouble:
        detail = f'-chdir cannot enter "{folder}": {trouble.strerror}. Name a folder that exists.'
        raise ReconcilerError(error("no-such-folder", "Folder not found", detail)) from None


def _bug_report(bug: Exception, environment: Mapping[str, str]) -> str:
    """What failed and where, without the exception's own words: they may hold a secret."""
    from traceback import extract_tb

    frames = extract_tb(bug.__traceback__)
    shown = frames if environment.get("RECONCILER_LOG", "").upper() in _ALL else frames[-1:]
    places = "".join(
        f"    {'/'.join(Path(f.filename).parts[-2:])}, line {f.lineno}, in {f.name}\n"
        for f in shown
    )
    return (
        f"\nError: Unexpected {type(bug).__name__}\n\n{places}\n"
        "What was applied so far is in the journal, and the same command goes on from there.\n"
        "RECONCILER_LOG=debug shows the way to this place. This is a bug in reconciler.\n"
    )


def _printed(shell: Shell, code: int) -> int:
    """`code`, or 1 where the output of a command that went well was lost on the way."""
    if shell.stdout.failed is None:
        return code
    reason = shell.stdout.failed.strerror
    shell.stderr.write(f"\nError: Output could not be written\n\nThe cause: {reason}.\n")
    return code or 1
