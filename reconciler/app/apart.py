"""Backends that would be one and the same simulated Exchange. Opens none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reconciler.backends.open import database
from reconciler.config.blocks import BackendBlock
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.span import Span

_PLACES = ("path", "url")

Backends = Iterable[tuple[BackendBlock, Mapping[str, object]]]


def shared(backends: Backends, root: Path) -> Iterator[Diagnostic]:
    """Each backend that has the database of an earlier one, with both places. What is not in
    `settings` is not known.
    """
    first: dict[str, BackendBlock] = {}
    for block, settings in backends:
        is_open = any(name in block.arguments and name not in settings for name in _PLACES)
        where = "" if is_open else database(block.kind, block.alias, settings, root)
        if where and where in first:
            yield _one_database(block, first[where])
        elif where:
            first[where] = block


def _one_database(block: BackendBlock, first: BackendBlock) -> Diagnostic:
    there = _said(first)
    called = f'with the alias "{first.alias}"' if first.alias else "without an alias"
    found = error(
        "shared-database",
        "Two backends with one simulated Exchange",
        f"The backend {called}, at {there.path} line {there.line}, keeps its Exchange in the same "
        "database. Objects would be planned twice, and by two versions or roles at once. Give each "
        "a path of its own, or keep one backend block.",
        _said(block),
    )
    return replace(found, context=f'backend "{block.kind}"')


def _said(block: BackendBlock) -> Span:
    """Where the database stands: the argument, else the block."""
    named = (block.arguments[name] for name in _PLACES if name in block.arguments)
    return next((argument.span for argument in named), block.span)
