"""`reconciler fmt`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from reconciler.cli.flags_of_code import Formatting
from reconciler.cli.report import report
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong
from reconciler.model.diagnostic import Collector
from reconciler.views import line_diff
from reconciler.views.text import clean

if TYPE_CHECKING:
    from reconciler.app.fmt import Formatted

_STDIN = "-"
_DIFFERENT = 3


def command(
    shell: Shell,
    formatting: Formatting,
    *,
    targets: Annotated[list[str] | None, Argument(metavar="DIR|FILE")] = None,
) -> int:
    """Bring files into the canonical style, which is that of terraform fmt.

    Takes the .hcl files of this folder, or the files and folders named, and lists those that it
    changed. With - it reads standard input and prints the result. Layout changes, meaning does
    not; a file with a mistake in its syntax is reported and left alone.
    """
    problems = Collector()
    given = targets or ["."]
    different = False
    for each in _formatted(shell, formatting, given, problems):
        different = different or each.changed
        _show(shell, formatting, each, is_input=given == [_STDIN])
    report(shell, problems.found)
    if problems.errors:
        return 1
    return _DIFFERENT if different and formatting.check else 0


def _formatted(
    shell: Shell, formatting: Formatting, targets: list[str], problems: Collector
) -> "Iterator[Formatted]":
    from reconciler.app import fmt

    if _STDIN not in targets:
        write = formatting.write and not formatting.check
        return fmt.run(targets, problems, recursive=formatting.recursive, write=write)
    if len(targets) == 1:
        return fmt.run_on(shell.everything_given(fmt.MOST), problems)
    detail = "The dash stands for standard input, which cannot be formatted along with files."
    raise wrong("contradicting-arguments", "Contradicting arguments", detail, "fmt")


def _show(shell: Shell, formatting: Formatting, done: "Formatted", *, is_input: bool) -> None:
    listing = formatting.listing and not is_input
    write = formatting.write and not is_input
    if done.changed and listing:
        shell.stdout.write(f"{clean(done.path)}\n")
    if done.changed and formatting.diff:
        shell.stdout.hand_over(line_diff.unified(clean(done.path), done.before, done.after))
    if not (listing or write or formatting.diff or formatting.check):
        shell.stdout.hand_over(done.after)
