"""Help texts: the overview and one command's flags, for a screen and for the manual."""

from collections.abc import Iterable, Mapping, Sequence

from reconciler.model.record import dataclass
from reconciler.views.text import wrap


@dataclass(frozen=True, slots=True)
class Flag:
    """`spelling` as it is typed (`-out=FILE`); `text` what it does."""

    spelling: str
    text: str


@dataclass(frozen=True, slots=True)
class Page:
    """The help of one command. `usage` is what follows `reconciler [global options]`."""

    name: str
    usage: str
    text: str
    flags: tuple[Flag, ...]


GLOBAL = (
    Flag("-chdir=DIR", "Work in DIR, as if the command had been started there."),
    Flag("-help", "Show this help, or that of the command named after it."),
    Flag("-version", 'The same as the "version" command.'),
)

ENVIRONMENT = (
    Flag("RECONCILER_VAR_name", "The value of the variable `name`; weaker than files and flags."),
    Flag("RECONCILER_STATE_URL", "Where state lives, unless the configuration says it."),
    Flag("RECONCILER_WORKSPACE", "The workspace, instead of the selected one."),
    Flag("RECONCILER_INPUT", "`0` or `false`: ask nothing, as with -input=false."),
    Flag("RECONCILER_CLI_ARGS", "Arguments for every command, before those that are typed."),
    Flag(
        "RECONCILER_CLI_ARGS_command", "The same for one command, such as `_plan`, `_state_list`."
    ),
    Flag(
        "RECONCILER_LOG",
        "Tell on stderr what is done: `trace`, `debug`, `info`, `warn` or `error` and more serious; "
        "`json` for all of it as JSON. From `debug` on also where in the program a bug happened.",
    ),
    Flag("RECONCILER_LOG_PATH", "The file to add the log to, instead of stderr."),
    Flag("NO_COLOR", "Anything: print without colour."),
)
EXITS = (
    Flag("0", "Done."),
    Flag("1", "Nothing was done, or the run was interrupted: the message says why."),
    Flag("2", "`plan -detailed-exitcode` found changes."),
    Flag("4", "An apply was carried out in part: some steps failed or were skipped."),
)


def overview(groups: Mapping[str, Sequence[tuple[str, str]]]) -> str:
    """All commands by group, as (name, summary) pairs."""
    width = max(len(name) for rows in groups.values() for name, _ in rows)
    parts = ["Usage: reconciler [global options] COMMAND [arguments]"]
    for title, rows in groups.items():
        lines = (f"  {name.ljust(width)}  {summary}" for name, summary in rows)
        parts.append("\n".join((f"{title}:", *lines)))
    parts.append("Global options, before the command:\n" + _flags(GLOBAL, 78).rstrip("\n"))
    parts.append("Every long flag may have one dash or two, and its value after = or a space.")
    return "\n\n".join(parts) + "\n"


def page(given: Page, width: int) -> str:
    head = f"Usage: reconciler [global options] {given.usage}"
    body = wrap(given.text, width - 2).replace("\n", "\n  ").replace("\n  \n", "\n\n")
    flags = f"\nOptions:\n\n{_flags(given.flags, width)}" if given.flags else ""
    return f"{head}\n\n  {body}\n{flags}"


def _flags(flags: Iterable[Flag], width: int) -> str:
    column = 2 + max(len(flag.spelling) for flag in flags) if flags else 0
    blank = "\n" + " " * (column + 2)
    rows = (
        f"  {flag.spelling.ljust(column)}"
        + wrap(flag.text, max(24, width - column - 2)).replace("\n", blank)
        for flag in flags
    )
    return "\n".join(rows) + "\n"


def manual(pages: Iterable[Page]) -> str:
    """All commands with their flags as Markdown."""
    parts = [
        "# Command line",
        "This page is generated from the commands themselves: `python -m reconciler.cli.manual`.",
        "Every long flag may have one dash or two, and its value after `=` or a space.",
        "## Before the command",
        _markdown("flag", GLOBAL),
    ]
    for given in pages:
        parts += [f"## {given.name}", f"`reconciler {given.usage}`", given.text]
        parts += [_markdown("flag", given.flags)] if given.flags else []
    parts += ["## Environment", _markdown("variable", ENVIRONMENT)]
    parts += ["## Exit codes", _markdown("code", EXITS)]
    return "\n\n".join(parts) + "\n"


def _markdown(title: str, flags: Iterable[Flag]) -> str:
    rows = (f"| `{flag.spelling}` | {flag.text.replace('|', chr(92) + '|')} |" for flag in flags)
    return "\n".join((f"| {title} | meaning |", "|---|---|", *rows))
