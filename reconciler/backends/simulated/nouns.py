"""The sorts of objects that the simulated Exchange has."""

from collections.abc import Mapping
from typing import Final

from reconciler.backends.simulated.noun import Noun
from reconciler.backends.simulated.send_connector import SEND_CONNECTOR

NOUNS: Final[Mapping[str, Noun]] = {noun.name: noun for noun in (SEND_CONNECTOR,)}
