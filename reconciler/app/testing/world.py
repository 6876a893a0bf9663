"""The world of one file of tests: simulated Exchanges in a folder that is thrown away, and states
in memory.

Nothing of the project's own state, its databases or its locks is opened.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from reconciler.app.apart import shared
from reconciler.app.project import Project
from reconciler.app.session import Session, placed, setting, settings, variables_scope
from reconciler.backends.base import Backend
from reconciler.backends.memory import Memory
from reconciler.backends.open import open_backend
from reconciler.catalog.index import everything
from reconciler.config.blocks import BackendBlock, Configuration
from reconciler.lang.scope import Scope
from reconciler.lang.value import Value
from reconciler.model.diagnostic import ReconcilerError
from reconciler.schema.resource_type import IN_STATE
from reconciler.store.memory import MemoryStore
from reconciler.store.process import this_process

_KIND = "simulated"
_PLACES = ("url", "path")
_KEPT = ("version", "role")
"""What a backend that is not simulated tells of its Exchange."""


class World:
    """`folder` holds the Exchanges; configurations whose backends share a database in the project
    share one here.
    """

    def __init__(self, project: Project, folder: Path) -> None:
        self._project = project
        self._folder = folder
        self._user = this_process("").user
        self._states: dict[str, MemoryStore] = {}
        self._exchanges: dict[tuple[object, ...], str] = {}

    def store(self, state: str) -> MemoryStore:
        """What the state of that name remembers."""
        return self._states.setdefault(state, MemoryStore())

    @contextmanager
    def session(
        self, configuration: Configuration, variables: Mapping[str, Value], store: MemoryStore
    ) -> Iterator[Session]:
        """Raises ReconcilerError where a backend has wrong settings."""
        with ExitStack() as closing:
            memory = Memory()
            opened = self._backends(configuration, variables_scope(variables))
            backends = {**opened, IN_STATE: memory}
            for backend in backends.values():
                closing.callback(backend.close)
            known = everything()
            yield Session(self._project, configuration, variables, known, backends, memory, store)

    def _backends(self, configuration: Configuration, scope: Scope) -> dict[str, Backend]:
        blocks = configuration.backends
        if not blocks:
            return {"": self._opened({})}
        own = [(block, settings(block, scope)) for block in blocks if block.kind == _KIND]
        if found := tuple(shared(own, self._project.root)):
            raise ReconcilerError(*found)
        return {block.alias: self._from_block(block, scope) for block in blocks}

    def _from_block(self, block: BackendBlock, scope: Scope) -> Backend:
        said = {
            name: setting(argument.expr, scope)
            for name, argument in block.arguments.items()
            if block.kind == _KIND or name in _KEPT
        }
        shares = block.kind == _KIND and any(said.get(name) for name in _PLACES)
        own = () if shares else (block.alias,)
        try:
            return self._opened(said, own)
        except ReconcilerError as failure:
            found = (placed(one, block) for one in failure.diagnostics)
            raise ReconcilerError(*found) from failure

    def _opened(self, said: Mapping[str, object], own: tuple[str, ...] = ()) -> Backend:
        place = (*own, *(said.get(name) for name in _PLACES))
        file = self._exchanges.setdefault(place, f"exchange-{len(self._exchanges)}.db")
        kept = {name: value for name, value in said.items() if name not in _PLACES}
        return open_backend(
            _KIND,
            {**kept, "path": file},
            root=self._folder,
            environment=self._project.environment,
            user=self._user,
            project=self._project.root,
        )


@contextmanager
def world(project: Project) -> Iterator[World]:
    """Gone when the block ends."""
    with TemporaryDirectory(prefix="reconciler-test-", ignore_cleanup_errors=True) as folder:
        yield World(replace(project, ask=None), Path(folder))
