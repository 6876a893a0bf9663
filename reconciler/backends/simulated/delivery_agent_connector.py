"""Delivery agent connectors as the simulated Exchange has them. Which agents are installed where is
not simulated.
"""

from reconciler.backends.simulated.connector import COLUMNS, REFUSED, SHOWN, sources
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.edges import judge_sources
from reconciler.backends.simulated.world import CONNECTIONS
from reconciler.catalog.delivery_agent_connector import TYPE

NOUN = derive(
    TYPE,
    container=CONNECTIONS,
    columns=COLUMNS,
    shown=SHOWN,
    initial=sources,
    refused=REFUSED,
    judge=judge_sources,
)
