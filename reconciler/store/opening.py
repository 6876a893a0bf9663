"""Which database an address means."""

from pathlib import Path

from reconciler.store import place, postgres
from reconciler.store.database import Database
from reconciler.store.keys import InFolder, Key, Nowhere
from reconciler.store.sqlite_file import SqliteFile


def database_of(url: str, root: Path) -> tuple[Database, Key]:
    """With the key that it has where none is given."""
    if url.partition(":")[0] in postgres.SCHEMES:
        server = postgres.at(url, root / ".reconciler")
        return server, Nowhere(server.place)
    path = place.database_path(url, root)
    return SqliteFile(path), InFolder(path.parent)
