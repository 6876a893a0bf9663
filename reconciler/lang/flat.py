"""Syntax as lists of plain values, for a cache, and back. Quick rather than readable.

A node is [sort, line, column, end line, end column, its fields…]; the path is left out.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from reconciler.lang import syntax as s
from reconciler.model.span import Span

Flat = list[Any]
_Make = Callable[[Flat, Span, str], Any]


def flatten(body: s.Body) -> Sequence[object]:
    """`body` as lists. Raises RecursionError where it is very deep."""
    return _body(body)


def body(flat: Flat, path: str) -> s.Body:
    """The body that `flatten` made `flat` of. Raises one of the LookupErrors, a TypeError or a
    ValueError where it is something else.
    """
    at, arguments, blocks = flat
    return s.Body(
        tuple([_argument(each, path) for each in arguments]),
        tuple([_block(each, path) for each in blocks]),
        Span(path, *at),
    )


def _at(span: Span) -> Flat:
    return [span.line, span.column, span.end_line, span.end_column]


def _body(node: s.Body) -> Flat:
    arguments = [
        [each.name, *_at(each.span), each.name_span.end_column, _flat(each.expr)]
        for each in node.arguments
    ]
    blocks = [
        [
            each.type,
            each.labels,
            _at(each.span),
            _at(each.header),
            [_at(span) for span in each.label_spans],
            _body(each.body),
        ]
        for each in node.blocks
    ]
    return [_at(node.span), arguments, blocks]


def _argument(flat: Flat, path: str) -> s.Argument:
    name, line, column, end_line, end_column, name_end, expr = flat
    return s.Argument(
        name,
        _READ[expr[0]](expr, Span(path, expr[1], expr[2], expr[3], expr[4]), path),
        Span(path, line, column, end_line, end_column),
        Span(path, line, column, line, name_end),
    )


def _block(flat: Flat, path: str) -> s.Block:
    type_, labels, at, header, label_spans, inside = flat
    return s.Block(
        type_,
        tuple(labels),
        body(inside, path),
        Span(path, *at),
        Span(path, *header),
        tuple([Span(path, *each) for each in label_spans]),
    )


def _flat(node: s.Part) -> Flat:
    sort, fields = _WRITE[type(node)]
    span = node.span
    return [sort, span.line, span.column, span.end_line, span.end_column, *fields(node)]


def _some(node: s.Part | None) -> Flat | None:
    return None if node is None else _flat(node)


def _all(nodes: Sequence[s.Part]) -> Flat:
    return [_flat(node) for node in nodes]


def _number(node: s.Literal) -> object:
    value = node.value
    return str(value) if isinstance(value, Fraction) else value


def _call(node: s.Call) -> Flat:
    return [node.name, _all(node.arguments), node.expand, _at(node.name_span)]


def _for(node: s.For) -> Flat:
    parts = [_flat(node.source), _some(node.result_key), _flat(node.result), _some(node.condition)]
    return [node.key, node.value, *parts, node.group]


_WRITE: Mapping[type, tuple[int, Callable[[Any], Flat]]] = {
    s.Literal: (0, lambda n: [_number(n)]),
    s.Text: (1, lambda n: [n.value]),
    s.Name: (2, lambda n: [n.name]),
    s.GetAttr: (3, lambda n: [_flat(n.of), n.name]),
    s.Index: (4, lambda n: [_flat(n.of), _flat(n.key)]),
    s.Splat: (5, lambda n: [_flat(n.of), _flat(n.each), n.full]),
    s.Item: (6, lambda _: []),
    s.Call: (7, _call),
    s.Unary: (8, lambda n: [n.operator, _flat(n.operand)]),
    s.Binary: (9, lambda n: [n.operator, _flat(n.left), _flat(n.right)]),
    s.Conditional: (10, lambda n: _all((n.condition, n.then, n.otherwise))),
    s.Tuple: (11, lambda n: [_all(n.items)]),
    s.Object: (12, lambda n: [[[_flat(k), _flat(v)] for k, v in n.items]]),
    s.For: (13, _for),
    s.Parens: (14, lambda n: [_flat(n.inner)]),
    s.Template: (15, lambda n: [_all(n.parts)]),
    s.TemplateIf: (16, lambda n: [_flat(n.condition), _all(n.then), _all(n.otherwise)]),
    s.TemplateFor: (17, lambda n: [n.key, n.value, _flat(n.source), _all(n.body)]),
}


def _node(flat: Flat, path: str) -> Any:
    return _READ[flat[0]](flat, Span(path, flat[1], flat[2], flat[3], flat[4]), path)


def _nodes(flat: Flat, path: str) -> tuple[Any, ...]:
    return tuple([_node(each, path) for each in flat])


def _maybe(flat: Flat | None, path: str) -> Any:
    return None if flat is None else _node(flat, path)


def _literal(flat: Flat, at: Span, _path: str) -> s.Literal:
    value = flat[5]
    return s.Literal(Fraction(value) if isinstance(value, str) else value, at)


def _read_call(flat: Flat, at: Span, path: str) -> s.Call:
    _, _, _, _, _, name, arguments, expand, name_at = flat
    return s.Call(name, _nodes(arguments, path), expand, at, Span(path, *name_at))


def _read_object(flat: Flat, at: Span, path: str) -> s.Object:
    return s.Object(tuple([(_node(k, path), _node(v, path)) for k, v in flat[5]]), at)


def _read_conditional(flat: Flat, at: Span, path: str) -> s.Conditional:
    condition, then, otherwise = _nodes(flat[5:], path)
    return s.Conditional(condition, then, otherwise, at)


def _read_for(flat: Flat, at: Span, path: str) -> s.For:
    key, value, source, result_key, result, condition, group = flat[5:]
    return s.For(
        key,
        value,
        _node(source, path),
        _maybe(result_key, path),
        _node(result, path),
        _maybe(condition, path),
        group,
        at,
    )


_READ: Sequence[_Make] = (
    _literal,
    lambda f, at, _: s.Text(f[5], at),
    lambda f, at, _: s.Name(f[5], at),
    lambda f, at, path: s.GetAttr(_node(f[5], path), f[6], at),
    lambda f, at, path: s.Index(_node(f[5], path), _node(f[6], path), at),
    lambda f, at, path: s.Splat(_node(f[5], path), _node(f[6], path), f[7], at),
    lambda _, at, __: s.Item(at),
    _read_call,
    lambda f, at, path: s.Unary(f[5], _node(f[6], path), at),
    lambda f, at, path: s.Binary(f[5], _node(f[6], path), _node(f[7], path), at),
    _read_conditional,
    lambda f, at, path: s.Tuple(_nodes(f[5], path), at),
    _read_object,
    _read_for,
    lambda f, at, path: s.Parens(_node(f[5], path), at),
    lambda f, at, path: s.Template(_nodes(f[5], path), at),
    lambda f, at, path: s.TemplateIf(
        _node(f[5], path), _nodes(f[6], path), _nodes(f[7], path), at
    ),
    lambda f, at, path: s.TemplateFor(f[5], f[6], _node(f[7], path), _nodes(f[8], path), at),
)
