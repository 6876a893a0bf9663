"""Override files: their blocks worked into those of the same name, as text says it, before
anything is decoded. Arguments are replaced, nested blocks are replaced by type, and lifecycle
blocks are merged argument by argument. Conditions stand: no file takes another's checks away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reconciler.config.form import context
from reconciler.config.literals import plain_text
from reconciler.lang.syntax import Block, Body
from reconciler.model.diagnostic import Collector, Diagnostic, error

_Key = tuple[str, ...]
_NAMED = ("data", "module", "output", "resource", "variable")
_CONDITIONS = ("validation", "precondition", "postcondition")


def overridden(
    blocks: Iterable[Block], overriding: Iterable[Block], problems: Collector
) -> tuple[Block, ...]:
    """`blocks` with every one of `overriding` worked in, in order."""
    found = list(blocks)
    places: dict[_Key, int] = {}
    for at, block in enumerate(found):
        for key in _keys(block):
            places.setdefault(key, at)
    for block in overriding:
        problems.extend(replace(each, context=context(block)) for each in _refusals(block))
        if block.type == "reconciler":
            found = [*(_without(base, block) for base in found), block]
        elif block.type == "locals":
            _override_locals(found, places, block, problems)
        elif block.type == "backend":
            _override_backend(found, places, block, problems)
        elif block.type in _NAMED and (place := places.get(_key(block))) is not None:
            found[place] = _merged(found[place], block)
        else:
            problems.add(_nothing_to_override(block))
    return tuple(found)


def _key(block: Block) -> _Key:
    return (block.type, _alias(block)) if block.type == "backend" else (block.type, *block.labels)


def _alias(block: Block) -> str:
    given = (plain_text(a.expr) for a in block.body.arguments if a.name == "alias")
    return next(given, None) or ""


def _keys(block: Block) -> Iterator[_Key]:
    if block.type == "locals":
        yield from (("locals", a.name) for a in block.body.arguments)
    else:
        yield _key(block)


def _without(base: Block, over: Block) -> Block:
    """`base` without what `over` says of the same; a setting may stand in any of its blocks."""
    if base.type != over.type:
        return base
    names = {a.name for a in over.body.arguments}
    types = {b.type for b in over.body.blocks}
    arguments = tuple(a for a in base.body.arguments if a.name not in names)
    blocks = tuple(b for b in base.body.blocks if b.type not in types)
    return replace(base, body=replace(base.body, arguments=arguments, blocks=blocks))


def _override_backend(
    found: list[Block], places: dict[_Key, int], block: Block, problems: Collector
) -> None:
    """One of another kind takes the place of the whole, so that a project can be tried in a lab.
    The default backend is always there, declared or not.
    """
    place = places.get(_key(block))
    if place is not None:
        same = found[place].labels == block.labels
        found[place] = _merged(found[place], block) if same else block
    elif _alias(block):
        problems.add(_nothing_to_override(block))
    else:
        places[_key(block)] = len(found)
        found.append(block)


def _override_locals(
    found: list[Block], places: dict[_Key, int], block: Block, problems: Collector
) -> None:
    for argument in block.body.arguments:
        place = places.get(("locals", argument.name))
        one = replace(block.body, arguments=(argument,), blocks=())
        if place is None:
            problems.add(_nothing_to_override(replace(block, body=one, header=argument.name_span)))
        else:
            found[place] = _merged(found[place], replace(block, body=one))


def _refusals(block: Block) -> Iterator[Diagnostic]:
    for argument in block.body.arguments:
        if argument.name == "depends_on":
            yield error(
                "unsupported-override",
                "Argument cannot be overridden",
                "depends_on cannot be set in an override file, because an order that two"
                " files decide is hard to follow. Set it where the block is declared.",
                argument.name_span,
            )
    for inner in block.body.blocks:
        yield from _refusals(inner)
        if inner.type in _CONDITIONS:
            yield error(
                "unsupported-override",
                "Block cannot be overridden",
                f"{inner.type} blocks cannot stand in an override file, because a check that"
                " another file takes away protects nobody. Write it where the outer block is"
                " declared.",
                inner.header,
            )


def _merged(base: Block, over: Block) -> Block:
    return replace(base, body=_merged_body(base.body, over.body))


def _merged_body(base: Body, over: Body) -> Body:
    arguments = {a.name: a for a in base.arguments} | {a.name: a for a in over.arguments}
    lifecycle = [b for b in base.blocks if b.type == "lifecycle"]
    replaced = {b.type for b in over.blocks}
    kept = [b for b in base.blocks if b.type not in replaced]
    new = [
        _merged(lifecycle[0], b) if b.type == "lifecycle" and lifecycle else b for b in over.blocks
    ]
    return replace(base, arguments=tuple(arguments.values()), blocks=(*kept, *new))


def _nothing_to_override(block: Block) -> Diagnostic:
    what = "local value" if block.type == "locals" else f"{block.type} block"
    detail = (
        f"There is no {what} of this name in the other files, so there is nothing to override."
    )
    if block.type not in (*_NAMED, "backend", "locals"):
        detail = f"Blocks of the type {block.type} cannot stand in an override file."
    return replace(
        error(
            "nothing-to-override",
            "Nothing to override",
            f"{detail} Move it to a file that is neither override.hcl nor *_override.hcl.",
            block.header,
        ),
        context=context(block),
    )
