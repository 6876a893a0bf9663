"""Expressions as HCL text, with parentheses only where the meaning needs them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reconciler.lang import syntax as s
from reconciler.lang.write_number import number
from reconciler.lang.write_text import escaped, quote

_INDEXES = re.compile(r"(\.[0-9]+)(?=\.[0-9])")  # .0.1 would be read as one number
_WIDTH = 80
_STEP = "  "
_NAME = re.compile(r"[^\W\d][\w-]*\Z")
_LEVELS = ({"||"}, {"&&"}, {"==", "!="}, {"<", ">", "<=", ">="}, {"+", "-"}, {"*", "/", "%"})
_BINDING = {operator: level for level, group in enumerate(_LEVELS) for operator in group}
_LOOSE = (s.Binary, s.Unary, s.Conditional)


def write(expr: s.Part, space: str) -> str:
    """`expr` in HCL; lines after the first begin with `space` and more."""
    return _WRITERS[type(expr)](expr, space)


def aligned(pairs: Sequence[tuple[str, str]]) -> list[str]:
    """`name = value` for each pair, the signs of neighbours on single lines in one column."""
    lines: list[str] = []
    start = 0
    for end, (_, text) in enumerate(pairs, 1):
        if "\n" in text or end == len(pairs):
            run = pairs[start:end]
            width = max(len(name) for name, _ in run)
            lines += [f"{name:{width}} = {text}" for name, text in run]
            start = end
    return lines


def _tight(expr: s.Part, space: str) -> str:
    """`expr` as something that steps may follow."""
    text = write(expr, space)
    return f"({text})" if isinstance(expr, _LOOSE) or text.startswith("-") else text


def _literal(node: s.Literal, _space: str) -> str:
    if node.value is None or isinstance(node.value, bool):
        return str(node.value).lower().replace("none", "null")
    return number(node.value)


def _get_attr(node: s.GetAttr, space: str) -> str:
    return f"{_target(node.of, space, s.Splat)}.{node.name}"


def _target(of: s.Expr, space: str, swallows: type | tuple[type, ...]) -> str:
    """`of` before a step that would otherwise become part of it where it is one of `swallows`."""
    return f"({write(of, space)})" if isinstance(of, swallows) else _tight(of, space)


def _index(node: s.Index, space: str) -> str:
    of = node.of
    full = isinstance(of, s.Splat) and of.full
    target = f"({write(of, space)})" if full else _tight(of, space)
    return f"{target}[{write(node.key, space)}]"


def _splat(node: s.Splat, space: str) -> str:
    of = node.of
    swallowed = isinstance(of, s.Splat) and (of.full or not node.full)
    target = f"({write(of, space)})" if swallowed else _tight(of, space)
    if node.full:
        return f"{target}[*]{write(node.each, space)}"
    return f"{target}.*{_attributes(node.each)}"


def _attributes(each: s.Expr) -> str:
    """The steps of an attribute splat, where an index has no brackets."""
    steps: list[str] = []
    while isinstance(each, s.GetAttr | s.Index):
        steps.append(f".{each.name if isinstance(each, s.GetAttr) else write(each.key, '')}")
        each = each.of
    return _INDEXES.sub(r"\1 ", "".join(reversed(steps)))


def _call(node: s.Call, space: str) -> str:
    arguments = ", ".join([write(each, space) for each in node.arguments])
    return f"{node.name}({arguments}{'...' if node.expand else ''})"


def _unary(node: s.Unary, space: str) -> str:
    if isinstance(node.operand, s.Unary):
        return node.operator + write(node.operand, space)
    return node.operator + _tight(node.operand, space)


def _binary(node: s.Binary, space: str) -> str:
    """A chain to the left may be very long, so it is walked in a loop."""
    text = ""
    while True:
        level = _BINDING[node.operator]
        text = f" {node.operator} {_operand(node.right, space, level + 1)}{text}"
        left = node.left
        if not isinstance(left, s.Binary) or _BINDING[left.operator] < level:
            return _operand(left, space, level) + text
        node = left


def _operand(expr: s.Expr, space: str, level: int) -> str:
    """`expr` beside an operator that leaves it alone if it binds at least as `level` does."""
    text = write(expr, space)
    loose = isinstance(expr, s.Conditional) or (
        isinstance(expr, s.Binary) and _BINDING[expr.operator] < level
    )
    return f"({text})" if loose else text


def _conditional(node: s.Conditional, space: str) -> str:
    condition = _operand(node.condition, space, 0)
    return f"{condition} ? {write(node.then, space)} : {write(node.otherwise, space)}"


def _tuple(node: s.Tuple, space: str) -> str:
    inner = space + _STEP
    flat = ", ".join([write(each, space) for each in node.items])
    if len(flat) <= _WIDTH or len(node.items) == 1:
        return f"[{flat}]"
    lines = "".join([f"{inner}{write(each, inner)},\n" for each in node.items])
    return f"[\n{lines}{space}]"


def _object(node: s.Object, space: str) -> str:
    if not node.items:
        return "{}"
    inner = space + _STEP
    pairs = [(_key(key, inner), write(each, inner)) for key, each in node.items]
    lines = "".join([f"{inner}{line}\n" for line in aligned(pairs)])
    return f"{{\n{lines}{space}}}"


def _key(key: s.Expr, space: str) -> str:
    if isinstance(key, s.Text):
        bare = _NAME.match(key.value) and key.value.isascii() and key.value != "for"
        return key.value if bare else quote(key.value)
    text = write(key, space)
    plain_word = isinstance(key, s.Name) or text in {"true", "false", "null"}
    return f"({text})" if plain_word or isinstance(key, s.Conditional) else text


def _for(node: s.For, space: str) -> str:
    names = node.value if node.key is None else f"{node.key}, {node.value}"
    result = write(node.result, space)
    if node.result_key is not None:
        result = f"{write(node.result_key, space)} => {result}{'...' if node.group else ''}"
    condition = f" if {write(node.condition, space)}" if node.condition is not None else ""
    inside = f"for {names} in {write(node.source, space)} : {result}{condition}"
    return f"[{inside}]" if node.result_key is None else f"{{{inside}}}"


def _template(node: s.Template, space: str) -> str:
    only = len(node.parts) == 1 and isinstance(node.parts[0], s.Text)
    inside = f"${{{write(node.parts[0], space)}}}" if only else _parts(node.parts, space)
    return f'"{inside}"'


def _parts(parts: Sequence[s.Part], space: str) -> str:
    """The parts in a row. Text after text, and empty text, would vanish but for a sequence."""
    written: list[str] = []
    after_text = False
    for part in parts:
        is_text = isinstance(part, s.Text) and part.value != "" and not after_text
        written.append(_part(part, space, is_text=is_text))
        after_text = is_text
    return "".join(written)


def _part(part: s.Part, space: str, *, is_text: bool) -> str:
    if isinstance(part, s.Text) and is_text:
        return escaped(part.value, before_sequence=True)
    if isinstance(part, s.TemplateIf | s.TemplateFor):
        return write(part, space)
    return f"${{{write(part, space)}}}"


def _template_if(node: s.TemplateIf, space: str) -> str:
    otherwise = f"%{{ else }}{_parts(node.otherwise, space)}" if node.otherwise else ""
    then = _parts(node.then, space)
    return f"%{{ if {write(node.condition, space)} }}{then}{otherwise}%{{ endif }}"


def _template_for(node: s.TemplateFor, space: str) -> str:
    names = node.value if node.key is None else f"{node.key}, {node.value}"
    inside = _parts(node.body, space)
    return f"%{{ for {names} in {write(node.source, space)} }}{inside}%{{ endfor }}"


_WRITERS: Mapping[type, Callable[[Any, str], str]] = {
    s.Literal: _literal,
    s.Text: lambda node, _: quote(node.value),
    s.Name: lambda node, _: str(node.name),
    s.GetAttr: _get_attr,
    s.Index: _index,
    s.Splat: _splat,
    s.Item: lambda _, __: "",
    s.Call: _call,
    s.Unary: _unary,
    s.Binary: _binary,
    s.Conditional: _conditional,
    s.Tuple: _tuple,
    s.Object: _object,
    s.For: _for,
    s.Parens: lambda node, space: f"({write(node.inner, space)})",
    s.Template: _template,
    s.TemplateIf: _template_if,
    s.TemplateFor: _template_for,
}
