"""How a process of ours begins quickly: what rests, and what is put off until it is used. Changes
how long things take, never what they do.
"""

import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.abc import Loader  # imports half the standard library
else:
    Loader = object

_LIBRARY = "sqlalchemy"
_NAMED_ONLY = ("asyncio", "importlib.metadata")
"""What SQLAlchemy imports for its asynchronous half and for plug-ins, a fifth of its own import."""


def quickly() -> None:
    """For the process as a whole, before anything heavy is imported."""
    # A run makes much and drops little: the cyclic collector would mostly walk what is in use.
    gc.set_threshold(1_000_000, 20, 20)
    sys.meta_path.insert(0, _Sparing)


class _Sparing:
    """Finds SQLAlchemy once, so that it is imported amid stand-ins."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != _LIBRARY:
            return None
        sys.meta_path.remove(cls)
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _AmidStandIns(spec.loader)
        return spec


class _AmidStandIns(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        absent = [name for name in _NAMED_ONLY if name not in sys.modules]
        sys.modules.update({name: _stand_in(name) for name in absent})
        try:
            self._loader.exec_module(module)
        finally:
            for name in absent:
                if isinstance(sys.modules.get(name), _StandIn):
                    del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    made = _StandIn(name)
    package, _, last = name.rpartition(".")
    if package:  # as an import would: whoever has only the package finds it there
        setattr(sys.modules[package], last, made)
    return made


class _StandIn(ModuleType):
    """Named by whoever imports it, and imported itself when something of it is used."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self and name.islower():
            # A function that is only named; a class may be wanted as a base.
            return lambda *given, **named: getattr(self._itself(), name)(*given, **named)  # noqa: PLW0108
        return getattr(self._itself(), name)

    def _itself(self) -> ModuleType:
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return import_module(self.__name__)
