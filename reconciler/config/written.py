"""Addresses as moved, removed and import blocks write them: parts whose instance keys may be
expressions. Knows neither what is declared nor what an expression is worth.
"""

from reconciler.lang.syntax import Expr, GetAttr, Index, Item, Literal, Name, Splat, Text
from reconciler.model.address import Key
from reconciler.model.record import dataclass
from reconciler.model.span import Span

MODULE = "module"
EVERY_NAME = "*"


@dataclass(frozen=True, slots=True)
class Part:
    """A module call (`kind` is "module") or a resource (`kind` is its type). `name` is "*" for
    every resource of the type; `key` None where none is written.
    """

    kind: str
    name: str
    key: Expr | None


@dataclass(frozen=True, slots=True)
class Written:
    """Module calls, outermost first, and as a rule a resource at the end."""

    parts: tuple[Part, ...]
    span: Span

    @property
    def is_module(self) -> bool:
        return self.parts[-1].kind == MODULE

    @property
    def keys(self) -> tuple[Expr, ...]:
        """Those that are written."""
        return tuple(part.key for part in self.parts if part.key is not None)


def written(expr: Expr) -> Written | None:
    """The address that `expr` is; None where it is anything else."""
    found = _parts(_steps(expr))
    return Written(found, expr.span) if found else None


def _steps(expr: Expr) -> list[str | Index]:
    """Names and indexes from the root on; none where `expr` holds anything else."""
    found: list[str | Index] = []
    while not isinstance(expr, Name):
        match expr:
            case GetAttr(name=name):
                found.append(name)
            case Index():
                found.append(expr)
            case Splat(each=Item(), full=False):
                found.append(EVERY_NAME)
            case _:
                return []
        expr = expr.of
    return [expr.name, *reversed(found)]


def _parts(steps: list[str | Index]) -> tuple[Part, ...]:
    """None where the steps are no address: nothing but modules may have something in it."""
    found: list[Part] = []
    while steps:
        if found and found[-1].kind != MODULE:
            return ()
        match steps:
            case [str(kind), str(name), Index(key=key), *rest]:
                found.append(Part(kind, name, key))
            case [str(kind), str(name), *rest]:
                found.append(Part(kind, name, None))
            case _:
                return ()
        if EVERY_NAME in (kind, name) and kind in (EVERY_NAME, MODULE):
            return ()
        steps = rest
    return tuple(found)


def constant(expr: Expr) -> Key:
    """The key that is written out; None where it must be worked out."""
    match expr:
        case Text(value=text):
            return text
        case Literal(value=int(number)) if not isinstance(number, bool):
            return number
        case _:
            return None
