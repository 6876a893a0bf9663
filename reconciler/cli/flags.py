"""The flags, declared once, in groups that commands take as one argument each."""

from dataclasses import field
from typing import Annotated

from typer import Option

from reconciler.model.record import dataclass

Many = list[str]
LockTimeout = Annotated[
    str,
    Option(
        "--lock-timeout",
        metavar="DURATION",
        help="How long to wait for a locked state, such as 10s or 1m30s.",
    ),
]
Message = Annotated[
    str, Option("--m", metavar="MESSAGE", help="Why, in your words; kept with the run.")
]


@dataclass(frozen=True, slots=True)
class Talking:
    """How the command talks."""

    json: Annotated[
        bool, Option("--json/--no-json", help="Print JSON, for programs, instead of text.")
    ] = False
    no_color: Annotated[
        bool, Option("--no-color/--color", help="Print without colour. NO_COLOR does the same.")
    ] = False
    compact_warnings: Annotated[
        bool,
        Option(
            "--compact-warnings/--full-warnings",
            help="Shorten warnings to one line each, unless there are errors too.",
        ),
    ] = False


@dataclass(frozen=True, slots=True)
class Fetching:
    """How modules are fetched."""

    upgrade: Annotated[
        bool,
        Option(
            "--upgrade/--no-upgrade",
            help="Look up branches and tags anew, and pin the commits they name now.",
        ),
    ] = False


@dataclass(frozen=True, slots=True)
class Given:
    """Values for variables, and whether missing ones are asked for."""

    var: Annotated[
        Many,
        Option(
            "--var",
            metavar="NAME=VALUE",
            help="Set a variable. May be repeated; the last one wins, among -var-file too.",
        ),
    ] = field(default_factory=list)
    var_file: Annotated[
        Many,
        Option("--var-file", metavar="FILE", help="Read variables from a file. May be repeated."),
    ] = field(default_factory=list)
    input: Annotated[
        bool,
        Option(
            "--input/--no-input",
            help="Ask nothing on the terminal; what is missing is an error.",
        ),
    ] = True

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """("var", "name=value") and ("file", path) in the order of the command line."""
        split = (each.partition(":") for each in self.var)
        return tuple((name.removeprefix("var-"), value) for name, _, value in split)


@dataclass(frozen=True, slots=True)
class Consent:
    """What may be done without a question, and how much may go."""

    auto_approve: Annotated[
        str,
        Option(
            "--auto-approve",
            metavar="ACTIONS",
            help="Do not ask before making the changes; with a list, such as create,update, only "
            "where the plan does nothing else.",
        ),
    ] = ""
    allow_destroy: Annotated[
        int | None,
        Option(
            "--allow-destroy",
            metavar="N",
            min=1,
            help="Let a plan destroy and replace up to N objects that is held up otherwise: most "
            "of a type, the only route of a destination, what is protected.",
        ),
    ] = None


ALONE = {"auto-approve": "true"}
"""Flags whose value may be left out, and what it is then."""

JOINED = {"var": "var", "var-file": "var"}
"""Flags whose order among each other counts, and the one that carries them all."""


Refresh = Annotated[
    bool,
    Option(
        "--refresh/--no-refresh",
        help="Trust the state instead of looking at Exchange first.",
    ),
]
Target = Annotated[
    Many,
    Option(
        "--target",
        metavar="ADDRESS",
        help="Leave out all but this and what it uses. May be repeated.",
    ),
]
Exclude = Annotated[
    Many,
    Option(
        "--exclude",
        metavar="ADDRESS",
        help="Leave out this and what uses it. May be repeated.",
    ),
]
Parallelism = Annotated[
    int, Option("--parallelism", metavar="N", min=1, help="Steps under way at once.")
]


@dataclass(frozen=True, slots=True)
class Planning:
    """What is planned, and how."""

    destroy: Annotated[
        bool, Option("--destroy/--no-destroy", help="Plan to remove all that the state knows of.")
    ] = False
    refresh_only: Annotated[
        bool,
        Option(
            "--refresh-only/--no-refresh-only",
            help="Only take changes made outside of reconciler over into the state.",
        ),
    ] = False
    refresh: Refresh = True
    target: Target = field(default_factory=list)
    target_file: Annotated[
        Many,
        Option(
            "--target-file",
            metavar="FILE",
            help="Take targets from a file: one a line, # begins a comment. May be repeated.",
        ),
    ] = field(default_factory=list)
    exclude: Exclude = field(default_factory=list)
    exclude_file: Annotated[
        Many,
        Option(
            "--exclude-file",
            metavar="FILE",
            help="Take what is left out from a file: one a line, # begins a comment. May be "
            "repeated.",
        ),
    ] = field(default_factory=list)
    replace: Annotated[
        Many,
        Option("--replace", metavar="ADDRESS", help="Replace this object. May be repeated."),
    ] = field(default_factory=list)
    parallelism: Parallelism = 10
    lock_timeout: LockTimeout = "0s"
    message: Message = ""


@dataclass(frozen=True, slots=True)
class Locking:
    """How a run that plans nothing gets at the state, and why."""

    lock_timeout: LockTimeout = "0s"
    message: Message = ""


@dataclass(frozen=True, slots=True)
class Amending:
    """How a change to the record alone is made."""

    dry_run: Annotated[
        bool, Option("--dry-run/--no-dry-run", help="Say what would be done, and change nothing.")
    ] = False
    lock_timeout: LockTimeout = "0s"
    message: Message = ""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What of a run is undone, and how."""

    overwrite: Annotated[
        bool,
        Option(
            "--overwrite/--no-overwrite",
            help="Bring back also what later runs have changed since.",
        ),
    ] = False
    refresh: Refresh = True
    target: Target = field(default_factory=list)
    exclude: Exclude = field(default_factory=list)
    parallelism: Parallelism = 10
    lock_timeout: LockTimeout = "0s"
    message: Message = ""
