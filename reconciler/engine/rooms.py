"""The instances of modules: where they are, the names that expressions see there, and their values
so far.

A value is computed when an expression asks for it, and forgotten when something it hangs on is
learnt anew; that is the business of Sight.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field

from reconciler.config.blocks import Configuration, ModuleCall
from reconciler.config.expand import Names
from reconciler.lang.scope import EMPTY, Root, Scope
from reconciler.lang.value import Value
from reconciler.model.address import Key, ModulePath, declared
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass

Node = tuple[str, str]
"""`local`, `var` or `output`, and the name."""


@dataclass(slots=True, eq=False)
class Room:
    """`path` bears the keys of the instance; `around` is what the call of the module sees."""

    configuration: Configuration
    path: ModulePath
    around: Scope
    scope: Scope = field(default_factory=Scope)
    values: dict[Node, Value | ReconcilerError] = field(default_factory=dict)
    copies: dict[str, Mapping[Key, Names] | None] = field(default_factory=dict)
    modules: dict[str, Root] = field(default_factory=dict)

    def keep(self, node: Node, compute: Callable[[], Value]) -> None:
        """A failure is kept as a value is: it would take as long to find it once more."""
        try:
            self.values[node] = compute()
        except ReconcilerError as failure:
            # The exception itself would keep alive all that was computed on the way.
            self.values[node] = ReconcilerError(*failure.diagnostics)

    def recall(self, node: Node) -> Value:
        """Raises ReconcilerError where computing it did."""
        found = self.values[node]
        if isinstance(found, ReconcilerError):
            raise ReconcilerError(*found.diagnostics)
        return found


Furnish = Callable[[Room], Scope]
Instances = Callable[[Room, ModuleCall], Mapping[Key, Names] | None]
Imagine = Callable[[ModuleCall], Mapping[Key, Names]]


class House:
    """All instances of all modules. `furnish` makes the scope of one; `instances` tells how often
    a module is called, None where nobody knows: then `imagine` stands in.
    """

    def __init__(self, project: Configuration, furnish: Furnish, instances: Instances) -> None:
        self.imagine: Imagine = lambda _: {}
        self._furnish = furnish
        self._instances = instances
        self._modules = {one.path: one for one in project.whole()}
        self._rooms: dict[ModulePath, Room] = {}

    def clear(self) -> None:
        """Forgets every instance; they are made anew when they are asked for."""
        self._rooms.clear()

    def leave(self, room: Room, name: str) -> None:
        """Forgets how often a module is called in `room`, and all instances of it."""
        room.copies.pop(name, None)
        room.modules.pop(name, None)
        depth = len(room.path)
        for path in [path for path in self._rooms if path[:depth] == room.path]:
            if len(path) > depth and path[depth][0] == name:
                del self._rooms[path]

    def room(self, path: ModulePath) -> Room:
        """The instance of a module. Raises KeyError where there is none."""
        if path not in self._rooms:
            room = Room(self._modules[declared(path)], path, self._around(path))
            room.scope = self._furnish(room)
            self._rooms[path] = room
        return self._rooms[path]

    def _around(self, path: ModulePath) -> Scope:
        if not path:
            return EMPTY
        caller, (name, key) = self.room(path[:-1]), path[-1]
        return caller.scope.within(self._names(caller, name)[key])

    def call(self, path: ModulePath) -> ModuleCall:
        """The call that a module is there by."""
        return self._modules[declared(path[:-1])].modules[path[-1][0]]

    def copies(self, room: Room, name: str) -> Mapping[Key, Names] | None:
        """The instances of the module that is called `name` in `room`, and what each sees of its
        call; None where that cannot be told, which is reported.
        """
        if name not in room.copies:
            room.copies[name] = self._instances(room, room.configuration.modules[name])
        return room.copies[name]

    def _names(self, room: Room, name: str) -> Mapping[Key, Names]:
        found = self.copies(room, name)
        return self.imagine(room.configuration.modules[name]) if found is None else found

    def rooms(self, module: ModulePath) -> Iterator[Room]:
        """All instances of a module that is declared under `module`."""
        if not module:
            yield self.room(())
            return
        name = module[-1][0]
        for caller in self.rooms(module[:-1]):
            for key in self._names(caller, name):
                yield self.room((*caller.path, (name, key)))

    def modules(self) -> Iterator[Room]:
        """All instances of all modules, the project itself aside."""
        return (room for path in self._modules if path for room in self.rooms(path))

    def stands(self, path: ModulePath) -> bool:
        """Whether there is such an instance."""
        try:
            self.room(path)
        except KeyError:
            return False
        return True


def places(configuration: Configuration, project: Configuration) -> dict[str, Value]:
    """`path.module` and its kin, relative to the project."""
    return {"root": ".", "module": configuration.folder, "cwd": project.root.as_posix()}
