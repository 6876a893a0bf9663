"""Blocks written for objects that are to be imported and that no resource takes over yet:
`plan -generate-config-out=FILE`.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from reconciler.app.clock import now
from reconciler.app.planning import Emit, Prepare
from reconciler.app.session import Session, surroundings
from reconciler.config import files
from reconciler.config.blocks import ImportBlock
from reconciler.config.load import together
from reconciler.engine.adoption import Target, fixed, resource
from reconciler.engine.holdings import Holding
from reconciler.engine.imports import directory, find, identifier
from reconciler.engine.observe import observe
from reconciler.engine.resolve import Resolver
from reconciler.engine.survey import Query
from reconciler.engine.uses import address_of
from reconciler.lang.text_file import reason, shown
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.state import State
from reconciler.schema.resource_type import IN_STATE, ResourceType

Spell = Callable[[Sequence[tuple[str, Holding]], Mapping[str, str]], str]
"""HCL for objects under their labels; the mapping says how the backend of an alias is written."""


def into(path: Path, spell: Spell, emit: Emit) -> Prepare:
    """What writes the file, and has the plan made as if it had been there before."""
    return lambda at: _generate(at, path, spell, emit)


def _generate(at: Session, path: Path, spell: Spell, emit: Emit) -> None:
    place = at.project.root / path
    refuse_existing(place)
    if not files.is_configuration(path.name):
        raise ReconcilerError(_no_configuration(path))
    state = at.store.read()
    found = [(one.to.parts[-1].name, _holding(at, one, state, emit)) for one in _homeless(at)]
    if not found:
        return
    text = spell(found, spelt_backends(at))
    write_new(place, text)
    take_in(at, {shown(os.fspath(path)): text})


def take_in(at: Session, texts: Mapping[str, str]) -> None:
    """The configuration with `texts` as further files. Raises ReconcilerError."""
    problems = Collector()
    at.configuration = together(at.configuration, texts, problems)
    problems.stop_on_errors()


def spelt_backends(at: Session) -> Mapping[str, str]:
    """By alias; the default one is not written."""
    blocks = at.configuration.backends
    return {block.alias: f"{block.kind}.{block.alias}" for block in blocks if block.alias}


def _homeless(at: Session) -> Iterator[ImportBlock]:
    """Imports into resources that are not declared; only one object at a time can be written."""
    declared = {address_of(block) for block in at.configuration.blocks()}
    for one in at.configuration.imports:
        if resource(one) in declared or one.to.parts[-1].kind not in at.types:
            continue
        if len(one.to.parts) > 1 or one.to.keys or one.for_each is not None:
            raise ReconcilerError(_not_alone(one))
        yield one


def _holding(at: Session, one: ImportBlock, state: State, emit: Emit) -> Holding:
    """The object, in the first backend that has it. Raises ReconcilerError."""
    rtype = at.types[one.to.parts[-1].kind]
    resolver = Resolver(at.configuration, surroundings(at, state, now()), Collector())
    name = identifier(Target(one, fixed(one), {}), resolver.sight)
    failure: ReconcilerError | None = None
    for alias in _aliases(at, rtype):
        query = Query(alias, rtype.name)
        here = observe([query], at.backends, at.types, emit)[query]
        try:
            handle, values = find(one, name, directory(here, rtype), rtype, alias)
        except ReconcilerError as problem:
            failure = failure or problem
        else:
            return Holding(rtype, alias, at.platforms[alias], handle, values, system=False)
    raise failure or ReconcilerError(_in_no_backend(one, rtype))


def _aliases(at: Session, rtype: ResourceType) -> list[str]:
    return sorted(
        alias
        for alias, platform in at.platforms.items()
        if alias != IN_STATE and not rtype.home and rtype.exists_on(platform)
    )


def refuse_existing(path: Path) -> None:
    """Raises ReconcilerError where there is something already."""
    if os.path.lexists(path):
        raise ReconcilerError(
            error(
                "file-exists",
                "File exists already",
                f"{shown(path.name)} exists, and what is written in a file is never overwritten. Name "
                "another file, or move this one away.",
            )
        )


def write_new(path: Path, text: str) -> None:
    """A file that only its owner may read and that was not there. Raises ReconcilerError."""
    refuse_existing(path)
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as trouble:
        raise ReconcilerError(
            error(
                "cannot-write",
                "File cannot be written",
                f"{shown(path.name)} cannot be written: {reason(trouble)}. Check that the folder is "
                "there and that you may write in it.",
            )
        ) from trouble


def _no_configuration(path: Path) -> Diagnostic:
    return error(
        "not-a-configuration-file",
        "File that would not be read",
        f'"{shown(path.name)}" would not be taken for configuration. Name a file that ends in .hcl, such '
        "as generated.hcl.",
    )


def _not_alone(one: ImportBlock) -> Diagnostic:
    return error(
        "cannot-generate",
        "Resource that cannot be written",
        "Only resources of the project itself that are not repeated are written from imports. Write "
        "the resource, or import into an address without keys and modules; reconciler estate import "
        "writes repeated resources.",
        one.to.span,
    )


def _in_no_backend(one: ImportBlock, rtype: ResourceType) -> Diagnostic:
    return error(
        "cannot-generate",
        "Resource that cannot be written",
        f"No backend of this project has objects of the type {rtype.name}. Write the resource yourself.",
        one.to.span,
    )
