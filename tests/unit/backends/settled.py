"""A simulated Exchange as setup leaves it behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reconciler.backends.base import BackendError
from reconciler.backends.command import Command
from reconciler.backends.simulated.database import Database
from reconciler.backends.simulated.exchange import SimulatedExchange
from reconciler.backends.simulated.organisation_file import read_organisation
from reconciler.backends.simulated.setup import setup
from reconciler.backends.simulated.world import Organisation, World
from reconciler.model.platform import Platform

SERVERS = ("MBX1", "MBX2")


class Settled:
    """`run("Get-TransportService")` calls a cmdlet, and `code` says why one is refused."""

    def __init__(self, folder: Path, world: World) -> None:
        database = Database(f"sqlite:///{folder / 'exchange.db'}", setup(world))
        self.exchange = SimulatedExchange(database, world)

    def run(self, cmdlet: str, **parameters: object):
        verb, _, noun = cmdlet.partition("-")
        return self.exchange.invoke(Command(verb, noun, parameters), "CONTOSO\\alice")

    def code(self, cmdlet: str, **parameters: object) -> str:
        with pytest.raises(BackendError) as caught:
            self.run(cmdlet, **parameters)
        return caught.value.code


@contextmanager
def described(folder: Path, text: str) -> Iterator[Settled]:
    """One whose organisation is as a file says."""
    (folder / "described.org.hcl").write_text(text, encoding="utf-8")
    platform = Platform()
    organisation = read_organisation(folder, "described.org.hcl", platform)
    found = Settled(folder, World(platform, organisation))
    yield found
    found.exchange.close()


@contextmanager
def settled(folder: Path, version: str = "2019", role: str = "mailbox") -> Iterator[Settled]:
    servers = SERVERS if role == "mailbox" else ()
    found = Settled(folder, World(Platform(version, role), Organisation(servers=servers)))
    yield found
    found.exchange.close()
