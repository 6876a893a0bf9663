"""A project whose objects another administrator changes, and what becomes of its files."""

from app_bench import Run

from reconciler.app import accept, drift
from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport


class Drifted(Run):
    """One folder with the simulated Exchange beside it."""

    def admin(self, verb, noun="SendConnector", user="CONTOSO\\bob", **parameters):
        transport = simulated_transport({}, root=self.root, environment={}, user=user)
        try:
            transport.invoke(Command(verb, noun, parameters))
        finally:
            transport.close()

    def set(self, identity="A", **parameters):
        self.admin("Set", Identity=identity, **parameters)

    def found(self, *patterns):
        return drift.run(self.project, patterns, lambda _: None)

    def told(self, *patterns):
        return {
            str(one.drift.address): {d.name for d in one.drift.differences}
            for one in self.found(*patterns).drift
        }

    def text(self, name="main.hcl"):
        return (self.root / name).read_bytes().decode()

    def accept(self, target="send_connector.a", **options):
        return accept.run(self.project, target, **{"dry": False, "wait": 0.0, **options})
