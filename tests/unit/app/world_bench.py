"""What an administrator did in the simulated Exchange before anybody wrote configuration."""

from reconciler.backends.open import open_backend
from reconciler.catalog.index import types
from reconciler.schema.canonical import filled


class World:
    def __init__(self, root):
        self.root = root

    def backend(self):
        return open_backend("simulated", {}, root=self.root, environment={}, user="admin")

    def make(self, kind, values):
        """The handle of a new object."""
        backend, rtype = self.backend(), types()[kind]
        try:
            platform = backend.capabilities.platform
            return backend.create(rtype, filled(rtype, values, platform)).handle
        finally:
            backend.close()

    def send(self, name, **values):
        space = f"SMTP:{name.lower()}.example;1"
        return self.make("send_connector", {"name": name, "address_spaces": (space,), **values})

    def everything(self):
        """All that there is, by type and handle."""
        backend = self.backend()
        platform = backend.capabilities.platform
        try:
            return {
                name: dict(backend.list(rtype))
                for name, rtype in types().items()
                if rtype.noun and not rtype.home and rtype.exists_on(platform)
            }
        finally:
            backend.close()
