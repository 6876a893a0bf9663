"""Trouble during evaluation: found without a place, then given one, with the values it concerns."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import islice
from typing import Final

from reconciler.lang import access, encode
from reconciler.lang.core import Value, is_known, marks
from reconciler.lang.functions.late import late
from reconciler.lang.limits import holds_at_most
from reconciler.lang.meter import TOO_MUCH
from reconciler.lang.scope import Namespace, Scope
from reconciler.lang.syntax import Expr, GetAttr, Index, Literal, Name, Text
from reconciler.lang.trouble import Fault
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error

_LONGEST: Final = 80
_LONGEST_DETAIL: Final = 1_000
_MOST: Final = 10
_LARGE: Final = 1_000
_INCURABLE: Final = frozenset({"unknown-name", TOO_MUCH})
_Traversal = Name | GetAttr | Index


def located(fault: Fault, culprit: Expr, context: Expr, scope: Scope) -> ReconcilerError:
    """The error to raise for `fault` at `culprit`, with the values that `context` refers to."""
    detail = _shortened(fault.detail)
    if fault.wrong:
        detail += suggestion(fault.wrong, fault.candidates())
    found = error(fault.code, fault.summary, detail, culprit.span)
    return ReconcilerError(_with_used(found, context, scope))


def _shortened(detail: str) -> str:
    """Without the middle of a text that a value has made endless."""
    if len(detail) <= _LONGEST_DETAIL:
        return detail
    return f"{detail[: _LONGEST_DETAIL // 2]} … {detail[-_LONGEST_DETAIL // 2 :]}"


def curable(problem: ReconcilerError) -> ReconcilerError:
    """`problem`, where another value could cure it. Raises it where none could: for a name that
    does not exist, and where the work has become too much.
    """
    if any(each.code in _INCURABLE for each in problem.diagnostics):
        raise problem
    return problem


def suggestion(wrong: str, candidates: Iterable[str]) -> str:
    """` Did you mean "port"?`, or nothing. Does not look for long among many or long names."""
    likely = (name for name in candidates if abs(len(name) - len(wrong)) <= len(wrong))
    few = list(islice(likely, _LARGE)) if len(wrong) <= _LONGEST else []
    close = late("difflib").get_close_matches(wrong, few, n=1)
    return f' Did you mean "{close[0]}"?' if close else ""


def _with_used(found: Diagnostic, context: Expr, scope: Scope) -> Diagnostic:
    return replace(found, used=used(context, scope))


def used(context: Expr, scope: Scope) -> tuple[tuple[str, str], ...]:
    """The values that `context` refers to, as diagnostics carry them."""
    found = dict(pair for each in _traversals(context) for pair in _shown(each, scope))
    return tuple(found.items())[:_MOST]


def _traversals(node: object) -> Iterator[_Traversal]:
    """The longest traversals in a syntax tree, those in the keys of indexes included."""
    if isinstance(node, Name | GetAttr | Index) and label(node) is not None:
        yield node
    elif isinstance(node, tuple):
        for item in node:
            yield from _traversals(item)
    elif is_dataclass(node):
        for part in fields(node):
            yield from _traversals(getattr(node, part.name))


def label(node: Expr) -> str | None:
    """`var.a["x"]` for a traversal with fixed keys, None for what is none."""
    match node:
        case Name():
            return node.name
        case GetAttr():
            base = label(node.of)
            return None if base is None else f"{base}.{node.name}"
        case Index(key=Literal(value=int() as key)):
            base = label(node.of)
            return None if base is None else f"{base}[{key}]"
        case Index(key=Text(value=name)):
            base = label(node.of)
            return None if base is None else f"{base}[{encode.quote(name)}]"
        case _:
            return None


def _shown(node: _Traversal, scope: Scope) -> Iterator[tuple[str, str]]:
    name = label(node)
    try:
        value = _resolve(node, scope)
    except (Fault, ReconcilerError, KeyError):
        return
    if name is not None and not isinstance(value, Namespace):
        yield name, describe(value)


def _resolve(node: Expr, scope: Scope) -> Value | Namespace:
    match node:
        case Name():
            return scope.find(node.name)
        case GetAttr():
            return access.attribute(_resolve(node.of, scope), node.name)
        case Index(key=Literal(value=int() as key)):
            return access.element(access.solid(_resolve(node.of, scope)), key)
        case Index(key=Text(value=name)):
            return access.element(access.solid(_resolve(node.of, scope)), name)
        case _:
            raise KeyError


def describe(value: Value) -> str:
    """A short text for `value` that gives nothing sensitive away."""
    if not holds_at_most(_LARGE, value):
        return "(a large value)"
    if marks(value):
        return "(sensitive)"
    if not is_known(value):
        return "(known after apply)"
    try:
        shown = encode.json_text(value)
    except ValueError:
        shown = "infinity"
    return shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…"
