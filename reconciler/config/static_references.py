"""References, checked without any value: that what they name is declared, and may be named there."""

from collections.abc import Iterator, Mapping

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.data import flat, title
from reconciler.config.refusals import cures, refused, step
from reconciler.config.sites import Place
from reconciler.config.static_outputs import check_module
from reconciler.config.suggest import did_you_mean, meant
from reconciler.lang.references import Reference
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.record import dataclass
from reconciler.schema.resource_type import ResourceType

_ATTRIBUTES = {
    "path": ("cwd", "module", "root"),
    "reconciler": ("workspace",),
    "count": ("index",),
    "each": ("key", "value"),
}
_ONLY_VARIABLES = "Only variables (var.NAME) may be used here. Write the value out, or use one."
_NOT_HERE = {
    "count": "count.index is known inside a resource that has count, and not in count itself. Add"
    " count to this block, or take the reference out.",
    "each": "each.key and each.value are known inside a resource that has for_each, and not in"
    " for_each itself. Add for_each to this block, or take the reference out.",
    "self": "self is known in postcondition blocks only. Take the reference out.",
    "local": _ONLY_VARIABLES,
    "path": _ONLY_VARIABLES,
    "reconciler": _ONLY_VARIABLES,
    "module": _ONLY_VARIABLES,
}
_FOREIGN = {
    "data": "Name what is read with its type: data.send_connector.NAME",
    "terraform": "Write reconciler.workspace for the name of the workspace.",
}
_CONSTANTS = {
    **dict.fromkeys(("true", "yes", "on"), "true"),
    **dict.fromkeys(("false", "no", "off"), "false"),
    **dict.fromkeys(("null", "none", "nil", "undefined"), "null"),
}
"""What other languages call them, in small letters."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What can be referred to. `blocks` are the resource blocks by type and name."""

    configuration: Configuration
    types: Mapping[str, ResourceType]
    blocks: Mapping[str, Mapping[str, ResourceBlock]]


def declared(configuration: Configuration, types: Mapping[str, ResourceType]) -> Declared:
    blocks: dict[str, dict[str, ResourceBlock]] = {}
    for block in configuration.resources:
        blocks.setdefault(block.type, {})[block.name] = block
    return Declared(configuration, types, blocks)


def check(reference: Reference, place: Place, known: Declared) -> Iterator[Diagnostic]:
    """What is wrong with one reference: at most one finding."""
    reference = flat(reference)
    root = reference.root
    if root in place.roots:
        yield from _check_root(reference, known)
    elif root == "module" and place.resources:
        yield from check_module(reference, known.configuration)
    elif root in _NOT_HERE:
        yield refused(
            "reference-not-allowed", "Reference not allowed here", _NOT_HERE[root], reference
        )
    elif root in _FOREIGN:
        yield refused(
            "unsupported-reference", "Reference to what does not exist", _FOREIGN[root], reference
        )
    else:
        yield from _check_resource(reference, place, known)


def _check_root(reference: Reference, known: Declared) -> Iterator[Diagnostic]:
    match reference.root:
        case "var":
            yield from _check_name(reference, "variable", known.configuration.variables)
        case "local":
            yield from _check_name(reference, "local value", known.configuration.locals)
        case "self":
            return
        case root:
            yield from _check_attribute(reference, _ATTRIBUTES[root])


def _check_name(
    reference: Reference, noun: str, names: Mapping[str, object]
) -> Iterator[Diagnostic]:
    root, name = reference.root, step(reference, 0)
    if not isinstance(name, str):
        yield refused(
            "incomplete-reference",
            "Incomplete reference",
            f"{root} alone stands for all of its kind. Name one of them: {root}.NAME",
            reference,
        )
    elif name not in names:
        declaration = f'variable "{name}" {{}}' if root == "var" else f"locals {{ {name} = … }}"
        near = meant(name, names)
        yield refused(
            f"undeclared-{noun.replace(' ', '-')}",
            f"Reference to an undeclared {noun}",
            f'There is no {noun} "{name}". {cures(near and f"{root}.{near}", declaration)}',
            reference,
        )


def _check_attribute(reference: Reference, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    root = reference.root
    if step(reference, 0) not in names:
        known = " and ".join(f"{root}.{each}" for each in names)
        yield refused(
            "unsupported-attribute",
            "Unsupported attribute",
            f"{root} cannot be referred to like this. There is: {known}",
            reference,
        )


def _check_resource(reference: Reference, place: Place, known: Declared) -> Iterator[Diagnostic]:
    if reference.root not in known.types and reference.root not in known.blocks:
        yield _unknown_root(reference, known)
        return
    if not place.resources:
        yield refused(
            "reference-not-allowed", "Reference not allowed here", _ONLY_VARIABLES, reference
        )
        return
    name = step(reference, 0)
    if not isinstance(name, str):
        yield refused(
            "incomplete-reference",
            "Incomplete reference",
            f"{reference.root} is a resource type. Name one resource: {reference.root}.NAME",
            reference,
        )
        return
    block = known.blocks.get(reference.root, {}).get(name)
    if block is None:
        yield _undeclared_resource(reference, name, known)
    elif place.own == f"{reference.root}.{name}":
        yield _itself(reference, place)
    else:
        yield from _check_rest(reference, block, known.types.get(block.type))


def _undeclared_resource(reference: Reference, name: str, known: Declared) -> Diagnostic:
    rtype = reference.root
    near = meant(name, known.blocks.get(rtype, {}))
    kind, label = title(rtype)
    cure = cures(near and f"{rtype}.{near}", f'{kind} "{label}" "{name}" {{ … }}')
    return refused(
        "undeclared-resource",
        "Reference to an undeclared resource",
        f'There is no {rtype} "{name}". {cure}',
        reference,
    )


def _itself(reference: Reference, place: Place) -> Diagnostic:
    cure = "Take the reference out, or put what both need into a local value."
    if "self" in place.roots:
        cure = "Write self for the resource itself."
    return refused(
        "self-reference",
        "Reference of a resource to itself",
        f"{place.own} refers to itself, so it could never be computed. {cure}",
        reference,
    )


def _check_rest(
    reference: Reference, block: ResourceBlock, rtype: ResourceType | None
) -> Iterator[Diagnostic]:
    """What comes after the name: an instance key where the block is repeated, an attribute."""
    address = f"{block.type}.{block.name}"
    key = step(reference, 1)
    if block.count is None and block.for_each is None:
        if isinstance(key, int):
            yield refused(
                "unexpected-key",
                "Instance key on a single resource",
                f"{address} has neither count nor for_each, so there is one instance, without a"
                f" key. Write {address} without the index.",
                reference,
            )
        elif key is not None:
            yield from _check_member(reference, str(key), rtype)
    elif block.count is not None and isinstance(key, str):
        yield refused(
            "missing-key",
            "Instance key is missing",
            f"{address} has count, so it stands for a list of instances. Name one of them,"
            f" {address}[0].{key}, or all: {address}[*].{key}",
            reference,
        )
    elif key is not None and isinstance(attribute := step(reference, 2), str):
        yield from _check_member(reference, attribute, rtype)


def _check_member(
    reference: Reference, name: str, rtype: ResourceType | None
) -> Iterator[Diagnostic]:
    if rtype is not None and name not in rtype.by_name:
        cure = did_you_mean(
            name, rtype.by_name, f"See docs/types/{rtype.name}.md for those it has."
        )
        yield refused(
            "unsupported-attribute",
            "Unsupported attribute",
            f'A {rtype.name} has no attribute "{name}". {cure}',
            reference,
        )


def _unknown_root(reference: Reference, known: Declared) -> Diagnostic:
    name = reference.root
    if reference.steps:
        roots = ("var", "local", "path", "each", "count", "self", *known.types)
        listed = f"Resource types are: {', '.join(sorted(known.types))}."
        return refused(
            "unknown-reference",
            "Reference to something unknown",
            f'There is nothing called "{name}". {did_you_mean(name, roots, listed)}',
            reference,
        )
    cure = f'Text stands in quotes: "{name}"'
    if name.lower() in _CONSTANTS:
        cure = f"Did you mean {_CONSTANTS[name.lower()]}? As text it stands in quotes."
    for root, names in (
        ("var", known.configuration.variables),
        ("local", known.configuration.locals),
    ):
        if name in names:
            cure = f"Did you mean {root}.{name}?"
    return refused(
        "bare-word",
        "Word without a meaning",
        f'There is nothing called "{name}". {cure}',
        reference,
    )
