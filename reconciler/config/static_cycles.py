"""Who needs whom, across all modules, as far as the text tells; and the rings in it.

A name of a module is written as from the project: `module.a.local.x`.
"""

from collections.abc import Iterator

from reconciler.config import cycles
from reconciler.config.blocks import Configuration
from reconciler.config.data import flat
from reconciler.config.sites import Place, repetition_node
from reconciler.lang.references import Reference
from reconciler.model.address import ModulePath
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.span import Span


class Needs:
    """Edges are added reference by reference, to names that exist."""

    def __init__(self, project: Configuration) -> None:
        self._graph: dict[str, list[cycles.Edge]] = {}
        every = list(project.whole())
        for one in every:
            self._graph.update((prefix(one.path) + name, []) for name in _names(one))
        for one in every:
            self._build(one)

    def _build(self, one: Configuration) -> None:
        """What follows from modules being modules: each is as often there as its call says, and
        as a whole it is all of its outputs.
        """
        here = prefix(one.path)
        around = prefix(one.path[:-1]) + repetition_node(one.path[-1][0]) if one.path else ""
        for call in one.modules.values():
            again = here + repetition_node(call.name)
            self._add(again, around, call.header)
            child = one.children.get(call.name)
            if child is None:
                continue
            for output in child.outputs:
                name = f"{here}module.{call.name}.output.{output}"
                self._add(f"{here}module.{call.name}", name, call.header)
                self._add(name, again, call.header)
            for block in child.resources:
                self._add(
                    f"{here}module.{call.name}.{block.type}.{block.name}", again, call.header
                )

    def _add(self, source: str, target: str, span: Span) -> None:
        if source in self._graph and target in self._graph:
            self._graph[source].append(cycles.Edge(source, target, span))

    def connect(self, one: Configuration, reference: Reference, place: Place) -> None:
        """Remembers a reference between two different things that are declared."""
        reference = flat(reference)
        if not place.node or not reference.steps:
            return
        target = _target(one, reference)
        if target != place.own:
            here = prefix(one.path)
            self._add(here + place.node, here + target, reference.span)

    def rings(self) -> Iterator[Diagnostic]:
        return cycles.cycles(self._graph)


def prefix(path: ModulePath) -> str:
    return "".join(f"module.{name}." for name, _ in path)


def _names(one: Configuration) -> Iterator[str]:
    yield from (f"local.{name}" for name in one.locals)
    yield from (f"{block.type}.{block.name}" for block in one.resources)
    for name in one.modules:
        yield from (f"module.{name}", repetition_node(name))
    if one.path:
        yield from (f"var.{name}" for name in one.variables)
        yield from (f"output.{name}" for name in one.outputs)


def _target(one: Configuration, reference: Reference) -> str:
    root, steps = reference.root, reference.steps
    name = f"{root}.{steps[0]}"
    call = one.modules.get(str(steps[0])) if root == "module" else None
    output = call.output(steps) if call else None
    return f"{name}.output.{output}" if output else name
