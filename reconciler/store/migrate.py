"""Which format a database has, and bringing an older one to ours. Alembic's only door.

The revision of format N is "N". SQLite says its format in its header, which costs nothing to
read; elsewhere Alembic's own table says it.
"""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from reconciler.store.refusals import refused
from reconciler.store.tables import FORMAT

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent / "migrations"
TABLE = "alembic_version"
_FOUND = text("SELECT version_num FROM alembic_version")
_AT_WORK = text("SELECT 1 FROM lease WHERE host <> '' AND expires > :now")


def found(connection: Connection) -> int:
    """The format that the database has; 0 where it says none."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    if not inspect(connection).has_table(TABLE):
        return 0
    said = connection.execute(_FOUND).scalar_one_or_none()
    return int(said) if said and said.isdigit() else 0


def examine(connection: Connection, place: str) -> None:
    """Raises ReconcilerError unless the database has this version's format."""
    if is_older(connection, place):
        raise refused("state-older-format", path=place, reason=found(connection))


def is_older(connection: Connection, place: str) -> bool:
    """Raises ReconcilerError where it is newer, or says no format."""
    format_ = found(connection)
    if format_ > FORMAT:
        raise refused("state-newer-format", path=place, reason=format_)
    if format_ == 0:
        raise refused("state-older-format", path=place, reason=format_)
    return format_ < FORMAT


def upgrade(connection: Connection, place: str) -> None:
    """Brings an older database to our format, within the transaction of `connection`."""
    if not is_older(connection, place):
        return
    format_ = found(connection)
    if connection.execute(_AT_WORK, {"now": int(time.time() * 1000)}).first():
        raise refused("state-in-use", path=place, reason=format_)
    from alembic import command  # noqa: PLC0415  # 0.2 s that only a migration needs

    config = _config(connection)
    if connection.dialect.name == "sqlite":
        command.stamp(config, str(format_))
    command.upgrade(config, str(FORMAT))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")


def stamp(connection: Connection) -> None:
    """Says of a database just made that it has our format."""
    from alembic import command  # noqa: PLC0415  # as above

    command.stamp(_config(connection), str(FORMAT))


def _config(connection: Connection) -> "Config":
    from alembic.config import Config  # noqa: PLC0415  # as above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
