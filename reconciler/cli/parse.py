"""The door to typer: a command's signature becomes its flags, its help, and its call.

A command is a function of a Shell, of groups of flags (dataclasses from `cli.flags`), and of
arguments of its own; typer sees one flat list of options.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from importlib import import_module
from inspect import Parameter, Signature, cleandoc
from typing import TYPE_CHECKING, Any, Protocol, cast, get_type_hints

import typer

from reconciler.cli import argv
from reconciler.cli.flags import ALONE, JOINED
from reconciler.cli.shell import Shell
from reconciler.cli.usage import wrong
from reconciler.cli.verbs import VERBS

if TYPE_CHECKING:
    from reconciler.views import help as helps

# Newer typers carry a copy of click, older ones need click itself: reached through typer,
# the base of all their complaints about a command line is right in both.
_Complaint = cast(type[Exception], typer.BadParameter.__mro__[2])

_EXTRA = re.compile(r"Got unexpected extra arguments? \((.*)\)")
_NUMBER = re.compile(r"Invalid value for '(-[\w-]+)': .* range", re.DOTALL)

Work = Callable[..., int]


class Option(Protocol):
    """What is needed of click's parameters."""

    name: str
    opts: list[str]
    secondary_opts: list[str]
    metavar: str | None
    help: str | None
    default: object
    param_type_name: str


def run(line: argv.Line, shell: Shell) -> int:
    """The exit code of the command that `line` names. Raises ReconcilerError."""
    work = load(line.command)
    if line.help or (VERBS[line.command].raw and line.rest[:1] in _HELP):
        return _help(line.command, work, shell)
    if VERBS[line.command].raw:
        return work(shell, line.rest)
    command = _built(work, shell)
    normal = argv.normalise(line.rest, _flags(_options(command)), line.command)
    if normal.help:
        return _help(line.command, work, shell)
    return _called(command, normal.arguments, line.command)


_HELP = {(f"{dashes}{word}",) for dashes in ("-", "--") for word in argv.HELP}


def load(name: str) -> Work:
    """The function that does the command `name`."""
    module = import_module(f"reconciler.cli.commands.{VERBS[name].module}")
    return cast(Work, module.command)  # a module's attributes have no types


class _Interrupted(Exception):  # noqa: N818 (an ending, not an error)
    """Ctrl-C on its way through typer, which would make an exit code of its own of it."""


def _called(command: Any, arguments: tuple[str, ...], name: str) -> int:
    try:
        return int(command.main(list(arguments), "reconciler", standalone_mode=False))
    except _Interrupted as interrupted:
        raise KeyboardInterrupt from interrupted
    except _Complaint as complaint:
        reason = _reason(cast(typer.BadParameter, complaint))
        raise wrong("invalid-flag-value", "Invalid command line", reason, name) from None


def _reason(complaint: typer.BadParameter) -> str:
    """Click's complaint in our words; its own where we have none."""
    said = complaint.format_message().replace("--", "-")
    extra = _EXTRA.fullmatch(said)
    if extra:
        return f'There is no use for "{extra[1]}" here.'
    number = _NUMBER.match(said)
    return f"{number[1]} takes a whole number that is at least 1." if number else said


def _built(work: Work, shell: Shell | None) -> Any:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(add_help_option=False)(_flat(work, shell))
    return typer.main.get_command(app)


def _flat(work: Work, shell: Shell | None) -> Work:
    """`work` with every group of flags taken apart, as typer wants it."""
    hints = get_type_hints(work, include_extras=True)
    del hints["shell"], hints["return"]
    groups = {name: hint for name, hint in hints.items() if is_dataclass(hint)}
    own = Signature.from_callable(work).parameters
    alone = [own[name].replace(annotation=hints[name]) for name in hints if name not in groups]
    parameters = [*alone, *(each for group in groups.values() for each in _parameters(group))]

    def call(**given: object) -> int:
        made = {name: _group(hint, given) for name, hint in groups.items()}
        try:
            return work(shell, **made, **{each.name: given[each.name] for each in alone})
        except KeyboardInterrupt as interrupted:
            raise _Interrupted from interrupted

    call.__annotations__ = {each.name: each.annotation for each in parameters}
    vars(call)["__signature__"] = Signature(
        [each.replace(kind=Parameter.KEYWORD_ONLY) for each in parameters]
    )
    return call


def _parameters(group: Any) -> Iterator[Parameter]:
    hints = get_type_hints(group, include_extras=True)
    for each in fields(group):
        yield Parameter(
            each.name,
            Parameter.KEYWORD_ONLY,
            default=_default(each),
            annotation=hints[each.name],
        )


def _default(given: "Field[object]") -> object:
    return given.default if given.default_factory is MISSING else given.default_factory()


def _group(kind: Any, given: Mapping[str, object]) -> object:
    return kind(**{each.name: given[each.name] for each in fields(kind)})


def _options(command: Any) -> list[Option]:
    return [each for each in command.params if each.param_type_name == "option"]


def _flags(options: list[Option]) -> dict[str, argv.Flag]:
    return {
        _bare(each): argv.Flag(
            each.opts[0],
            "".join(each.secondary_opts[:1]),
            JOINED.get(_bare(each), ""),
            ALONE.get(_bare(each), ""),
        )
        for each in options
    }


def _bare(option: Option) -> str:
    return option.opts[0].lstrip("-")


def page(name: str, work: Work) -> "helps.Page":
    """The help of a command, from its docstring and its flags."""
    from reconciler.views import help as helps

    options = [] if VERBS[name].raw else _options(_built(work, None))
    shown = tuple(helps.Flag(_spelling(each), each.help or "") for each in options)
    text = _unfolded(cleandoc(work.__doc__ or ""))
    return helps.Page(name, f"{name} {VERBS[name].usage}", text, shown)


def _spelling(option: Option) -> str:
    """`-out=FILE`, `-json`, `-auto-approve[=ACTIONS]`, and for a switch that is on by itself `-refresh=false`."""
    value = "false" if option.secondary_opts and option.default is True else option.metavar
    if _bare(option) in ALONE:
        return f"-{_bare(option)}[={value}]"
    return f"-{_bare(option)}" + (f"={value}" if value else "")


def _unfolded(text: str) -> str:
    """Paragraphs on one line each; indented lines stay apart."""
    parts = (
        part if part.startswith(" ") else part.replace("\n", " ") for part in text.split("\n\n")
    )
    return "\n\n".join(parts)


def _help(name: str, work: Work, shell: Shell) -> int:
    from reconciler.views import help as helps

    console = shell.stdout
    console.write(helps.page(page(name, work), console.look.width))
    return 0
