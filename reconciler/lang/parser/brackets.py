"""What stands in brackets: lists, objects, calls, `for` expressions. Builds their nodes."""

from collections.abc import Callable, Mapping

from reconciler.lang.parser.scanner import problem_at
from reconciler.lang.parser.tokens import Parts, Token
from reconciler.lang.syntax import Call, Expr, For, Literal, Name, Object, Text, Tuple
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.span import Span


def between(first: Token, last: Token) -> Span:
    return Span(first.path, first.line, first.column, last.line, last.end)


def _tuple(parts: Parts) -> Tuple:
    items = tuple([part for part in parts if type(part) is not Token])
    return Tuple(items, between(parts[0], parts[-1]))


def _object(parts: Parts) -> Object:
    items = []
    separated = True
    for part in parts[1:-1]:
        if type(part) is Token:
            separated = True
            continue
        if not separated:
            raise _missing_separator(part[0].span)
        items.append(part)
        separated = False
    return Object(tuple(items), between(parts[0], parts[-1]))


def _missing_separator(span: Span) -> ReconcilerError:
    detail = "The element before this is complete. Put a comma or a line break between the two."
    return ReconcilerError(error("missing-comma", "Missing comma", detail, span))


def _element(parts: Parts) -> tuple[Expr, Expr]:
    return parts[0], parts[2]


def _key(parts: Parts) -> Expr:
    key: Expr | Token = parts[0]
    if isinstance(key, Token):
        raise problem_at(
            key,
            "invalid-for",
            "Incomplete for expression",
            "After { the word for begins a for expression. For a key of that name write "
            '"for" in quotes.',
        )
    if isinstance(key, Name):
        return Text(key.name, key.span)
    if isinstance(key, Literal) and (key.value is None or isinstance(key.value, bool)):
        return Text(str(key.value).lower().replace("none", "null"), key.span)
    return key


def _call(parts: Parts) -> Call:
    name = parts[0]
    inside = parts[2]
    arguments, expand = ((), False) if type(inside) is Token else inside
    return Call(name.value, arguments, expand, between(name, parts[-1]), name.span)


def _arguments(parts: Parts) -> tuple[tuple[Expr, ...], bool]:
    last = parts[-1]
    expand = type(last) is Token and last.type == "ELLIPSIS"
    return tuple([part for part in parts if type(part) is not Token]), expand


def _for_intro(parts: Parts) -> tuple[str | None, str, Expr]:
    names = [part.value for part in parts if type(part) is Token and part.type == "NAME"]
    return (names[0] if len(names) > 1 else None), names[-1], parts[-2]


def _for_tuple(parts: Parts) -> For:
    opener, (key, value, source), result, *rest = parts
    condition = rest[0] if len(rest) > 1 else None
    span = between(opener, parts[-1])
    return For(key, value, source, None, result, condition, group=False, span=span)


def _for_object(parts: Parts) -> For:
    opener, (key, value, source), result_key, _arrow, result, *rest = parts
    group = type(rest[0]) is Token and rest[0].type == "ELLIPSIS"
    conditions = [part for part in rest if type(part) is not Token]
    condition = conditions[0] if conditions else None
    span = between(opener, parts[-1])
    return For(key, value, source, result_key, result, condition, group, span)


def _second(parts: Parts) -> object:
    return parts[1]


RULES: Mapping[str, Callable[[Parts], object]] = {
    "tuple": _tuple,
    "object": _object,
    "object_elem": _element,
    "object_elem_key": _key,
    "function_call": _call,
    "arguments": _arguments,
    "for_intro": _for_intro,
    "for_cond": _second,
    "for_tuple_expr": _for_tuple,
    "for_object_expr": _for_object,
}
