"""Functions that evaluate templates: one from a file, one from a string."""

from typing import Final

from reconciler.lang.core import Value, strip, with_marks
from reconciler.lang.evaluate import evaluate
from reconciler.lang.functions.declare import FunctionError, Parameter, function, string
from reconciler.lang.functions.files import read_text
from reconciler.lang.functions.maps import members
from reconciler.lang.parse import parse_template
from reconciler.lang.scope import Scope
from reconciler.lang.shape import STRING
from reconciler.model.diagnostic import Collector, ReconcilerError

_INSIDE: Final = "%"
"""Under this name, which nobody can write, the scope of a template says what it is."""
_VARS: Final = Parameter("vars", marks=True, partial=True)


@function(string("path"), _VARS, scoped=True)
def templatefile(scope: Scope, path: str, names: Value) -> Value:
    """The template in a file, evaluated with the given names."""
    return _render(read_text(scope, path), path, names, scope)


@function(Parameter("template", STRING), _VARS, scoped=True)
def templatestring(scope: Scope, template: str, names: Value) -> Value:
    """The template in a string, evaluated with the given names."""
    return _render(template, "<template>", names, scope)


def _render(template: str, path: str, names: Value, scope: Scope) -> Value:
    if _inside_template(scope):
        raise FunctionError("a template cannot evaluate another one")
    bare, seen = strip(names)
    problems = Collector()
    expr = parse_template(template, path, problems)
    problems.stop_on_errors()
    if expr is None:
        raise ReconcilerError(*problems.found)
    names_inside = {**members(bare, 1), _INSIDE: True}
    inner = Scope(names_inside, None, scope.base, scope.root, scope.time, scope.meter, scope.reads)
    return with_marks(evaluate(expr, inner), seen)


def _inside_template(scope: Scope) -> bool:
    try:
        scope.find(_INSIDE)
    except KeyError:
        return False
    return True
