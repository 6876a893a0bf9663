"""The Transport service of each server, as the simulated Exchange has it: there from the start."""

from collections.abc import Callable, Iterator

from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Properties, Refused
from reconciler.backends.simulated.world import World
from reconciler.catalog.transport_service import PATHS, TYPE
from reconciler.model.values import Values
from reconciler.schema.decode import decode
from reconciler.schema.rule import Rule

_INSTALLED = "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\"


def _seeds(world: World) -> Iterator[Properties]:
    organisation = world.organisation
    for name in organisation.servers or (organisation.server,):
        yield {"Name": name}


def _broken(rule: Rule) -> Callable[[Properties, World], bool]:
    """The object as a whole, whatever of it was written in one call."""

    def check(properties: Properties, world: World) -> bool:
        values: Values = decode(TYPE, properties, world.platform)
        return any(True for _ in rule.check(values, frozenset(values), world.platform))

    return check


NOUN = derive(
    TYPE,
    container="CN=Servers",
    columns=("Name", "MaxOutboundConnections", "MessageExpirationTimeout"),
    shown={name: _INSTALLED + below for name, below in PATHS.items()},
    refused=tuple(
        Refused(rule.code, _broken(rule), f"{rule.summary}.")
        for rule in TYPE.rules
        if rule.level.is_error
    ),
    seeds=_seeds,
)
