"""Values of JSON as expressions: the same nodes that HCL would give."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from reconciler.lang.jsonfile import mistakes, strings
from reconciler.lang.jsonfile.document import Array, Object, Scalar, String, Value
from reconciler.lang.jsonfile.shape import Reading
from reconciler.lang.parse import parse_expression, parse_template
from reconciler.lang.parser.escapes import composed
from reconciler.lang.syntax import (
    Expr,
    Literal,
    Template,
    TemplateFor,
    TemplateIf,
    Text,
    Tuple,
    Unary,
)
from reconciler.lang.syntax import Object as ObjectExpr
from reconciler.model.diagnostic import Collector


def expression(value: Value, reading: Reading, problems: Collector) -> Expr:
    """`value` with its strings read so. Something stands for a string that is wrong, too."""
    match value:
        case String():
            return _STRINGS[reading](value, problems)
        case Scalar():
            return _scalar(value)
        case Array(items=items, span=span):
            return Tuple(tuple([expression(item, reading, problems) for item in items]), span)
        case Object():
            return _object(value, reading, problems)


def _scalar(node: Scalar) -> Expr:
    value = node.value
    if isinstance(value, int | Fraction) and value < 0:
        return Unary("-", Literal(-value, node.span), node.span)
    return Literal(value, node.span)


def _object(node: Object, reading: Reading, problems: Collector) -> Expr:
    problems.extend(mistakes.repeated(node))
    key = _template if reading is Reading.TEMPLATE else _text
    items = [(key(name, problems), expression(v, reading, problems)) for name, v in node.members]
    return ObjectExpr(tuple(items), node.span)


def _text(node: String, _problems: Collector) -> Expr:
    return Text(composed(node.value), node.span)


def _template(node: String, problems: Collector) -> Expr:
    if "${" not in node.value and "%{" not in node.value:
        return _text(node, problems)
    found = parse_template(node.value, node.span.path, problems, strings.place(node))
    if isinstance(found, Template):
        return Template(found.parts, node.span)
    return Text(found.value if isinstance(found, Text) else "", node.span)


def _value(node: String, problems: Collector) -> Expr:
    """A template; for one that is a single `${…}` and nothing else, what stands inside it."""
    found = _template(node, problems)
    if isinstance(found, Template) and len(found.parts) == 1:
        only = found.parts[0]
        return found if isinstance(only, TemplateIf | TemplateFor) else only
    return found


def _expression(node: String, problems: Collector) -> Expr:
    found = None
    if node.value.lstrip().startswith("${"):
        problems.add(mistakes.no_template(node.span))
    else:
        found = parse_expression(node.value, node.span.path, problems, strings.place(node))
    return found or _text(node, problems)


_STRINGS: Mapping[Reading, Callable[[String, Collector], Expr]] = {
    Reading.TEMPLATE: _value,
    Reading.LITERAL: _text,
    Reading.EXPRESSION: _expression,
}
