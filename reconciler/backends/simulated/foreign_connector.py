"""Foreign connectors as the simulated Exchange has them: the folder is called as they are at first."""

from collections.abc import Mapping

from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.connector import COLUMNS, REFUSED, SHOWN, sources
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.edges import judge_sources
from reconciler.backends.simulated.noun import Properties
from reconciler.backends.simulated.world import CONNECTIONS, World
from reconciler.catalog.foreign_connector import TYPE


def _initial(given: Mapping[str, Property], world: World) -> Properties:
    return {**sources(given, world), "DropDirectory": given["Name"]}


NOUN = derive(
    TYPE,
    container=CONNECTIONS,
    columns=COLUMNS,
    shown=SHOWN,
    initial=_initial,
    refused=REFUSED,
    judge=judge_sources,
)
