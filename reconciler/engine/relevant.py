"""What of other objects the changes of a plan were computed from, through locals, arguments and
modules.
"""

from collections.abc import Iterable, Iterator

from reconciler.config.blocks import Configuration, ResourceBlock
from reconciler.config.data import flat
from reconciler.config.expand import repetition
from reconciler.engine.uses import address_of
from reconciler.lang.references import Reference, references
from reconciler.lang.syntax import Expr
from reconciler.model.address import Address, ModulePath, declared
from reconciler.model.outline import Relevant
from reconciler.model.plan import Action, Change, OutputChange

_Sited = tuple[Expr, ModulePath]
"""An expression, and the module that it stands in; keys as far as they are known."""


def relevant(
    project: Configuration, changes: Iterable[Change], outputs: Iterable[OutputChange]
) -> tuple[Relevant, ...]:
    """Sorted, each once. What is left as it is counts for nothing."""
    return _Search(project).run(_changing(project, changes, outputs))


def _changing(
    project: Configuration, changes: Iterable[Change], outputs: Iterable[OutputChange]
) -> Iterator[_Sited]:
    blocks = {address_of(block): block for block in project.blocks()}
    changed = {change.address.block for change in changes if change.action is not Action.NO_OP}
    for address in changed:
        block = blocks.get(Address(address.type, address.name, None, declared(address.module)))
        if block is not None:
            yield from ((expr, address.module) for expr in _sources(block))
    for output in outputs:
        if output.action is not Action.NO_OP and output.name in project.outputs:
            yield project.outputs[output.name].value, ()


def _sources(block: ResourceBlock) -> Iterator[Expr]:
    """What the values of a block come from; conditions and orders are none of it."""
    yield from (argument.expr for argument in block.arguments.values())
    yield from (expr for expr in (block.count, block.for_each) if expr is not None)


class _Search:
    def __init__(self, project: Configuration) -> None:
        self._modules = {one.path: one for one in project.whole()}
        self._blocks = {address_of(block): block for block in project.blocks()}
        self._work: list[_Sited] = []
        self._seen: set[object] = set()
        self._found: dict[tuple[str, tuple[str, ...]], Relevant] = {}

    def run(self, start: Iterable[_Sited]) -> tuple[Relevant, ...]:
        self._work.extend(start)
        while self._work:
            expr, module = self._work.pop()
            for reference in references(expr):
                self._take(flat(reference), module)
        return tuple(self._found[key] for key in sorted(self._found))

    def _take(self, reference: Reference, module: ModulePath) -> None:
        name = str(reference.steps[0]) if reference.steps else ""
        block = self._blocks.get(Address(reference.root, name, None, declared(module)))
        here = self._modules[declared(module)]
        if block is not None:
            self._note(block, module, [s for s in reference.steps[1:] if s is not None])
        elif reference.root == "local" and name in here.locals:
            self._follow((module, "local", name), [here.locals[name].expr], module)
        elif reference.root == "var" and module:
            self._argument(module, name)
        elif reference.root == "module" and name in here.children:
            self._outputs(reference, module, name)

    def _argument(self, module: ModulePath, name: str) -> None:
        caller = module[:-1]
        call = self._modules[declared(caller)].modules[module[-1][0]]
        if name in call.arguments:
            self._follow((module, "var", name), [call.arguments[name].expr], caller)

    def _outputs(self, reference: Reference, module: ModulePath, name: str) -> None:
        call = self._modules[declared(module)].modules[name]
        key = reference.steps[1] if call.repeated and len(reference.steps) > 1 else None
        inner = (*module, (name, key))
        known = self._modules[declared(inner)].outputs
        output = call.output(reference.steps)
        for each in [output] if output in known else known:
            self._follow((inner, "output", each), [known[str(each)].value], inner)

    def _note(self, block: ResourceBlock, module: ModulePath, path: list[str | int]) -> None:
        key = path.pop(0) if path and repetition(block) else None
        resource = str(Address(block.type, block.name, key, module))
        self._found[resource, tuple(map(str, path))] = Relevant(resource, tuple(path))
        if not path:
            self._follow((resource, None), _sources(block), module)
        elif path[0] in block.arguments:
            argument = block.arguments[str(path[0])]
            self._follow((resource, path[0]), [argument.expr], module)

    def _follow(self, what: object, expressions: Iterable[Expr], module: ModulePath) -> None:
        """Once each: references may run in rings where a mistake is."""
        if what not in self._seen:
            self._seen.add(what)
            self._work.extend((expr, module) for expr in expressions)
