"""The Transport service of each server, as the simulated Exchange has it: there from the start.

What it refuses is written from Microsoft's page and independent of our own rules, which it must not
trust.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from math import inf

from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.estate import Server
from reconciler.backends.simulated.noun import Properties, Refused
from reconciler.backends.simulated.world import SERVERS, World
from reconciler.catalog.transport_service import PATHS, TYPE

_INSTALLED = "C:\\Program Files\\Microsoft\\Exchange Server\\V15\\"
_FILE, _DIRECTORY = "LogMaxFileSize", "LogMaxDirectorySize"


def _on_server(server: Server, _world: World) -> Iterator[Properties]:
    """Exchange 2010 has no such service."""
    if server.version != "2010":
        yield {"Name": server.name}


def _limit(shown: Property) -> float:
    """What a property bag allows: `Unlimited`, `1000` or `10 MB (10,485,760 bytes)`."""
    digits = re.search(r"\(([\d,]+) bytes\)|^(\d+)$", str(shown))
    return inf if digits is None else int((digits[1] or digits[2]).replace(",", ""))


def _span(shown: Property) -> timedelta:
    days, _, clock = str(shown).rpartition(".")
    hours, minutes, seconds = map(int, clock.split(":"))
    return timedelta(int(days or 0), hours=hours, minutes=minutes, seconds=seconds)


def _file_above_folder(p: Properties, _world: World) -> bool:
    logs = (name.removesuffix(_FILE) for name in p if name.endswith(_FILE))
    return any(_limit(p[log + _FILE]) > _limit(p[log + _DIRECTORY]) for log in logs)


def _domain_above_all(p: Properties, _world: World) -> bool:
    return _limit(p["MaxPerDomainOutboundConnections"]) > _limit(p["MaxOutboundConnections"])


def _told_too_early(p: Properties, _world: World) -> bool:
    tries = int(str(p["TransientFailureRetryCount"])) * _span(p["TransientFailureRetryInterval"])
    return _span(p["DelayNotificationTimeout"]) <= tries


NOUN = replace(
    derive(
        TYPE,
        container=SERVERS,
        columns=("Name", "MaxOutboundConnections", "MessageExpirationTimeout"),
        shown={name: _INSTALLED + below for name, below in PATHS.items()},
        refused=(
            Refused(
                "log-file-size",
                _file_above_folder,
                "A maximum log file size cannot be above the maximum directory size of the same log.",
            ),
            Refused(
                "outbound-connections",
                _domain_above_all,
                "MaxPerDomainOutboundConnections cannot be above MaxOutboundConnections.",
            ),
            Refused(
                "delay-notification",
                _told_too_early,
                "DelayNotificationTimeout must be longer than TransientFailureRetryCount times "
                "TransientFailureRetryInterval.",
            ),
        ),
    ),
    on_server=_on_server,
)
