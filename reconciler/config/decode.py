"""From the blocks of all files to a Configuration: which sorts of block there are, and that
names are unique. What stands inside a block is decoded elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from reconciler.config import decode_settings
from reconciler.config.blocks import Configuration
from reconciler.config.decode_check import check
from reconciler.config.decode_import import import_
from reconciler.config.decode_module import module
from reconciler.config.decode_moved import moved
from reconciler.config.decode_output import locals_, output
from reconciler.config.decode_removed import removed
from reconciler.config.decode_resource import data, resource
from reconciler.config.decode_settings import backend
from reconciler.config.decode_variable import variable
from reconciler.config.form import context
from reconciler.config.settings import Settings
from reconciler.config.suggest import did_you_mean
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.span import Span

T = TypeVar("T")

MOST_PROBLEMS = 200
_KNOWN = (
    "backend", "check", "data", "import", "locals", "module", "moved", "output", "reconciler",
    "removed", "resource", "variable",
)  # fmt: skip
_LATER = ("mail_flow_test",)
_ELSEWHERE = {
    "terraform": "Settings of the project stand in a block of another name: reconciler { … }",
    "provider": 'The target is given by a block of another name: backend "exchange" { … }',
    "dynamic": "It makes nested blocks, and there are none to make here. Take it out.",
    "lifecycle": "It stands inside a resource. Move it there.",
}


def decode(root: Path, blocks: Sequence[Block], problems: Collector) -> Configuration:
    """What `blocks` declare. Blocks with mistakes in them are kept as far as they make sense, so
    that what refers to them is not reported as well.
    """
    by_type: dict[str, list[Block]] = {name: [] for name in _KNOWN}
    for block in blocks:
        if block.type in by_type:
            by_type[block.type].append(block)
        else:
            problems.add(_unknown(block))
    variables = _each(by_type["variable"], variable, problems)
    outputs = _each(by_type["output"], output, problems)
    values = (one for group in _each(by_type["locals"], locals_, problems) for one in group)
    resources = _each(by_type["resource"], resource, problems)
    backends = _each(by_type["backend"], backend, problems)
    checks = tuple(_each(by_type["check"], check, problems))
    sources = (*_each(by_type["data"], data, problems), *(d for c in checks for d in c.data))
    found = (*resources, *sources)
    calls = _each(by_type["module"], module, problems)
    return Configuration(
        root=root,
        variables=_unique("variable", ((v.name, v.span, v) for v in variables), problems),
        locals=_unique("local value", ((v.name, v.span, v) for v in values), problems),
        resources=tuple(
            _unique(
                "resource", (((r.type, r.name), r.header, r) for r in found), problems
            ).values()
        ),
        outputs=_unique("output", ((o.name, o.span, o) for o in outputs), problems),
        modules=_unique("module", ((c.name, c.header, c) for c in calls), problems),
        checks=_unique("check", ((c.name, c.span, c) for c in checks), problems),
        backends=tuple(
            _unique("backend", ((b.alias, b.span, b) for b in backends), problems).values()
        ),
        imports=tuple(_each(by_type["import"], import_, problems)),
        moved=tuple(_each(by_type["moved"], moved, problems)),
        removed=tuple(_each(by_type["removed"], removed, problems)),
        settings=_settings(by_type["reconciler"], problems),
    )


def _each(
    blocks: Iterable[Block], one: Callable[[Block, Collector], T | None], problems: Collector
) -> Iterator[T]:
    """What `one` makes of each block; its problems get the block as their context."""
    for block in blocks:
        if len(problems.found) > MOST_PROBLEMS:
            return
        own = Collector()
        found = one(block, own)
        if own.found:
            where = context(block)
            problems.extend(replace(d, context=where) for d in own)
        if found is not None:
            yield found


K = TypeVar("K", str, tuple[str, str])


def _unique(
    what: str, declared: Iterable[tuple[K, Span, T]], problems: Collector
) -> Mapping[K, T]:
    """The declarations by key, the first of each; later ones are reported with both places."""
    found: dict[K, T] = {}
    places: dict[K, Span] = {}
    for key, span, one in declared:
        if key in found:
            problems.add(_duplicate(what, key, places[key], span))
        else:
            found[key], places[key] = one, span
    return found


def _duplicate(what: str, key: str | tuple[str, str], first: Span, again: Span) -> Diagnostic:
    name = key if isinstance(key, str) else ".".join(part for part in key if part)
    cure = "Rename one of them, or take it out."
    if what == "backend":
        name = name or "without an alias"
        cure = 'Give one of them an alias of its own: alias = "lab"'
    found = error(
        "duplicate-name",
        f"Duplicate {what}",
        f"{what.capitalize()} {name} is already declared at {first.path} line {first.line}, column"
        f" {first.column}. {cure}",
        again,
    )
    labels = (key,) if isinstance(key, str) else key
    return replace(found, context=" ".join((what, *(f'"{label}"' for label in labels if label))))


def _settings(blocks: Iterable[Block], problems: Collector) -> Settings:
    found = tuple(_each(blocks, decode_settings.settings, problems))
    whole, again = decode_settings.combined(found)
    problems.extend(_duplicate(*one) for one in again)
    return whole


def _unknown(block: Block) -> Diagnostic:
    found = error(
        "unknown-block",
        "Unknown block",
        f'There are no blocks of the type "{block.type}". {_cure(block.type)}',
        block.header,
    )
    if block.type in _LATER:
        found = error(
            "not-supported-yet",
            "Block is not supported yet",
            f"{block.type} blocks belong to the language, but this version does not carry them"
            " out, and leaving one unread could change the wrong thing. Take it out.",
            block.header,
        )
    return replace(found, context=context(block))


def _cure(name: str) -> str:
    if name in _ELSEWHERE:
        return _ELSEWHERE[name]
    known = (*_KNOWN, *_LATER)
    return did_you_mean(name, known, f"The types are: {', '.join(sorted(known))}.")
