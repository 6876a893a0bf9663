"""Every expression of a configuration, with what may be referred to where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from reconciler.config.blocks import (
    BackendBlock,
    Condition,
    Configuration,
    ModuleCall,
    OutputBlock,
    ResourceBlock,
    Variable,
)
from reconciler.config.expand import context_of
from reconciler.config.settings import Settings
from reconciler.lang.syntax import Expr
from reconciler.model.record import dataclass

EVERYWHERE = frozenset({"var", "local", "path", "reconciler"})


@dataclass(frozen=True, slots=True)
class Place:
    """`roots` are the names that may begin a reference, resource types aside, which `resources`
    permits. `own` is the address of the resource block around, `node` what the expression is
    computed for (`local.a`, an address, `module.m.var.a`), "" where nothing can refer to that.
    """

    context: str
    roots: frozenset[str] = EVERYWHERE
    resources: bool = True
    own: str = ""
    node: str = ""


Site = tuple[Expr, Place]


def sites(configuration: Configuration) -> Iterator[Site]:
    """All expressions but the defaults of variables, and names that are no references."""
    for variable in configuration.variables.values():
        yield from _of_variable(variable)
    for local in configuration.locals.values():
        yield local.expr, Place("locals", node=f"local.{local.name}")
    for block in configuration.resources:
        yield from _of_resource(block)
    for call in configuration.modules.values():
        yield from _of_module(call)
    for output in configuration.outputs.values():
        yield from _of_output(output)
    for check in configuration.checks.values():
        yield from _conditions(check.asserts, Place(f'check "{check.name}"'))
    for backend in configuration.backends:
        yield from _of_backend(backend)
    yield from _of_changes(configuration)
    yield from _of_settings(configuration.settings)


def _of_settings(settings: Settings) -> Iterator[Site]:
    place = Place("reconciler", roots=frozenset({"var"}), resources=False)
    if settings.state is not None:
        yield from ((expr, place) for expr in settings.state.exprs())
    if settings.brakes is not None:
        yield from ((argument.expr, place) for argument in settings.brakes.arguments.values())


def _of_variable(variable: Variable) -> Iterator[Site]:
    place = Place(f'variable "{variable.name}"', roots=frozenset({"var"}), resources=False)
    yield from _conditions(variable.validations, place)


def _of_output(output: OutputBlock) -> Iterator[Site]:
    place = Place(f'output "{output.name}"', node=f"output.{output.name}")
    yield output.value, place
    yield from ((expr, place) for expr in output.depends_on)
    yield from _conditions(output.preconditions, place)


def _of_backend(backend: BackendBlock) -> Iterator[Site]:
    place = Place(f'backend "{backend.kind}"', resources=False)
    yield from ((argument.expr, place) for argument in backend.arguments.values())


def _of_module(call: ModuleCall) -> Iterator[Site]:
    outer = Place(f'module "{call.name}"', node=repetition_node(call.name))
    repeated = EVERYWHERE
    for argument, expr in (("count", call.count), ("each", call.for_each)):
        if expr is not None:
            yield expr, outer
            repeated = repeated | {argument}
    yield from ((expr, outer) for expr in call.depends_on)
    for name, given in call.arguments.items():
        node = f"module.{call.name}.var.{name}"
        yield given.expr, Place(outer.context, roots=repeated, node=node)


def repetition_node(call: str) -> str:
    """What stands for how often a module is there, and after what."""
    return f"module.{call} as a whole"


def _of_changes(configuration: Configuration) -> Iterator[Site]:
    """Imports and moves: keys that are worked out, and what repeats them."""
    for one in configuration.imports:
        place = Place("import")
        inside = place if one.for_each is None else replace(place, roots=EVERYWHERE | {"each"})
        yield one.id, inside
        yield from _repeated("import", one.for_each, one.to.keys)
    for move in configuration.moved:
        yield from _repeated("moved", move.for_each, (*move.origin.keys, *move.to.keys))


def _repeated(context: str, for_each: Expr | None, keys: Iterable[Expr]) -> Iterator[Site]:
    if for_each is not None:
        yield for_each, Place(context)
        yield from ((key, Place(context, roots=EVERYWHERE | {"each"})) for key in keys)


def _of_resource(block: ResourceBlock) -> Iterator[Site]:
    address = f"{block.type}.{block.name}"
    outer = Place(context_of(block), own=address, node=address)
    repeated = EVERYWHERE
    for argument, expr in (("count", block.count), ("each", block.for_each)):
        if expr is not None:
            yield expr, outer
            repeated = repeated | {argument}
    place = outer if repeated is EVERYWHERE else replace(outer, roots=repeated)
    for given in block.arguments.values():
        yield given.expr, place
    yield from ((expr, outer) for expr in block.depends_on)
    yield from _of_lifecycle(block, outer, place)


def _of_lifecycle(block: ResourceBlock, outer: Place, place: Place) -> Iterator[Site]:
    lifecycle = block.lifecycle
    if lifecycle.enabled is not None:
        yield lifecycle.enabled, outer
    for expr in (lifecycle.create_before_destroy, lifecycle.prevent_destroy):
        if expr is not None:
            yield expr, place
    yield from ((expr, place) for expr in lifecycle.replace_triggered_by)
    yield from _conditions(lifecycle.preconditions, place)
    if lifecycle.postconditions:
        itself = replace(place, roots=place.roots | {"self"})
        yield from _conditions(lifecycle.postconditions, itself)


def _conditions(conditions: Iterable[Condition], place: Place) -> Iterator[Site]:
    for condition in conditions:
        yield condition.condition, place
        yield condition.message, place
