"""The transport configuration as the simulated Exchange has it: one, there from the start."""

from collections.abc import Iterator
from dataclasses import replace

from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Properties
from reconciler.backends.simulated.world import World
from reconciler.catalog.transport_config import TYPE


def _seeds(_world: World) -> Iterator[Properties]:
    yield {"Name": "Transport Settings"}


def _organisation(_properties: Properties, world: World) -> str:
    """It stands beside what is kept in administrative groups."""
    return world.organisation.root


NOUN = replace(
    derive(
        TYPE,
        container=_organisation,
        columns=("MaxSendSize", "MaxReceiveSize", "MaxRecipientEnvelopeLimit"),
        seeds=_seeds,
    ),
    named=False,
)
