"""What blocks say of themselves, checked without any value: that a resource type exists and has
the arguments, that a backend is declared, that the tool is recent enough.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from reconciler import __version__
from reconciler.config import literals
from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.data import title
from reconciler.config.expand import context_of
from reconciler.config.suggest import did_you_mean
from reconciler.config.version import satisfies
from reconciler.lang.syntax import Expr, GetAttr, Name
from reconciler.model.diagnostic import Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.schema.attribute import Presence
from reconciler.schema.complaints import no_argument
from reconciler.schema.resource_type import ResourceType


@dataclass(frozen=True, slots=True)
class _Known:
    """What is the same for all blocks. `backends` are (type, alias) pairs."""

    types: Mapping[str, ResourceType]
    arguments: Callable[[str], frozenset[str]]
    required: Callable[[str], tuple[str, ...]]
    backends: frozenset[tuple[str, str]]


def check_resources(
    configuration: Configuration, types: Mapping[str, ResourceType]
) -> Iterator[Diagnostic]:
    declared = frozenset((b.kind, b.alias) for b in configuration.backends)
    known = _Known(
        types=types,
        arguments=cache(lambda name: frozenset(types[name].argument_names)),
        required=cache(lambda name: tuple(required(types[name]))),
        backends=declared or frozenset({("simulated", "")}),
    )
    for block in configuration.resources:
        for found in _check(block, known):
            yield replace(found, context=context_of(block))


def required(rtype: ResourceType) -> Iterator[str]:
    return (a.name for a in rtype.attributes if a.presence is Presence.REQUIRED)


def _check(block: ResourceBlock, known: _Known) -> Iterator[Diagnostic]:
    rtype = known.types.get(block.type)
    if rtype is None or not rtype.home:
        yield from _check_backend(block, known.backends)
    elif block.backend is not None:
        yield _has_no_backend(block.backend, rtype)
    if rtype is not None and not (rtype.can or rtype.reads):
        yield _only_read(block, rtype)
        return
    if rtype is not None:
        yield from _check_arguments(block, rtype, known)
        yield from _check_ignored(block, rtype)
        return
    kind, label = title(block.type)
    there = {title(name)[1] for name in known.types if title(name)[0] == kind}
    listed = f"The types are: {', '.join(sorted(there))}."
    what = "resource type" if kind == "resource" else "data source"
    yield error(
        f"unknown-{what.replace(' ', '-')}",
        f"Unknown {what}",
        f'There is no {what} "{label}". {did_you_mean(label, there, listed)}',
        block.header,
    )


def _only_read(block: ResourceBlock, rtype: ResourceType) -> Diagnostic:
    return error(
        "only-a-data-source",
        "Nobody makes such an object here",
        f"A {rtype.name} can be looked at, and neither made nor changed by reconciler. Write "
        f'data "{rtype.name}" "{block.name}" instead of resource.',
        block.header,
    )


def _check_arguments(
    block: ResourceBlock, rtype: ResourceType, known: _Known
) -> Iterator[Diagnostic]:
    names = known.arguments(rtype.name)
    for argument in block.arguments.values():
        if argument.name not in names:
            code, why = _unsupported(argument.name, rtype, names)
            yield error(code, "Unsupported argument", why, argument.name_span)
    for name in known.required(rtype.name):
        if name not in block.arguments:
            yield error(
                "missing-argument",
                "Missing argument",
                f'A {rtype.name} needs the argument "{name}". Write it into the block: {name} = …',
                block.header,
            )


def _unsupported(name: str, rtype: ResourceType, names: frozenset[str]) -> tuple[str, str]:
    """The code and the detail for an argument that may not be written."""
    if name in rtype.by_name:
        who = "reconciler" if rtype.home else "Exchange"
        why = f"{name} can be read and not written: {who} itself assigns it. Take it out."
        return "read-only-argument", why
    known = no_argument(rtype, name)
    if known is not None:
        return known
    cure = did_you_mean(name, names, f"See docs/types/{rtype.name}.md for those it has.")
    return "unsupported-argument", f'A {rtype.name} has no argument "{name}". {cure}'


def _check_ignored(block: ResourceBlock, rtype: ResourceType) -> Iterator[Diagnostic]:
    ignored = block.lifecycle.ignore_changes
    for expr in () if isinstance(ignored, str) else ignored:
        steps = literals.traversal(expr)
        name = str(steps[0]) if steps else ""
        if name not in rtype.by_name:
            cure = did_you_mean(name, rtype.by_name, "Take it out.")
            yield error(
                "unsupported-attribute",
                "Unsupported attribute",
                f'ignore_changes names "{name}", which a {rtype.name} does not have. {cure}',
                expr.span,
            )


def _has_no_backend(expr: Expr, rtype: ResourceType) -> Diagnostic:
    return error(
        "has-no-backend",
        "Resource without a target",
        f"A {rtype.name} lives in state and in no Exchange. Take backend out.",
        expr.span,
    )


def _check_backend(
    block: ResourceBlock, declared: frozenset[tuple[str, str]]
) -> Iterator[Diagnostic]:
    match block.backend:
        case None if any(not alias for _, alias in declared):
            return
        case Name(name=kind) if (kind, "") in declared:
            return
        case GetAttr(of=Name(name=kind), name=alias) if (kind, alias) in declared:
            return
    written = sorted(".".join(part for part in pair if part) for pair in declared)
    if block.backend is None:
        yield error(
            "no-default-backend",
            "No default backend",
            "Every backend block has an alias, so this resource must say which one it is for."
            f" Write backend = {written[0]}, or take the alias out of one of the blocks.",
            block.header,
        )
    else:
        yield error(
            "no-such-backend",
            "No such backend",
            "backend names a backend block by its type and alias, without quotes. Those that are"
            f" declared: {', '.join(written)}.",
            block.backend.span,
        )


def check_version(configuration: Configuration) -> Iterator[Diagnostic]:
    wanted, span = (
        configuration.settings.required_version,
        configuration.settings.required_version_span,
    )
    if wanted is None:
        return
    try:
        if satisfies(__version__, wanted):
            return
    except ValueError:
        yield error(
            "invalid-version-constraint",
            "Invalid version constraint",
            'required_version must be a list of constraints. Write for example ">= 0.1, < 2".',
            span,
        )
        return
    yield error(
        "unsupported-version",
        "Wrong version of reconciler",
        f"This configuration needs reconciler {wanted}, and this is {__version__}. Install a"
        " version that fits, or change required_version.",
        span,
    )
