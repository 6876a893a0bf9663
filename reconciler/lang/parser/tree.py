"""Nodes of the syntax tree, made as the grammar recognises them, from the inside out.

One function a rule of python-hcl2's grammar; each gets the list of what its parts became. A
token that is not yet a node is still a Token. Nothing here recurses.
"""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import SimpleNamespace

from reconciler.lang.parser import brackets, chain, template
from reconciler.lang.parser.brackets import between
from reconciler.lang.parser.scanner import problem_at
from reconciler.lang.parser.tokens import Parts, Token
from reconciler.lang.syntax import (
    Argument,
    Binary,
    Block,
    Body,
    Conditional,
    Expr,
    Literal,
    Name,
    Parens,
    Text,
    Unary,
)
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.span import Span

MAX_DIGITS = 4000


def first(parts: Parts) -> object:
    """Of one part nothing else is made."""
    return parts[0]


def _attribute(parts: Parts) -> Argument:
    name, _equals, value = parts
    span = name.span
    return Argument(name.value, value, span.to(value.span), span)


def _block(parts: Parts) -> Block:
    type_, *labels, brace, items, close = parts
    last = labels[-1] if labels else type_
    return Block(
        type_.value,
        tuple([label.value for label in labels]),
        make_body(items, between(brace, close)),
        between(type_, close),
        between(type_, last),
        tuple([label.span for label in labels]),
    )


def make_body(items: Sequence[Argument | Block], span: Span) -> Body:
    """Raises where two arguments have one name."""
    arguments = tuple([item for item in items if isinstance(item, Argument)])
    blocks = tuple([item for item in items if isinstance(item, Block)])
    if len(arguments) > 1:
        repeated = tuple(duplicates(arguments))
        if repeated:
            raise ReconcilerError(*repeated)
    return Body(arguments, blocks, span)


def duplicates(arguments: Sequence[Argument]) -> list[Diagnostic]:
    """An error for each argument whose name an earlier one has."""
    first: dict[str, int] = {}
    found = []
    for argument in arguments:
        line = first.get(argument.name)
        if line is None:
            first[argument.name] = argument.name_span.line
            continue
        detail = f"{argument.name} already has a value in line {line}. Remove one of the two."
        span = argument.name_span
        found.append(error("duplicate-argument", "Argument given twice", detail, span))
    return found


def _term(parts: Parts) -> Expr:
    if len(parts) > 1:
        return Parens(parts[1], between(parts[0], parts[2]))
    part: Expr | Token = parts[0]
    return _LEAVES[part.type](part) if isinstance(part, Token) else part


def _number(token: Token) -> Literal:
    mantissa, _, exponent = token.value.lower().partition("e")
    if len(mantissa) + abs(int(exponent[:9] or 0)) > MAX_DIGITS:
        raise problem_at(
            token,
            "number-too-large",
            "Number with too many digits",
            f"A number may have {MAX_DIGITS} digits, its exponent counted. Write a shorter one.",
        )
    number = Fraction(token.value.replace(".e", "e").replace(".E", "E"))
    return Literal(number.numerator if number.denominator == 1 else number, token.span)


_LEAVES: Mapping[str, Callable[[Token], Expr]] = {
    "NAME": lambda token: Name(token.value, token.span),
    "TEMPLATE_STRING": lambda token: Text(token.value, token.span),
    "INT_LITERAL": _number,
    "FLOAT_LITERAL": _number,
    "TRUE": lambda token: Literal(value=True, span=token.span),
    "FALSE": lambda token: Literal(value=False, span=token.span),
    "NULL": lambda token: Literal(value=None, span=token.span),
}


def _unary(parts: Parts) -> Expr:
    token: Token = parts[0]
    operand: Expr = parts[1]
    for operator in reversed(token.value):
        operand = Unary(operator, operand, token.span.to(operand.span))
    return operand


def _binary_term(parts: Parts) -> tuple[str, Expr]:
    return parts[0].value, parts[1]


def _binary(parts: Parts) -> Binary:
    left, (operator, right) = parts
    return Binary(operator, left, right, left.span.to(right.span))


def _conditional(parts: Parts) -> Conditional:
    condition, _, then, _, otherwise = parts
    return Conditional(condition, then, otherwise, condition.span.to(otherwise.span))


RULES = SimpleNamespace(
    start=first,
    body=list,
    attribute=_attribute,
    block=_block,
    identifier=first,
    keyword=first,
    literal_value=first,
    int_lit=first,
    float_lit=first,
    template_string=first,
    expr_term=_term,
    unary_op=_unary,
    binary_operator=first,
    binary_term=_binary_term,
    binary_op=_binary,
    conditional=_conditional,
    **brackets.RULES,
    **chain.RULES,
    **template.RULES,
)
