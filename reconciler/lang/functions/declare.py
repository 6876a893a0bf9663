"""How a function is declared: its parameters, what it returns, and how it refuses.

Before a function runs, its arguments are converted to the declared types. Unless a parameter says
otherwise a null is refused, marks are taken off (the result gets them back), and an argument that
is not wholly known makes the result unknown, without the function being run at all.
"""

from collections.abc import Callable
from typing import TypeAlias

from reconciler.lang.core import Value
from reconciler.lang.shape import BOOL, DYNAMIC, NUMBER, STRING, Type
from reconciler.model.record import dataclass

Body: TypeAlias = Callable[..., Value]


@dataclass(frozen=True, slots=True)
class Parameter:
    """`null`, `marks`: are let through to the function. `partial`: values with unknown parts
    inside are; `unknown`: even one that is unknown as a whole.
    """

    name: str
    type: Type = DYNAMIC
    null: bool = False
    marks: bool = False
    partial: bool = False
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """`rest` takes any number of further arguments; `returns` is the type of an unknown result;
    `scoped`: the scope comes as first argument, and results are not constants. `metered`: the
    meter does, and they are. `light`: what it costs does not grow with its arguments, and what it
    returns is part of them.
    """

    body: Body
    parameters: tuple[Parameter, ...]
    rest: Parameter | None
    returns: Type
    scoped: bool
    light: bool = False
    metered: bool = False

    @property
    def help(self) -> str:
        return self.body.__doc__ or ""

    def parameter(self, index: int) -> Parameter:
        if index < len(self.parameters):
            return self.parameters[index]
        assert self.rest is not None
        return self.rest


class FunctionError(Exception):
    """Why a function refuses: a phrase without full stop, and the argument (from 0) at fault."""

    def __init__(self, message: str, argument: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.argument = argument


def function(
    *parameters: Parameter,
    rest: Parameter | None = None,
    returns: Type = DYNAMIC,
    scoped: bool = False,
    light: bool = False,
    metered: bool = False,
) -> Callable[[Body], Function]:
    """The decorator that declares a function of the language."""

    def declare(body: Body) -> Function:
        return Function(body, parameters, rest, returns, scoped, light, metered)

    return declare


def string(name: str) -> Parameter:
    return Parameter(name, STRING)


def number(name: str) -> Parameter:
    return Parameter(name, NUMBER)


def boolean(name: str) -> Parameter:
    return Parameter(name, BOOL)


def anything(name: str, *, null: bool = False, partial: bool = False) -> Parameter:
    return Parameter(name, DYNAMIC, null=null, partial=partial)
