"""Templates: text with interpolations and directives, to one string."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from reconciler.lang.code import Build, Code, Program, fold
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
from reconciler.lang.meter import Meter
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
    codes: list[Code] = []

    def noting(expr: Expr) -> Code:
        codes.append(build(expr))
        return codes[-1]

    write = _writer(node.parts, noting)

    def run(scope: Scope) -> Value:
        page = _Page([])
        write(scope, page)
        try:
            return page.value(scope.meter)
        except Fault as fault:
            raise located(fault, node, node, scope) from None

    loops = any(isinstance(part, TemplateFor | TemplateIf) for part in node.parts)
    return Code(run) if loops else fold(run, codes)


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
    def write(scope: Scope, page: _Page) -> None:
        value = program(scope)
        if type(value) is not str:
            try:
                value = page.take(value, STRING, "value of an interpolation")
            except Fault as fault:
                raise located(fault, node, node, scope) from None
        if isinstance(value, str):
            page.written.append(value)
        else:
            page.known = False

    return write


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
