"""Tuples and objects from their parts."""

from reconciler.lang.code import Build, Code, fold
from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import Unknown, Value, is_null, make_object, strip, text, with_marks
from reconciler.lang.fault import located
from reconciler.lang.scope import Scope
from reconciler.lang.shape import DYNAMIC, STRING
from reconciler.lang.syntax import (
    Expr,
    Object,
    Tuple,
)
from reconciler.lang.trouble import Fault


def build_tuple(node: Tuple, build: Build) -> Code:
    codes = [build(item) for item in node.items]
    programs = [code.run for code in codes]

    def run(scope: Scope) -> Value:
        return _bounded(node, tuple([program(scope) for program in programs]), scope)

    return fold(run, codes)


def _bounded(node: Expr, value: Value, scope: Scope) -> Value:
    try:
        return scope.meter.make(value)
    except Fault as fault:
        raise located(fault, node, node, scope) from None


def build_object(node: Object, build: Build) -> Code:
    codes = [(build(key), build(item)) for key, item in node.items]
    rows = [(key, *pair) for (key, _), pair in zip(node.items, codes, strict=True)]

    def run(scope: Scope) -> Value:
        members: dict[str, Value] = {}
        seen: frozenset[str] = frozenset()
        unknown = False
        for node_of_key, key, item in rows:
            name, marks = strip(key.run(scope))
            seen |= marks
            value = item.run(scope)
            if type(name) is not str:
                name = _member_name(node_of_key, name, scope)
            if isinstance(name, str):
                members[text(name)] = value
            else:
                unknown = True
        found = Unknown(DYNAMIC) if unknown else make_object(members)
        return with_marks(_bounded(node, found, scope), seen)

    return fold(run, [code for pair in codes for code in pair])


def _member_name(node: Expr, name: Value, scope: Scope) -> Value:
    """A key that is no string yet, as a string or Unknown."""
    fault = Fault("invalid-key", "Null as key", "The key of an element must not be null.")
    try:
        if not is_null(name):
            return convert_value(name, STRING)
    except ConversionError as problem:
        fault = Fault("invalid-key", "Invalid key", f"The key does not fit: {problem}.")
    raise located(fault, node, node, scope)
