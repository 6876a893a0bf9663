"""What expressions see: variables, locals, modules, and of each resource what is known so far.

It is told, with `learn`, what an instance will be (by the planner) or became (by the executor).
Values are made only when an expression asks for them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.config.blocks import (
    Configuration,
    ModuleCall,
    OutputBlock,
    ResourceBlock,
    Variable,
)
from reconciler.config.expand import Names, context_of, instances, repetition
from reconciler.config.variables import handed
from reconciler.engine.exposure import assembled
from reconciler.engine.hanging import COPIES, Hanging
from reconciler.engine.memory import Known, Memory
from reconciler.engine.rooms import House, Room, places
from reconciler.engine.uses import Uses, address_of
from reconciler.lang.evaluate import Program
from reconciler.lang.evaluate import compile as compiled
from reconciler.lang.meter import Meter
from reconciler.lang.reads import Reads
from reconciler.lang.scope import Moment, Namespace, Root, Scope
from reconciler.lang.shape import DYNAMIC
from reconciler.lang.syntax import Expr
from reconciler.lang.value import SENSITIVE, Value, mark, unknown
from reconciler.model.address import Address, Key, ModulePath, declared
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.source import PREFIX


class Sight:
    """`problems` gathers what is wrong with the expressions that are attempted; `house` holds the
    instances of modules.
    """

    def __init__(
        self,
        project: Configuration,
        types: Mapping[str, ResourceType],
        variables: Mapping[str, Value],
        workspace: str,
        problems: Collector,
    ) -> None:
        self.problems = problems
        self.uses = Uses(project, types)
        self._project, self._types = project, types
        self._variables, self._workspace = variables, workspace
        self._moment = Moment()
        self._blocks = {address_of(block): block for block in project.blocks()}
        self.house = House(project, self._scope, self._instances)
        self._programs: dict[int, Program] = {}
        self._hanging = Hanging(self.house)
        self._memory = Memory(self._blocks)
        self._told: set[Diagnostic] = set()
        self._meter, self.reads = Meter(), Reads()
        self.scope = self.house.room(()).scope

    def _scope(self, room: Room) -> Scope:
        root = self._project.root
        return Scope(self._roots(room), None, root, None, self._moment, self._meter, self.reads)

    def _instances(self, room: Room, call: ModuleCall) -> Mapping[Key, Names] | None:
        counted = [expr for expr in (call.count, call.for_each) if expr is not None]
        uses = self.uses.of(counted, declared(room.path))
        self._hanging.note(room, (COPIES, call.name), uses)
        return instances(call, self.evaluate, room.scope, self.problems)

    def _roots(self, room: Room) -> dict[str, Root]:
        one = room.configuration
        roots: dict[str, Root] = {
            "var": self._named(room, "var", "variable"),
            "local": self._named(room, "local", "local"),
            "path": places(one, self._project),
            "reconciler": {"workspace": self._workspace},
            "module": Namespace(
                lambda name: self._module(room, name), lambda: one.modules, "module"
            ),
        }
        data: dict[str, Root] = {}
        for name in self._types:
            bare = name.removeprefix(PREFIX)
            into = roots if bare == name else data
            into[bare] = self._namespace(name, room)
        return {**roots, "data": Namespace(data.__getitem__, lambda: data, "data source")}

    def _namespace(self, rtype: str, room: Room) -> Namespace:
        return Namespace(
            lambda name: self._memory.value(Address(rtype, name, None, room.path)),
            lambda: (b.name for b in room.configuration.resources if b.type == rtype),
            "resource",
        )

    def _named(self, room: Room, kind: str, noun: str) -> Namespace:
        names = _names(room, kind)
        return Namespace(lambda name: self.value(room, kind, name), lambda: names, noun)

    def value(self, room: Room, kind: str, name: str) -> Value:
        """A local, variable or output as it is by now. Raises KeyError for one that is not
        declared, and ReconcilerError.
        """
        node = (kind, name)
        if node not in room.values:
            if not room.path and kind == "var":
                return self._variables[name]
            if name not in _names(room, kind):
                raise KeyError(name)
            self._hanging.note(room, node, self.uses.node(declared(room.path), kind, name))
            room.keep(node, lambda: self._computed(room, kind, name))
        return room.recall(node)

    def _computed(self, room: Room, kind: str, name: str) -> Value:
        match kind:
            case "local":
                return self.evaluate(room.configuration.locals[name].expr, room.scope)
            case "output":
                return self._output(room, room.configuration.outputs[name])
            case _:
                return self._variable(room, room.configuration.variables[name])

    def _variable(self, room: Room, variable: Variable) -> Value:
        call = self.house.call(room.path)
        given = call.arguments.get(variable.name)
        try:
            value = None if given is None else self.evaluate(given.expr, room.around)
            return handed(variable, value, given.expr.span if given else call.header)
        except ReconcilerError as failure:
            self._tell(within(failure.diagnostics, context_of(call)))
            return unknown(DYNAMIC)

    def _output(self, room: Room, block: OutputBlock) -> Value:
        try:
            value = self.evaluate(block.value, room.scope)
        except ReconcilerError as failure:
            self._tell(within(failure.diagnostics, f'output "{block.name}"'))
            return unknown(DYNAMIC)
        return mark(value, SENSITIVE) if block.sensitive else value

    def _tell(self, found: Iterable[Diagnostic]) -> None:
        """Each mistake once, however many ask for the value."""
        for one in found:
            if one not in self._told:
                self._told.add(one)
                self.problems.add(one)

    def _module(self, room: Room, name: str) -> Root:
        if name not in room.modules:
            found = self._seen_module(room, room.configuration.modules[name])
            if found is None:
                return unknown(DYNAMIC)
            room.modules[name] = found
        return room.modules[name]

    def _seen_module(self, room: Room, call: ModuleCall) -> Root | None:
        copies = self.house.copies(room, call.name)
        if copies is None:
            return None
        inner = {key: self._outputs((*room.path, (call.name, key))) for key in copies}
        if not call.repeated:
            return inner[None]
        by_text = {str(key): outputs for key, outputs in inner.items()}
        return Namespace(
            by_text.__getitem__,
            lambda: by_text,
            "instance",
            indexed=True,
            every=lambda: assembled(
                {key: outputs.whole() for key, outputs in inner.items()}, repetition(call)
            ),
        )

    def _outputs(self, path: ModulePath) -> Namespace:
        return self._named(self.house.room(path), "output", "output")

    def block(self, address: Address) -> ResourceBlock | None:
        """The block that is declared under `address`."""
        return self._blocks.get(address)

    def program(self, expr: Expr) -> Program:
        """The expression compiled; each node once."""
        found = self._programs.get(id(expr))
        if found is None:
            found = self._programs[id(expr)] = compiled(expr)
        return found

    def evaluate(self, expr: Expr, scope: Scope | None = None) -> Value:
        """Raises ReconcilerError."""
        return self.program(expr)(scope or self.scope)

    def attempt(self, expr: Expr, scope: Scope | None = None, context: str = "") -> Value:
        """The value, or an unknown one and a problem in the collector."""
        try:
            return self.evaluate(expr, scope)
        except ReconcilerError as failure:
            self.problems.extend(within(failure.diagnostics, context))
            return unknown(DYNAMIC)

    def instance(
        self, names: Names, myself: Value | None = None, module: ModulePath = ()
    ) -> Scope:
        """The scope of one instance: `each` or `count`, and `self` where there is one."""
        around = self.house.room(module).scope
        own = dict(names) if myself is None else {**names, "self": myself}
        return around.within(own) if own else around

    def declare(self, block: Address) -> None:
        """From now on the block is known, as yet without instances."""
        self._memory.declare(block)

    def begin(self, moment: Moment) -> None:
        """From now on it is that moment: what hangs on nothing but the time is computed anew."""
        self._moment = moment
        self._hanging.clear()
        self.house.clear()
        self.scope = self.house.room(()).scope

    def learn(self, address: Address, known: Known | None) -> None:
        """From now on expressions see the instance so: its type, values, sensitive arguments;
        None where nobody knows.
        """
        # Where it is no news, values stay: what is random in them must not change.
        if self._memory.learn(address, known):
            self._hanging.forget(address.block)

    def lose(self, block: Address) -> None:
        """From now on expressions see the whole block as unknown."""
        self._memory.lose(block)


def _names(room: Room, kind: str) -> Mapping[str, object]:
    one = room.configuration
    return {"local": one.locals, "output": one.outputs}.get(kind, one.variables)


def within(
    found: Iterable[Diagnostic], context: str, address: Address | None = None
) -> Iterator[Diagnostic]:
    """The findings with the block and the instance they are about, where they do not say."""
    for one in found:
        yield replace(
            one,
            context=one.context or context or None,
            address=one.address or (str(address) if address else None),
        )
