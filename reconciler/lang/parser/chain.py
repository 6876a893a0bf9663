"""What follows a value: `.name`, `[key]`, `[*]`, `.*`. Builds the nodes of traversals and splats."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from reconciler.lang.parser.tokens import Parts
from reconciler.lang.syntax import Expr, GetAttr, Index, Item, Literal, Splat
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span


@dataclass(frozen=True, slots=True)
class Attr:
    """`.name`."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class Key:
    """`[key]`, or `.0` where `legacy`."""

    key: Expr
    legacy: bool
    span: Span


Step: TypeAlias = Attr | Key

_MAX_SPLATS = 50


@dataclass(frozen=True, slots=True)
class Star:
    """`[*]` or `.*`, with the steps that the grammar hangs to it."""

    steps: Sequence[Step]
    span: Span


def apply(of: Expr, steps: Sequence[Step]) -> Expr:
    """`of` with the steps after it, left to right."""
    for step in steps:
        span = of.span.to(step.span)
        match step:
            case Attr():
                of = GetAttr(of, step.name, span)
            case Key():
                of = Index(of, step.key, span)
    return of


def _attr(parts: Parts) -> Attr:
    dot, name = parts
    return Attr(name.value, dot.span.to(name.span))


def _bracket(parts: Parts) -> Key:
    opener, key, close = parts
    return Key(key, legacy=False, span=opener.span.to(close.span))


def _legacy(parts: Parts) -> Key:
    dot, number = parts
    return Key(Literal(int(number.value), number.span), legacy=True, span=dot.span.to(number.span))


def _step(parts: Parts) -> Expr:
    of, step = parts
    return apply(of, (step,))


def _star(parts: Parts) -> Star:
    return Star(parts[1:], parts[0].span)


def _full(parts: Parts) -> Expr:
    of, star = parts
    each = apply(Item(star.span), star.steps)
    return _splat(of, each, full=True)


def _splat(of: Expr, each: Expr, *, full: bool) -> Expr:
    """A full splat repeats the whole rest of its chain, so a later splat goes into an earlier."""
    outer: list[Splat] = []
    while isinstance(of, Splat) and of.full:
        outer.append(of)
        of = of.each
    if len(outer) > _MAX_SPLATS:
        raise ReconcilerError(
            error(
                "nested-too-deep",
                "Nested too deep",
                f"A chain may hold {_MAX_SPLATS} splats. Move a part of it into a local value.",
                of.span,
            )
        )
    each = Splat(of, each, full, of.span.to(each.span))
    for splat in reversed(outer):
        each = Splat(splat.of, each, full=True, span=splat.span.to(each.span))
    return each


def _attr_splat(parts: Parts) -> Expr:
    """An attribute splat ends before the first bracket; what follows is for its result."""
    of, star = parts
    if _innermost(of):
        raise ReconcilerError(
            error(
                "nested-splat",
                "Splat inside an attribute splat",
                "After .* another splat cannot follow. Write [*] for both.",
                star.span,
            )
        )
    ends = [at for at, step in enumerate(star.steps) if isinstance(step, Key) and not step.legacy]
    end = ends[0] if ends else len(star.steps)
    each = apply(Item(star.span), star.steps[:end])
    return apply(_splat(of, each, full=False), star.steps[end:])


def _innermost(of: Expr) -> bool:
    """Whether `of` ends in an attribute splat."""
    while isinstance(of, Splat) and of.full:
        of = of.each
    return isinstance(of, Splat)


RULES: Mapping[str, Callable[[Parts], object]] = {
    "get_attr": _attr,
    "braces_index": _bracket,
    "short_index": _legacy,
    "index_expr_term": _step,
    "get_attr_expr_term": _step,
    "attr_splat": _star,
    "full_splat": _star,
    "attr_splat_expr_term": _attr_splat,
    "full_splat_expr_term": _full,
}
