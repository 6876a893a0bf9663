"""What the connectors of simulated Exchange Online have in common."""

from collections.abc import Mapping, Sequence
from typing import Final

from reconciler.backends.simulated.coerce import UNLIMITED, Property
from reconciler.backends.simulated.identity import the
from reconciler.backends.simulated.noun import Noun, Properties
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import World

ON_PREMISES: Final = "OnPremises"
SHOWN: Final[Properties] = {"AdminDisplayName": ""}
_FEW = 1000


def container(_properties: Properties, world: World) -> str:
    """Microsoft keeps the objects of a tenant below the name that it gave the tenant."""
    tenant = world.organisation.domain.partition(".")[0]
    return (
        f"CN=Transport Settings,CN=Configuration,CN={tenant}.onmicrosoft.com,CN=ConfigurationUnits,"
        "DC=EURPR00A001,DC=PROD,DC=OUTLOOK,DC=COM"
    )


def limited(
    rows: Rows, noun: Noun, given: Mapping[str, Property], world: World
) -> Sequence[Stored]:
    """What Get finds where nothing is hidden."""
    identity = given.get("Identity")
    return [the(rows, noun, str(identity), world)] if identity else cut(rows.all(noun.name), given)


def cut(found: Sequence[Stored], given: Mapping[str, Property]) -> Sequence[Stored]:
    """The first thousand, or as many as ResultSize says."""
    size = str(given.get("ResultSize") or _FEW)
    if size.lower() == UNLIMITED.lower():
        return found
    if not size.isdecimal():
        raise refusal("value-refused", "-ResultSize is a number, or Unlimited.")
    return found[: int(size)]
