"""Templates put together: strip markers are done, `<<-` indentation and directives are not.

Gets the pieces in their order, as tokens and expressions; answers with a Text or a Template.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TypeAlias

from reconciler.lang.parser.tokens import Parts, Token
from reconciler.lang.syntax import Expr, Part, Template, TemplateFor, TemplateIf, Text
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True)
class Directive:
    """`%{ … }`: `expr` of an if or for, `names` (key or None, value) of a for."""

    word: str
    span: Span
    expr: Expr | None = None
    names: tuple[str | None, str] = (None, "")


@dataclass(slots=True)
class _Open:
    """A directive that waits for its end, with what stands inside it so far."""

    start: Directive | None
    then: list[Part] = field(default_factory=list)
    otherwise: list[Part] | None = None

    @property
    def inside(self) -> list[Part]:
        return self.then if self.otherwise is None else self.otherwise


Piece: TypeAlias = Token | Expr | Directive


def _string(parts: Parts) -> Expr:
    opener, *pieces, close = parts
    if opener.value == "<<-":
        _dedent(pieces)
    span = opener.span.to(close.span)
    inside = _assemble(pieces)
    if not inside:
        return Text("", span)
    if len(inside) == 1 and type(pieces[0]) is Token:
        only = inside[0]
        assert isinstance(only, Text)
        return Text(only.value, span)
    return Template(inside, span)


def _dedent(pieces: Sequence[Piece]) -> None:
    """Takes the smallest indentation from every line.

    Blank lines do not count and stay as they are; a line that begins with a template sequence
    counts as not indented; text that goes on after a sequence begins no line.
    """
    lines = [_LINE.findall(piece.value) if isinstance(piece, Token) else None for piece in pieces]
    least = min(_indents(lines), default=0)
    newline = True
    for piece, texts in zip(pieces, lines, strict=True):
        if not isinstance(piece, Token) or texts is None:
            newline = False
            continue
        piece.value = "".join(
            [
                text[least:] if (at or newline) and not _is_blank(text) else text
                for at, text in enumerate(texts)
            ]
        )
        newline = texts[-1].endswith("\n") if texts else newline


def _indents(lines: Iterable[Sequence[str] | None]) -> Iterator[int]:
    """How far each line is indented that is not blank."""
    newline = True
    for texts in lines:
        if texts is None:
            if newline:
                yield 0
            newline = False
            continue
        for text in texts:
            if newline and not _is_blank(text):
                yield len(text) - len(text.lstrip())
            newline = text.endswith("\n")


def _is_blank(text: str) -> bool:
    return text.endswith("\n") and not text.strip()


def _assemble(pieces: Iterable[Piece]) -> tuple[Part, ...]:
    """The tree of the directives. Raises where they do not pair."""
    stack = [_Open(None)]
    for piece in pieces:
        if isinstance(piece, Token):
            stack[-1].inside.append(Text(piece.value, piece.span))
        elif isinstance(piece, Directive):
            _DIRECTIVES[piece.word](stack, piece)
        else:
            stack[-1].inside.append(piece)
    start = stack[-1].start
    if start is not None:
        raise _unbalanced(start, f"%{{ {start.word} }} has no %{{ end{start.word} }}. Add it.")
    return tuple(stack[0].then)


def _unbalanced(directive: Directive, detail: str) -> ReconcilerError:
    summary = "Template directives do not pair"
    return ReconcilerError(error("unbalanced-directive", summary, detail, directive.span))


def _start(stack: list[_Open], directive: Directive) -> None:
    stack.append(_Open(directive))


def _else(stack: list[_Open], directive: Directive) -> None:
    top = stack[-1]
    if top.start is None or top.start.word != "if" or top.otherwise is not None:
        raise _unbalanced(directive, "This else belongs to no if. Remove it.")
    top.otherwise = []


def _end(stack: list[_Open], directive: Directive) -> None:
    top = stack[-1]
    word = directive.word.removeprefix("end")
    if top.start is None or top.start.word != word:
        raise _unbalanced(directive, f"This {directive.word} ends no {word}. Remove it.")
    stack.pop()
    stack[-1].inside.append(_closed(top, top.start, directive))


def _closed(top: _Open, start: Directive, end: Directive) -> Part:
    assert start.expr is not None
    span = start.span.to(end.span)
    if start.word == "if":
        return TemplateIf(start.expr, tuple(top.then), tuple(top.otherwise or ()), span)
    key, value = start.names
    return TemplateFor(key, value, start.expr, tuple(top.then), span)


_DIRECTIVES: Mapping[str, Callable[[list[_Open], Directive], None]] = {
    "if": _start,
    "for": _start,
    "else": _else,
    "endif": _end,
    "endfor": _end,
}


def _interpolation(parts: Parts) -> Expr:
    inside: Expr = parts[1]
    return inside


def _bare(parts: Parts) -> Directive:
    return Directive(parts[1].value, parts[0].span.to(parts[-1].span))


def _if(parts: Parts) -> Directive:
    return Directive("if", parts[0].span.to(parts[-1].span), parts[2])


def _for(parts: Parts) -> Directive:
    names = [part.value for part in parts[:-1] if type(part) is Token and part.type == "NAME"]
    key = names[0] if len(names) > 1 else None
    span = parts[0].span.to(parts[-1].span)
    return Directive("for", span, parts[-2], (key, names[-1]))


def _piece(parts: Parts) -> Piece:
    piece: Piece = parts[0]
    return piece


RULES: Mapping[str, Callable[[Parts], object]] = {
    "string": _string,
    "string_part": _piece,
    "interpolation": _interpolation,
    "template_if_start": _if,
    "template_else": _bare,
    "template_endif": _bare,
    "template_for_start": _for,
    "template_endfor": _bare,
}
