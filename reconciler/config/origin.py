"""Where the value of an expression is written: through locals, variables and modules to the place
where somebody would have to change it.
"""

from collections.abc import Iterator

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.literals import traversal, unwrap
from reconciler.config.sites import sites
from reconciler.lang.references import references
from reconciler.lang.syntax import Expr
from reconciler.model.address import ModulePath
from reconciler.model.record import dataclass
from reconciler.model.span import Span

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Origin:
    """`what` says in words where the value is from, `span` where that stands; `uses` counts the
    expressions that use the last name on the way, 0 where there is none.
    """

    what: str
    span: Span
    uses: int = 0


def origin(project: Configuration, block: ResourceBlock, expr: Expr) -> Origin:
    """The origin of `expr`, an argument of `block`."""
    modules = {one.path: one for one in project.whole()}
    found = Origin("an expression that works it out", expr.span)
    module = block.module
    for _ in range(_LONGEST):
        steps = traversal(unwrap(expr)) or ("",)
        name = str(steps[1]) if len(steps) > 1 else ""
        here = modules[module]
        if steps[0] == "local" and name in here.locals:
            expr = here.locals[name].expr
            found = Origin(f"local.{name}", here.locals[name].span, _uses(here, "local", name))
        elif steps[0] == "var" and name in here.variables:
            passed = _passed(modules, module, name)
            if passed is None:
                return _outside(here, name)
            expr, module = passed, module[:-1]
            found = Origin(f"var.{name}, which the module is given", expr.span)
        else:
            return _last(block, steps, found)
    return found


def _last(block: ResourceBlock, steps: tuple[str | int, ...], found: Origin) -> Origin:
    if steps[0] == "each" and block.for_each is not None:
        return Origin("for_each", block.for_each.span)
    return found


def _passed(
    modules: dict[ModulePath, Configuration], module: ModulePath, name: str
) -> Expr | None:
    """What the call of the module gives the variable; None where nothing does."""
    if not module:
        return None
    call = modules[module[:-1]].modules[module[-1][0]]
    argument = call.arguments.get(name)
    return None if argument is None else argument.expr


def _outside(here: Configuration, name: str) -> Origin:
    variable = here.variables[name]
    place = "its default" if variable.default is not None else "its declaration"
    what = f"var.{name}, whose value is {place} or comes from outside (-var, a file of values)"
    span = variable.span if variable.default is None else variable.default.span
    return Origin(what, span, _uses(here, "var", name))


def _uses(here: Configuration, root: str, name: str) -> int:
    return sum(_mentions(expr, root, name) for expr in _expressions(here))


def _expressions(here: Configuration) -> Iterator[Expr]:
    return (expr for expr, _ in sites(here))


def _mentions(expr: Expr, root: str, name: str) -> bool:
    return any(r.root == root and r.steps[:1] == (name,) for r in references(expr))
