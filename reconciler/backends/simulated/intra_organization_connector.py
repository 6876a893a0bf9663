"""Intra-organization connectors as the simulated Exchange has them. It asks no endpoint."""

from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Refused
from reconciler.catalog.intra_organization_connector import TYPE

NOUN = derive(
    TYPE,
    container="CN=Intra Organization Connectors",
    columns=("Name", "TargetAddressDomains", "DiscoveryEndpoint", "Enabled"),
    refused=(
        Refused(
            "domains-missing",
            lambda p, _: not p["TargetAddressDomains"],
            "An intra-organization connector needs at least one target address domain.",
        ),
        Refused(
            "endpoint-missing",
            lambda p, _: p["DiscoveryEndpoint"] is None,
            "An intra-organization connector needs a discovery endpoint.",
        ),
    ),
)
