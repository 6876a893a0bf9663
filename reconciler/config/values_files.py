"""Values for variables as they are given: from the environment, from files, from the command
line, from tests. Knows their order and their spelling; what a variable makes of one is not known here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from enum import Enum
from pathlib import Path

from reconciler.config import files
from reconciler.lang import text_file
from reconciler.lang.parse import parse
from reconciler.lang.syntax import Block, Expr
from reconciler.lang.value import Value, from_plain
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span

ENVIRONMENT = "RECONCILER_VAR_"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where values come from besides the project's own files: the environment, and what the
    command line gave, in its order, as ("var", "name=text") or ("file", path). `saved` are the
    values that a saved plan was made with, as JSON, and `tried` those that a test gives, with
    their places; nothing is stronger.
    """

    environment: Mapping[str, str]
    workspace: str = "default"
    given: tuple[tuple[str, str], ...] = ()
    saved: Mapping[str, object] = field(default_factory=dict)
    tried: Mapping[str, tuple[Value, Span]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Spelt:
    """Text from outside; what it means depends on the type of the variable."""

    text: str


@dataclass(frozen=True, slots=True)
class Plain:
    """A value from JSON: nothing is left to evaluate."""

    value: Value


class Origin(Enum):
    ENVIRONMENT = "environment"
    FILE = "file"
    OPTION = "option"
    PROMPT = "prompt"


@dataclass(frozen=True, slots=True)
class Given:
    """A value as it was given. `place` is the environment variable, file or option it is from."""

    name: str
    value: Spelt | Plain | Expr
    place: str
    origin: Origin
    span: Span | None = None


def given(
    root: Path, declared: Iterable[str], sources: Sources, problems: Collector
) -> Iterator[Given]:
    """Everything that is given, weakest first; a name may come several times. The environment
    may hold anything, so only names that are `declared` are looked for there.
    """
    for name in declared:
        content = sources.environment.get(ENVIRONMENT + name)
        if content is not None:
            yield Given(name, Spelt(content), ENVIRONMENT + name, Origin.ENVIRONMENT)
    for name in _automatic(root, sources.workspace):
        yield from _file(root / name, text_file.shown(name), problems, inside=root)
    for sort, content in sources.given:
        if sort == "file":
            # The user names this one, so it may be anywhere and be reached through links.
            yield from _file(root / content, text_file.shown(content), problems, inside=None)
        else:
            yield from _assignment(content, problems)
    for name, saved in sources.saved.items():
        yield Given(name, Plain(from_plain(saved)), "the saved plan", Origin.OPTION)
    for name, (value, span) in sources.tried.items():
        yield Given(name, Plain(value), span.path, Origin.FILE, span)


def _automatic(root: Path, workspace: str) -> Iterator[str]:
    """The names of the values files that are read without being asked for, weakest first."""
    names = files.names(root, Collector())  # what is wrong with the folder, `load` has said
    there = frozenset(names)
    for base in dict.fromkeys(("reconciler", workspace)):
        yield from (n for n in (f"{base}.vars.hcl", f"{base}.vars.hcl.json") if n in there)
    yield from (n for n in names if (files.stem(n) or "").endswith(".auto.vars"))


def _file(path: Path, name: str, problems: Collector, *, inside: Path | None) -> Iterable[Given]:
    own = Collector()
    content = text_file.read(path, name, own, inside=inside)
    found: Iterable[Given] = ()
    if content is not None:
        found = tuple((_from_json if name.endswith(".json") else _from_hcl)(content, name, own))
    # A values file may hold secrets anywhere, so its text is never quoted.
    problems.extend(replace(problem, secret=True) for problem in own)
    return found


def _from_hcl(content: str, name: str, problems: Collector) -> Iterator[Given]:
    body = parse(content, name, problems)
    problems.extend(_block(block) for block in body.blocks)
    for argument in body.arguments:
        yield Given(argument.name, argument.expr, name, Origin.FILE, argument.expr.span)


def _from_json(content: str, name: str, problems: Collector) -> Iterator[Given]:
    from reconciler.config.values_json import read_json  # noqa: PLC0415 (most projects have none)

    for key, (value, span) in read_json(content, name, problems).items():
        yield Given(key, Plain(value), name, Origin.FILE, span)


def _block(block: Block) -> Diagnostic:
    cure = "Take it out."
    if block.type == "variable" and block.labels:
        name = block.labels[0]
        cure = f"Give the value of the variable with {name} = …, and declare it in a .hcl file."
    return error(
        "block-in-values",
        "Block in a file of values",
        f"Files of values hold arguments only, and this is a block. {cure}",
        block.header,
    )


def _assignment(content: str, problems: Collector) -> Iterator[Given]:
    name, equals, value = content.partition("=")
    if equals and name.strip():
        yield Given(name.strip(), Spelt(value), "-var", Origin.OPTION)
        return
    problems.add(
        error(
            "invalid-var-option",
            "Invalid -var option",
            "-var needs the name of a variable, an equals sign and a value, and one of these is"
            ' missing. Write for example: -var "port=25"',
        )
    )
