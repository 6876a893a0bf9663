"""Templates: text with interpolations and directives, to one string."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reconciler.lang import number
from reconciler.lang.code import Build, Code, Program, constant, fold
from reconciler.lang.convert import ConversionError, convert_value
from reconciler.lang.core import (
    NO_MARKS,
    Null,
    Unknown,
    Value,
    marks,
    strip,
    text,
    with_marks,
)
from reconciler.lang.fault import located
from reconciler.lang.meter import SHORT, Meter
from reconciler.lang.scope import Scope
from reconciler.lang.shape import BOOL, STRING, Primitive
from reconciler.lang.syntax import Expr, Part, Template, TemplateFor, TemplateIf, Text
from reconciler.lang.trouble import Fault
from reconciler.lang.turns import scopes


@dataclass(slots=True)
class _Page:
    """What has been written so far, the marks that it carries, and whether all of it is known."""

    written: list[str]
    seen: frozenset[str] = NO_MARKS
    known: bool = True

    def value(self, meter: Meter) -> Value:
        result: Value = Unknown(STRING)
        if self.known:
            result = meter.make(text("".join(self.written)))
        return with_marks(result, self.seen)

    def take(self, value: Value, wanted: Primitive, what: str) -> Value:
        """`value` as `wanted` or Unknown, its marks noted. Raises Fault."""
        self.seen |= marks(value)
        bare = strip(value)[0]
        if bare is None or isinstance(bare, Null):
            raise Fault("null-value", f"Null as {what}", f"The {what} must not be null.")
        try:
            return convert_value(bare, wanted)
        except ConversionError as problem:
            raise Fault(
                "invalid-template-value",
                f"Invalid {what}",
                f"The {what} does not fit: {problem}.",
            ) from None


Writer: TypeAlias = Callable[[Scope, _Page], None]


def build_template(node: Template, build: Build) -> Code:
    if len(node.parts) == 1 and not isinstance(node.parts[0], TemplateIf | TemplateFor):
        return build(node.parts[0])
    parts = [each for each in node.parts if not isinstance(each, TemplateFor | TemplateIf)]
    if len(parts) < len(node.parts):
        return Code(_directed(node, _writer(node.parts, build)))
    codes = [constant(part.value) if isinstance(part, Text) else build(part) for part in parts]
    return fold(_joined(node, parts, codes), codes)


def _directed(node: Template, write: Writer) -> Program:
    def run(scope: Scope) -> Value:
        page = _Page([])
        write(scope, page)
        return _finished(node, page, scope)

    return run


def _joined(node: Template, parts: Sequence[Expr], codes: Sequence[Code]) -> Program:
    """What most templates are: strings in a row, without directives."""
    pieces = [(part, code.run) for part, code in zip(parts, codes, strict=True)]

    def run(scope: Scope) -> Value:
        page = _Page([])
        is_plain = True
        for part, program in pieces:
            value = program(scope)
            if type(value) is int:
                value = number.write(value)
            if type(value) is str:
                page.written.append(value)
            else:
                is_plain = False
                _put(page, part, value, scope)
        joined = "".join(page.written)
        if is_plain and joined.isascii() and len(joined) <= SHORT and not scope.meter.each:
            return joined
        return _finished(node, page, scope)

    return run


def _finished(node: Template, page: _Page, scope: Scope) -> Value:
    try:
        return page.value(scope.meter)
    except Fault as fault:
        raise located(fault, node, node, scope) from None


def _writer(parts: Sequence[Part], build: Build) -> Writer:
    writers = [_part(part, build) for part in parts]

    def write(scope: Scope, page: _Page) -> None:
        for each in writers:
            each(scope, page)

    return write


def _part(part: Part, build: Build) -> Writer:
    match part:
        case Text():
            return _literal(part.value)
        case TemplateIf():
            return _if(part, build)
        case TemplateFor():
            return _for(part, build)
        case _:
            return _interpolation(part, build(part).run)


def _literal(value: str) -> Writer:
    return lambda _, page: page.written.append(value)


def _interpolation(node: Expr, program: Program) -> Writer:
    return lambda scope, page: _put(page, node, program(scope), scope)


def _put(page: _Page, node: Expr, value: Value, scope: Scope) -> None:
    """Writes the value of the interpolation `node`."""
    if type(value) is not str:
        try:
            value = page.take(value, STRING, "value of an interpolation")
        except Fault as fault:
            raise located(fault, node, node, scope) from None
    if isinstance(value, str):
        page.written.append(value)
    else:
        page.known = False


def _if(node: TemplateIf, build: Build) -> Writer:
    condition = build(node.condition).run
    then, otherwise = _writer(node.then, build), _writer(node.otherwise, build)

    def write(scope: Scope, page: _Page) -> None:
        try:
            holds = page.take(condition(scope), BOOL, "condition")
        except Fault as fault:
            raise located(fault, node.condition, node.condition, scope) from None
        if isinstance(holds, Unknown):
            page.known = False
        else:
            (then if holds else otherwise)(scope, page)

    return write


def _for(node: TemplateFor, build: Build) -> Writer:
    source, body = build(node.source).run, _writer(node.body, build)

    def write(scope: Scope, page: _Page) -> None:
        whole, seen = strip(source(scope))
        page.seen |= seen
        if isinstance(whole, Unknown):
            page.known = False
            return
        with scope.meter.loop():
            for inner in scopes(node, whole, scope):
                body(inner, page)

    return write
