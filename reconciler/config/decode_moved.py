"""Moved blocks: from which address to which, and whether the two go together."""

from collections.abc import Iterator

from reconciler.config import form
from reconciler.config.blocks import MovedBlock
from reconciler.config.written import EVERY_NAME, Written, constant, written
from reconciler.lang.syntax import Argument, Block
from reconciler.model.diagnostic import Collector, Diagnostic, error

_MOVED = form.Form(
    example="moved {\n  from = send_connector.old\n  to   = send_connector.new\n}",
    arguments=("from", "to", "for_each"),
    required=("from", "to"),
    hints={"count": 'Repeat it by keys: for_each = toset(["a", "b"])'},
)


def moved(block: Block, problems: Collector) -> MovedBlock | None:
    given = form.read(block, _MOVED, problems)
    if not given.keys() >= {"from", "to"}:
        return None
    origin, to = (address(given[name], problems) for name in ("from", "to"))
    if origin is None or to is None:
        return None
    each = given.get("for_each")
    before = len(problems.found)
    problems.extend(mismatches(origin, to))
    if each is None:
        problems.extend((*keys_without_each(origin), *keys_without_each(to)))
    if len(problems.found) > before:
        return None
    return MovedBlock(origin, to, each.expr if each else None, block.header)


def address(argument: Argument, problems: Collector) -> Written | None:
    """What `argument` says, which may be anything that has an address."""
    found = written(argument.expr)
    if found is None:
        problems.add(
            error(
                "invalid-address",
                "Not an address",
                f'"{argument.name}" takes the address of a resource or of a module, without quotes:'
                ' send_connector.a, send_connector.a["key"], module.a, module.a.send_connector.b',
                argument.expr.span,
            )
        )
    return found


def keys_without_each(given: Written) -> Iterator[Diagnostic]:
    """Keys that must be worked out, where nothing repeats the block."""
    for key in given.keys:
        if constant(key) is None:
            yield error(
                "key-not-constant",
                "Instance key is not written out",
                'Without for_each, keys are written out: ["key"] or [0]. To name several'
                " instances, give the block a for_each and write [each.key].",
                key.span,
            )


def mismatches(origin: Written, to: Written) -> Iterator[Diagnostic]:
    """What is wrong with the pair."""
    if origin.is_module is not to.is_module:
        yield error(
            "move-of-unlike",
            "A module and a resource in one move",
            "from and to must both be addresses of resources, or both of modules. Write the"
            " resource on both sides.",
            to.span,
        )
    elif not origin.is_module and origin.parts[-1].kind != to.parts[-1].kind:
        yield error(
            "move-to-another-type",
            "Move to another resource type",
            f"An object stays of the type {origin.parts[-1].kind}, whatever it is called, so it"
            f" cannot become a {to.parts[-1].kind}. Give both addresses the same type.",
            to.span,
        )
    elif _stars(origin) != _stars(to):
        yield error(
            "move-pattern",
            "Patterns that do not go together",
            "Each * in to stands for what the * in the same place of from has matched, so that"
            " both need the same number of them, in keys and as the name.",
            to.span,
        )


def _stars(given: Written) -> tuple[bool, int]:
    """Whether the name is one, and how many there are in keys."""
    texts = (constant(key) for key in given.keys)
    found = sum(text.count("*") for text in texts if isinstance(text, str))
    return given.parts[-1].name == EVERY_NAME, found
