"""Flags of the commands that work on files and tests, and on no state."""

from dataclasses import field
from typing import Annotated

from typer import Option

from reconciler.cli.flags import Many
from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Formatting:
    """What becomes of files that are not in the canonical style, and what is said of them."""

    check: Annotated[
        bool,
        Option("--check/--no-check", help="Write nothing; exit with 3 where a file differs."),
    ] = False
    diff: Annotated[bool, Option("--diff/--no-diff", help="Show what differs.")] = False
    write: Annotated[bool, Option("--write/--no-write", help="Leave the files as they are.")] = (
        True
    )
    listing: Annotated[
        bool, Option("--list/--no-list", help="Do not list the files that differ.")
    ] = True
    recursive: Annotated[
        bool, Option("--recursive/--no-recursive", help="Go into the folders inside, too.")
    ] = False
    no_color: Annotated[
        bool, Option("--no-color/--color", help="Print without colour. NO_COLOR does the same.")
    ] = False


@dataclass(frozen=True, slots=True)
class Testing:
    """Which tests are run, and what is told of them."""

    filter: Annotated[
        Many,
        Option("--filter", metavar="FILE", help="Run this file of tests only. May be repeated."),
    ] = field(default_factory=list)
    test_directory: Annotated[
        str,
        Option("--test-directory", metavar="DIR", help="Where tests are, besides this folder."),
    ] = "tests"
    verbose: Annotated[
        bool,
        Option("--verbose/--terse", help="Show the plan, or the state after it, of each run."),
    ] = False
    junit_xml: Annotated[
        str,
        Option(
            "--junit-xml", metavar="FILE", help="Write the results to FILE too, in JUnit's XML."
        ),
    ] = ""
