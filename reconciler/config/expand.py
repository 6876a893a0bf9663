"""How often a resource or a module stands: from the values of count and for_each to instance keys."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction

from reconciler.config.blocks import ModuleCall, ResourceBlock
from reconciler.config.data import title
from reconciler.lang import number
from reconciler.lang.core import strip
from reconciler.lang.fault import used
from reconciler.lang.scope import Scope
from reconciler.lang.shape import STRING
from reconciler.lang.syntax import Expr
from reconciler.lang.value import (
    EPHEMERAL,
    SENSITIVE,
    List,
    Map,
    Set,
    Unknown,
    Value,
    is_null,
)
from reconciler.model.address import Key
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.span import Span

MOST_INSTANCES = 100_000

_MAY = {"sensitive": ", or nonsensitive(…) where this one may be", "ephemeral": ""}
_UNKNOWN = frozenset({"unknown-count", "unknown-for-each"})
_CURE = "Use values from the configuration"
_CURES = {
    "for_each": "Use a map whose keys stand in the configuration, as in { a = … }: its values may"
    " be known later. Use values from the configuration in keys and sets"
}

Names = Mapping[str, Value]
Repeatable = ResourceBlock | ModuleCall


def instances(
    block: Repeatable,
    evaluate: Callable[[Expr, Scope], Value],
    scope: Scope,
    problems: Collector,
) -> Mapping[Key, Names] | None:
    """For each instance of `block` in `scope` the names that its expressions see besides those of the
    scope around it (`each`, `count`). None where that cannot be said; the reason is reported.
    """
    try:
        found = _instances(block, lambda expr: evaluate(expr, scope))
    except ReconcilerError as trouble:
        problems.extend(_in_context(d, block) for d in trouble.diagnostics)
        return None
    if isinstance(found, Diagnostic):
        problems.add(_in_context(_with_used(found, block, scope), block))
        return None
    return found


def _with_used(found: Diagnostic, block: Repeatable, scope: Scope) -> Diagnostic:
    """What is not known is shown to be so."""
    culprit = block.count if block.for_each is None else block.for_each
    if culprit is None or found.code not in _UNKNOWN:
        return found
    return replace(found, used=used(culprit, scope))


def _instances(
    block: Repeatable, evaluate: Callable[[Expr], Value]
) -> Mapping[Key, Names] | Diagnostic:
    enabled = block.lifecycle.enabled if isinstance(block, ResourceBlock) else None
    if enabled is not None:
        wanted = switch("enabled", evaluate(enabled), enabled.span)
        if wanted is not True:
            return {} if wanted is False else wanted
    if block.count is not None:
        keys = count_keys(evaluate(block.count), block.count.span)
        return keys if isinstance(keys, Diagnostic) else by_count(keys)
    if block.for_each is not None:
        values = each_values(evaluate(block.for_each), block.for_each.span)
        return values if isinstance(values, Diagnostic) else by_each(values)
    return {None: {}}


def _in_context(found: Diagnostic, block: Repeatable) -> Diagnostic:
    return replace(found, context=context_of(block))


def context_of(block: Repeatable) -> str:
    """The block as diagnostics name it."""
    if isinstance(block, ResourceBlock):
        kind, label = title(block.type)
        return f'{kind} "{label}" "{block.name}"'
    return f'module "{block.name}"'


def repetition(block: Repeatable) -> str:
    """`count`, `for_each` or ""."""
    if block.count is not None:
        return "count"
    return "for_each" if block.for_each is not None else ""


def count_keys(value: Value, span: Span) -> range | Diagnostic:
    """The keys that `count` gives, or why it gives none."""
    bare, found = strip(value)
    if found:
        return _marked("count", found, span)
    if isinstance(bare, Unknown):
        return _unknown("count", span)
    if is_null(bare):
        return _invalid("count", "It is null. Write a whole number, 0 for none.", span)
    whole = _whole(bare)
    if whole is None:
        return _invalid("count", "It must be a whole number, and not negative.", span)
    if whole > MOST_INSTANCES:
        return _too_many("count", span)
    return range(whole)


def each_values(value: Value, span: Span) -> Mapping[str, Value] | Diagnostic:
    """The value of each key that `for_each` gives, or why it gives none."""
    bare, found = strip(value)
    if found:
        return _marked("for_each", found, span)
    if isinstance(bare, Unknown):
        return _unknown("for_each", span)
    if is_null(bare):
        return _invalid("for_each", "It is null. Write {} where nothing is wanted.", span)
    items = _set_values(bare, span) if isinstance(bare, Set) else _map_values(bare, span)
    if not isinstance(items, Diagnostic) and len(items) > MOST_INSTANCES:
        return _too_many("for_each", span)
    return items


def by_count(keys: range) -> Mapping[Key, Names]:
    return {key: {"count": {"index": key}} for key in keys}


def by_each(values: Mapping[str, Value]) -> Mapping[Key, Names]:
    return {key: {"each": {"key": key, "value": value}} for key, value in values.items()}


def switch(argument: str, value: Value, span: Span) -> bool | Diagnostic:
    """The value of a switch of `lifecycle`, or why it has none."""
    bare, found = strip(value)
    if found:
        return _marked(argument, found, span)
    if isinstance(bare, Unknown):
        return _unknown(argument, span)
    if isinstance(bare, str):
        bare = {"true": True, "false": False}.get(bare, bare)
    if isinstance(bare, bool):
        return bare
    return _invalid(argument, "It must be true or false.", span)


def _map_values(value: Value, span: Span) -> Mapping[str, Value] | Diagnostic:
    if isinstance(value, Map):
        return value.items
    if isinstance(value, Mapping):
        return value
    if isinstance(value, tuple | List):
        return _invalid(
            "for_each",
            "It is a list, whose elements have no names that last when one is taken out. Make it"
            " a set of strings with toset(…), or a map with { for x in … : x.name => x }.",
            span,
        )
    return _invalid("for_each", "It must be a map, an object or a set of strings.", span)


def _set_values(value: Set, span: Span) -> Mapping[str, Value] | Diagnostic:
    keys = {item: item for item in value.items if isinstance(item, str)}
    if len(keys) == len(value.items):
        return keys
    if value.element == STRING:
        return _invalid("for_each", "The set holds null. Leave null out of it.", span)
    return _invalid(
        "for_each",
        "The set must hold strings only. Convert its elements: toset([for x in … : tostring(x)]).",
        span,
    )


def _whole(value: Value) -> int | None:
    """`value` as a count; numbers may be written as text, as everywhere in the language."""
    if isinstance(value, str):
        try:
            value = number.parse(value)
        except ValueError:
            return None
    if isinstance(value, Fraction) and value.denominator == 1:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        return None
    return value


def _invalid(argument: str, why: str, span: Span) -> Diagnostic:
    return error(f"invalid-{_dashed(argument)}", f"Invalid {argument}", why, span)


def _unknown(argument: str, span: Span) -> Diagnostic:
    return error(
        f"unknown-{_dashed(argument)}",
        f"Value of {argument} is not known yet",
        f"{argument} depends on something that is known only after apply, so that it cannot be"
        f" planned what there will be. {_CURES.get(argument, _CURE)}, or apply what it"
        " depends on first with -target.",
        span,
    )


def _marked(argument: str, found: frozenset[str], span: Span) -> Diagnostic:
    sort = "ephemeral" if EPHEMERAL in found and SENSITIVE not in found else "sensitive"
    return error(
        f"{sort}-{_dashed(argument)}",
        f"{sort.capitalize()} value in {argument}",
        f"The value comes from {sort} ones, and it would show in the addresses of the instances, or"
        " in whether there are any."
        f" Use values that may be shown{_MAY[sort]}.",
        span,
    )


def _too_many(argument: str, span: Span) -> Diagnostic:
    return error(
        "too-many-instances",
        "Too many instances",
        f"{argument} gives more than {MOST_INSTANCES:,} instances, the most that one block may"
        " have. Split it into several blocks.",
        span,
    )


def _dashed(argument: str) -> str:
    return argument.replace("_", "-")
