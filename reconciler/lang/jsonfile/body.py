"""A document of JSON as blocks and arguments: labels are nested objects, and an array of objects
stands for several blocks. Which properties are blocks, a Shape tells.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from reconciler.lang.jsonfile import mistakes
from reconciler.lang.jsonfile.document import Array, Member, Object, Scalar, String, Value
from reconciler.lang.jsonfile.expression import expression
from reconciler.lang.jsonfile.shape import Reading, Shape
from reconciler.lang.parser.escapes import composed
from reconciler.lang.syntax import Argument, Block, Body
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

_COMMENT = "//"
_Names = tuple[String, ...]


def root(value: Value, shape: Shape, problems: Collector) -> Body:
    """The blocks of a file. One with a mistake in it is left out. Properties that are none of
    the blocks of `shape` become blocks without labels, for others to refuse.
    """
    if _is_null(value):
        problems.add(mistakes.no_object(value.span))
    blocks: list[Block] = []
    for name, inside in _members(value, problems):
        known = shape.blocks.get(name.value)
        if known is None:
            blocks.append(_block((name,), name.span, Body((), (), inside.span)))
        else:
            blocks += _whole(_blocks((name,), inside, known, problems), problems)
    return Body((), tuple(blocks), value.span)


def _whole(found: Iterable[tuple[Block, Collector]], problems: Collector) -> Iterator[Block]:
    """The blocks that are right; the problems of the others get theirs as their context."""
    for block, own in found:
        if own.found:
            labels = (json.dumps(label, ensure_ascii=False) for label in block.labels)
            where = " ".join((block.type, *labels))
            problems.extend(replace(each, context=where) for each in own)
        if not own.errors:
            yield block


def _blocks(
    names: _Names, value: Value, shape: Shape, problems: Collector
) -> Iterator[tuple[Block, Collector]]:
    """The blocks of the type, and with the labels, in `names`, each with its problems; what is
    wrong with the labels that are to come is for `problems`.
    """
    if len(names) <= shape.labels:
        for name, inside in _labels(names, value, problems):
            yield from _blocks((*names, name), inside, shape, problems)
        return
    several = isinstance(value, Array) and len(value.items) > 1
    for node in _instances(value, problems):
        own = Collector()
        header = _brace(node) if several else names[-1].span
        yield _block(names, header, _body(node, shape, own)), own


def _labels(names: _Names, value: Value, problems: Collector) -> Iterator[Member]:
    before = len(problems.found)
    members = tuple(_members(value, problems))
    if not members and len(problems.found) == before:
        problems.add(mistakes.no_label(names[0].value, value.span))
    yield from members


def _members(value: Value, problems: Collector) -> Iterator[Member]:
    """The members of an object, or of all in an array, without the comments."""
    for each in value.items if isinstance(value, Array) else (value,):
        if isinstance(each, Object):
            yield from (member for member in each.members if member[0].value != _COMMENT)
        elif not _is_null(each) or each is not value:
            problems.add(mistakes.no_object(each.span))


def _instances(value: Value, problems: Collector) -> Iterator[Object]:
    """The object, or each in an array, that is one block; none for null."""
    for each in value.items if isinstance(value, Array) else (value,):
        if isinstance(each, Object):
            yield each
        elif not _is_null(each) or each is not value:
            problems.add(mistakes.no_object(each.span))


def _is_null(value: Value) -> bool:
    return isinstance(value, Scalar) and value.value is None


def _block(names: _Names, header: Span, body: Body) -> Block:
    type_, *labels = names
    return Block(
        composed(type_.value),
        tuple([composed(label.value) for label in labels]),
        body,
        header.to(body.span),
        header,
        tuple([label.span for label in labels]),
    )


def _brace(node: Object) -> Span:
    span = node.span
    return Span(span.path, span.line, span.column, span.line, span.column + 1)


def _body(node: Object, shape: Shape, problems: Collector) -> Body:
    arguments: list[Argument] = []
    blocks: list[Block] = []
    first: dict[str, String] = {}
    for name, value in _members(node, problems):
        inner = shape.blocks.get(name.value)
        if inner is not None:
            for block, own in _blocks((name,), value, inner, problems):
                problems.extend(own)
                blocks.append(block)
        elif (known := first.setdefault(name.value, name)) is not name:
            problems.add(mistakes.twice(name, known))
        else:
            reading = shape.readings.get(name.value, Reading.TEMPLATE)
            arguments.append(_argument(name, value, reading, problems))
    return Body(tuple(arguments), tuple(blocks), node.span)


def _argument(name: String, value: Value, reading: Reading, problems: Collector) -> Argument:
    if not name.value.replace("-", "_").isidentifier() or name.value.startswith("-"):
        problems.add(mistakes.no_name(name))
    expr = expression(value, reading, problems)
    return Argument(composed(name.value), expr, name.span.to(value.span), name.span)
