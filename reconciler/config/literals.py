"""Arguments that must be written out plainly, because they are needed before anything is evaluated."""

from collections.abc import Iterable, Iterator, Mapping

from reconciler.lang.syntax import (
    Argument,
    Expr,
    GetAttr,
    Index,
    Literal,
    Name,
    Parens,
    Template,
    Text,
    Tuple,
)
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.span import Span


def boolean(argument: Argument | None, problems: Collector, *, default: bool) -> bool:
    """The value of `argument`, `default` where it is not given."""
    if argument is None:
        return default
    expr = unwrap(argument.expr)
    if isinstance(expr, Literal) and isinstance(expr.value, bool):
        return expr.value
    if (word := plain_text(expr)) in {"true", "false"}:
        return word == "true"
    problems.add(
        error(
            "not-a-literal",
            "A literal value is needed",
            f'"{argument.name}" is needed before anything is evaluated. Write true or false'
            " there, not an expression.",
            argument.expr.span,
        )
    )
    return default


def text(argument: Argument | None, problems: Collector) -> str | None:
    """The text of `argument`; None where it is not given or is not plain text."""
    if argument is None:
        return None
    found = plain_text(argument.expr)
    if found is None:
        problems.add(
            error(
                "not-a-literal",
                "A literal value is needed",
                f'"{argument.name}" is needed before anything is evaluated. Write it as quoted'
                " text without ${…} inside.",
                argument.expr.span,
            )
        )
    return found


def expression(given: Mapping[str, Argument], name: str) -> Expr | None:
    argument = given.get(name)
    return None if argument is None else argument.expr


def count_and_for_each(what: str, span: Span) -> Diagnostic:
    return error(
        "count-and-for-each",
        "Both count and for_each",
        f"A {what} is repeated by a number (count) or by keys (for_each), not by both."
        " Take one of them out.",
        span,
    )


def plain_text(expr: Expr) -> str | None:
    expr = unwrap(expr)
    if isinstance(expr, Text):
        return expr.value
    if isinstance(expr, Template):
        parts = [part.value for part in expr.parts if isinstance(part, Text)]
        return "".join(parts) if len(parts) == len(expr.parts) else None
    return None


def unwrap(expr: Expr) -> Expr:
    while isinstance(expr, Parens):
        expr = expr.inner
    return expr


def traversals(argument: Argument | None, problems: Collector, example: str) -> tuple[Expr, ...]:
    """The elements of a list that holds nothing but references, such as `example`."""
    items = elements(argument, problems, example)
    return tuple(_references(argument, items, problems, example)) if argument else ()


def elements(argument: Argument | None, problems: Collector, example: str) -> tuple[Expr, ...]:
    """The elements of a list that should hold references, such as `example`."""
    if argument is None:
        return ()
    if not isinstance(argument.expr, Tuple):
        problems.add(
            error(
                "not-a-list",
                "A list is needed",
                f'"{argument.name}" must be a list of references in brackets. Write for'
                f" example: {argument.name} = [{example}]",
                argument.expr.span,
            )
        )
        return ()
    return argument.expr.items


def _references(
    argument: Argument, items: Iterable[Expr], problems: Collector, example: str
) -> Iterator[Expr]:
    for item in items:
        if traversal(item) is not None:
            yield item
            continue
        quoted = plain_text(item)
        cure = f"Write it without quotes: {quoted}" if quoted else f"Write for example {example}."
        problems.add(
            error(
                "not-a-reference",
                "A reference is needed",
                f'"{argument.name}" takes references only, no calculations, function calls or'
                f" text. {cure}",
                item.span,
            )
        )


def traversal(expr: Expr) -> tuple[str | int, ...] | None:
    """The steps of `a.b["c"][0]`, root first; None where `expr` is anything else."""
    steps: list[str | int] = []
    while not isinstance(expr, Name):
        if isinstance(expr, GetAttr):
            steps.append(expr.name)
        elif isinstance(expr, Index) and (key := _key(expr.key)) is not None:
            steps.append(key)
        else:
            return None
        expr = expr.of
    return (expr.name, *reversed(steps))


def _key(expr: Expr) -> str | int | None:
    if isinstance(expr, Literal) and isinstance(expr.value, int):
        return None if isinstance(expr.value, bool) else expr.value
    return expr.value if isinstance(expr, Text) else None
