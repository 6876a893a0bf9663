"""Inbound connectors as simulated Exchange Online has them, and what it refuses of them."""

import json

from reconciler.backends.simulated import cloud
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Properties, Refused
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows
from reconciler.backends.simulated.world import World
from reconciler.catalog.inbound_connector import TYPE

_NAMED_BY = ("Name", "DomainName", "Guid", "DistinguishedName")


def _judge(
    rows: Rows, _before: Properties | None, after: Properties | None, _world: World
) -> None:
    """The associated domains must be domains of the tenant."""
    wanted = after["AssociatedAcceptedDomains"] if after is not None else None
    if not isinstance(wanted, list) or not wanted:
        return
    known = (json.loads(one.properties) for one in rows.all("AcceptedDomain"))
    names = {str(one[by]).casefold() for one in known for by in _NAMED_BY}
    for domain in wanted:
        if domain.casefold() not in names:
            raise refusal("value-refused", f'There is no accepted domain "{domain}".')


_REFUSED = (
    Refused(
        "sender-domains-missing",
        lambda one, _world: not one["SenderDomains"],
        "An inbound connector needs the domains of its senders.",
    ),
    Refused(
        "internal-with-cloud-services",
        lambda one, _world: bool(
            one["TreatMessagesAsInternal"] and one["CloudServicesMailEnabled"]
        ),
        "TreatMessagesAsInternal cannot be true where CloudServicesMailEnabled is.",
    ),
    Refused(
        "internal-needs-on-premises",
        lambda one, _world: bool(
            one["TreatMessagesAsInternal"] and one["ConnectorType"] != cloud.ON_PREMISES
        ),
        "TreatMessagesAsInternal can be true on connectors of type OnPremises only.",
    ),
)

NOUN = derive(
    TYPE,
    container=cloud.container,
    columns=("Name", "SenderDomains", "SenderIPAddresses", "Enabled"),
    shown=cloud.SHOWN,
    refused=_REFUSED,
    judge=_judge,
    lists=cloud.limited,
)
