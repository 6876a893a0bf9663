"""A command line taken apart, and flags in every spelling brought to one. Touches nothing.

Long flags have one dash or two and their value after `=` or a space; a switch may say
`=true` or `=false`. The answer is what click reads without a doubt: `--flag=value`, then `--`.
"""

from collections.abc import Iterator, Mapping, Sequence

from reconciler.cli.usage import unknown_command, unknown_flag, wrong
from reconciler.cli.verbs import VERBS, is_prefix
from reconciler.model.record import dataclass

HELP = frozenset({"h", "help"})
_VERSION = frozenset({"v", "version"})
_TRUE = frozenset({"true", "1", "t"})
_FALSE = frozenset({"false", "0", "f"})


@dataclass(frozen=True, slots=True)
class Flag:
    """`on` and `off` are click's spellings of a switch; `off` "" where a value follows.

    `joins` names the flag under which the value is given on, after this flag's name and a
    colon: so one list keeps the order of two flags. `alone` is the value where none is given
    after `=`; "" where one must be.
    """

    on: str
    off: str = ""
    joins: str = ""
    alone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """`command` is "" where none is named; `rest` is all that follows it."""

    command: str
    rest: tuple[str, ...]
    chdir: str = ""
    help: bool = False
    version: bool = False


@dataclass(frozen=True, slots=True)
class Normal:
    """Arguments for click, or the wish to see the help."""

    arguments: tuple[str, ...]
    help: bool = False


def split(argv: Sequence[str]) -> Line:
    """Raises ReconcilerError where the command, or a flag before it, does not exist."""
    tokens, chdir = iter(argv), ""
    wishes: set[str] = set()
    for word in tokens:
        if not word.startswith("-"):
            rest = tuple(tokens)
            if f"{word} {rest[0] if rest else ''}" in VERBS:
                return _line(f"{word} {rest[0]}", rest[1:], chdir, wishes)
            left = iter(rest)
            command = _command(word, left, wishes)
            return _line(command, tuple(left), chdir, wishes)
        name, value = _name(word)
        if name == "chdir":
            chdir = _value(name, value, tokens, "")
        elif name in HELP | _VERSION:
            wishes.add("help" if name in HELP else "version")
        else:
            raise unknown_flag(name, ("chdir", "help", "version"), "")
    return _line("", (), chdir, wishes)


def _line(command: str, rest: tuple[str, ...], chdir: str, wishes: set[str]) -> Line:
    return Line(command, rest, chdir, "help" in wishes, "version" in wishes)


def _command(word: str, tokens: Iterator[str], wishes: set[str]) -> str:
    """The whole name of the command that begins with `word`; a group's name alone stays."""
    if word in VERBS:
        return word
    if not is_prefix(word):
        raise unknown_command(word, {name.split(" ")[0] for name in VERBS})
    second = next(tokens, "")
    if second == "" or second.lstrip("-") in HELP:
        wishes.update({"help"} if second else ())
        return word
    raise unknown_command(f"{word} {second}", VERBS)


def _name(word: str) -> tuple[str, str | None]:
    """The flag without its dashes, and the value after `=` (None where there is no `=`)."""
    bare = word[2:] if word.startswith("--") else word[1:]
    name, equals, value = bare.partition("=")
    return name, value if equals else None


def _value(name: str, value: str | None, tokens: Iterator[str], command: str) -> str:
    if value is not None:
        return value
    following = next(tokens, None)
    if following is None:
        raise wrong("flag-without-value", "Flag without a value", f"-{name} needs one.", command)
    return following


def normalise(tokens: Sequence[str], flags: Mapping[str, Flag], command: str) -> Normal:
    """`tokens` as click takes them. `flags` by name, without dashes. Raises ReconcilerError."""
    options: list[str] = []
    others: list[str] = []
    left = iter(tokens)
    for word in left:
        if word == "--":
            others.extend(left)
        elif word == "-" or not word.startswith("-"):
            others.append(word)
        elif (named := _name(word))[0] in HELP:
            return Normal((), help=True)
        elif named[0] not in flags:
            raise unknown_flag(named[0], flags, command)
        else:
            options.append(_option(*named, flags[named[0]], left, command))
    return Normal((*options, "--", *others) if others else tuple(options))


def _option(name: str, value: str | None, flag: Flag, left: Iterator[str], command: str) -> str:
    if flag.off:
        return _switch(name, value, flag, command)
    value = flag.alone if value is None and flag.alone else value
    given = _value(name, value, left, command)
    return f"--{flag.joins}={name}:{given}" if flag.joins else f"{flag.on}={given}"


def _switch(name: str, value: str | None, flag: Flag, command: str) -> str:
    if value is None or value.lower() in _TRUE:
        return flag.on
    if value.lower() in _FALSE:
        return flag.off
    detail = f'-{name} is either true or false, not "{value}".'
    raise wrong("invalid-flag-value", "Invalid value for a flag", detail, command)


def wants(tokens: Sequence[str], name: str) -> bool:
    """Whether the switch `name` is on: a look ahead, for errors in the command line itself."""
    on = False
    for word in tokens:
        if word == "--":
            break
        given, value = _name(word) if word.startswith("-") else ("", None)
        if given == name:
            on = value is None or value.lower() in _TRUE
    return on
