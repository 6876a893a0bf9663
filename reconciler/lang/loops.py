"""What goes through a collection: for expressions and splats."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from reconciler.lang.code import Build, Code, Program
from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import (
    NO_MARKS,
    List,
    Null,
    Set,
    Unknown,
    Value,
    inside,
    make_object,
    of,
    strip,
    text,
    with_marks,
)
from reconciler.lang.fault import located
from reconciler.lang.scope import Scope
from reconciler.lang.shape import (
    BOOL,
    DYNAMIC,
    STRING,
    ListType,
    Primitive,
    SetType,
    TupleType,
    Type,
)
from reconciler.lang.syntax import Expr, For, Item, Splat
from reconciler.lang.trouble import Fault
from reconciler.lang.turns import scopes
from reconciler.model.diagnostic import ReconcilerError

Apply = Callable[[Value], Value]
ITEM = "*"
"""The name under which a splat's current element stands in the scope: none that can be written."""


class _UnknownResultError(Exception):
    """The result cannot be known yet."""


@dataclass(slots=True)
class _Run:
    """One evaluation of a for expression, and the marks that its result will have."""

    node: For
    scope: Scope
    seen: frozenset[str] = NO_MARKS

    def fail(self, fault: Fault, culprit: Expr, scope: Scope | None = None) -> ReconcilerError:
        return located(fault, culprit, culprit, scope or self.scope)

    def scopes(self, source: Program) -> Iterator[Scope]:
        """A scope for each element."""
        whole, marks = strip(source(self.scope))
        self.seen |= marks
        if isinstance(whole, Unknown):
            raise _UnknownResultError
        yield from scopes(self.node, whole, self.scope)

    def plain(self, value: Value, wanted: Primitive, what: tuple[str, str]) -> Value:
        """`value` as a known `wanted`; its marks become the result's. Raises Fault."""
        if type(value) is str and wanted is STRING:
            return value
        bare, marks = strip(value)
        self.seen |= marks
        code, name = what
        if bare is None or isinstance(bare, Null):
            raise Fault(code, f"Null as {name}", f"The {name} must not be null.")
        try:
            found = convert_value(bare, wanted)
        except ConversionError as problem:
            raise Fault(code, f"Invalid {name}", f"The {name} does not fit: {problem}.") from None
        if isinstance(found, Unknown):
            raise _UnknownResultError
        return found

    def keeps(self, condition: Program, scope: Scope) -> bool:
        culprit = self.node.condition
        assert culprit is not None
        try:
            found = self.plain(condition(scope), BOOL, ("invalid-condition", "condition"))
        except Fault as fault:
            raise self.fail(fault, culprit, scope) from None
        return found is True


def build_for(node: For, build: Build) -> Code:
    source, result = build(node.source).run, build(node.result).run
    condition = None if node.condition is None else build(node.condition).run
    key = None if node.result_key is None else build(node.result_key).run

    def gathered(going: _Run) -> Value:
        inner = going.scopes(source)
        if condition is not None:
            inner = (each for each in inner if going.keeps(condition, each))
        if key is None:
            return tuple(result(each) for each in inner)
        return _object(going, inner, key, result)

    def run(scope: Scope) -> Value:
        going = _Run(node, scope)
        try:
            with scope.meter.loop():
                return with_marks(scope.meter.make(gathered(going)), going.seen)
        except _UnknownResultError:
            return with_marks(Unknown(DYNAMIC), going.seen)
        except Fault as fault:
            raise going.fail(fault, node) from None

    return Code(run)


@dataclass(slots=True)
class _Gathered:
    """The members of an object under construction: single values, or groups of them."""

    group: bool
    members: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, name: str, value: Value, *, hidden: bool) -> None:
        there = self.members.setdefault(name, [])
        if there and not self.group:
            which = "the same sensitive key" if hidden else f'the key "{name}"'
            raise Fault(
                "duplicate-key",
                "Duplicate object key",
                f"Two elements give {which}. If that is meant, put an ellipsis (...) after the "
                "value, which groups the values of each key.",
            )
        there.append(value)

    def value(self) -> Value:
        if self.group:
            return make_object({name: tuple(items) for name, items in self.members.items()})
        return make_object({name: items[0] for name, items in self.members.items()})


def _object(going: _Run, scopes: Iterator[Scope], key: Program, result: Program) -> Value:
    gathered = _Gathered(going.node.group)
    culprit = going.node.result_key
    assert culprit is not None
    for scope in scopes:
        try:
            raw = key(scope)
            name = going.plain(raw, STRING, ("invalid-key", "object key"))
            gathered.add(text(str(name)), result(scope), hidden=bool(strip(raw)[1]))
        except Fault as fault:
            raise going.fail(fault, culprit, scope) from None
    return gathered.value()


def build_item(_node: Item, _build: Build) -> Code:
    def run(scope: Scope) -> Value:
        return scope.find(ITEM)  # type: ignore[return-value]  # only build_splat puts values there

    return Code(run)


def build_splat(node: Splat, build: Build) -> Code:
    source, each = build(node.of).run, build(node.each).run

    def run(scope: Scope) -> Value:
        whole, seen = strip(source(scope))

        def apply(item: Value) -> Value:
            return each(scope.within({ITEM: item}))

        try:
            with scope.meter.loop():
                scope.meter.spend(len(inside(whole)))
                return with_marks(_splat(whole, apply), seen)
        except Fault as fault:
            raise located(fault, node, node, scope) from None

    return Code(run)


def _splat(whole: Value, apply: Apply) -> Value:
    match whole:
        case None | Null():
            return ()
        case tuple():
            return tuple(apply(item) for item in whole)
        case List() | Set():
            return _listed([apply(item) for item in whole.items], whole.element, apply)
        case Unknown():
            return Unknown(_splat_type(whole.type, apply))
        case _:
            return (apply(whole),)


def _listed(items: list[Value], element: Type, apply: Apply) -> Value:
    shapes = {of(item) for item in items} or {_applied(element, apply)}
    return List(shapes.pop(), tuple(items)) if len(shapes) == 1 else tuple(items)


def _applied(element: Type, apply: Apply) -> Type:
    """The type that `apply` gives for elements of type `element`."""
    try:
        return of(apply(Unknown(element)))
    except ReconcilerError:
        return DYNAMIC


def _splat_type(shape: Type, apply: Apply) -> Type:
    if isinstance(shape, ListType | SetType):
        return ListType(_applied(shape.element, apply))
    if isinstance(shape, TupleType):
        return TupleType(tuple(_applied(part, apply) for part in shape.elements))
    return DYNAMIC
