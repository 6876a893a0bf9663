"""A simulated Exchange in a temporary folder, with its own clock and its own GUIDs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from reconciler.backends.base import BackendError
from reconciler.backends.command import Command, Record
from reconciler.backends.simulated.database import Database
from reconciler.backends.simulated.exchange import SimulatedExchange
from reconciler.backends.simulated.world import Organisation, World
from reconciler.model.platform import Platform


class Lab:
    """One simulated Exchange; `run("New-SendConnector", Name="x")` calls a cmdlet."""

    def __init__(self, folder: Path, world: World) -> None:
        self.path = folder / "exchange.db"
        self._exchange = SimulatedExchange(Database(f"sqlite:///{self.path}"), world)

    def run(self, cmdlet: str, **parameters: object) -> Sequence[Record]:
        verb, _, noun = cmdlet.partition("-")
        return self._exchange.invoke(Command(verb, noun, parameters), "CONTOSO\\alice")

    def new(self, name: str = "Lab", **parameters: object) -> Record:
        given = {"AddressSpaces": ("lab.example",), **parameters}
        return self.run("New-SendConnector", Name=name, **given)[0]

    def get(self, identity: str = "Lab") -> Record:
        return self.run("Get-SendConnector", Identity=identity)[0]

    def refusal(self, cmdlet: str, **parameters: object) -> BackendError:
        with pytest.raises(BackendError) as caught:
            self.run(cmdlet, **parameters)
        return caught.value

    def close(self) -> None:
        self._exchange.close()


@pytest.fixture
def open_lab(tmp_path: Path) -> Iterator[Callable[..., Lab]]:
    """Opens the same simulated Exchange, each time with the world that is asked for."""
    numbers, opened = count(1), []
    world = World(
        organisation=Organisation(),
        guid=lambda: f"00000000-0000-4000-8000-{next(numbers):012}",
        now=lambda: datetime(2026, 1, 2, tzinfo=UTC) + timedelta(hours=next(numbers)),
    )

    def make(version: str = "2019", role: str = "mailbox", **changes: object) -> Lab:
        opened.append(Lab(tmp_path, replace(world, platform=Platform(version, role), **changes)))
        return opened[-1]

    yield make
    for lab in opened:
        lab.close()


@pytest.fixture
def lab(open_lab: Callable[..., Lab]) -> Lab:
    return open_lab()
