"""What EdgeSync keeps on an Edge Transport server that is subscribed, so that nobody else may.

Facts: the pages on Edge Subscriptions and on New-EdgeSubscription.
"""

from typing import Final

from reconciler.schema.resource_type import Yields
from reconciler.schema.rule import Held, Level

YIELDS: Final = Yields(
    to="edge_subscription",
    role="edge",
    code="edge-is-subscribed",
    summary="Change on a subscribed Edge server",
    why=(
        "EdgeSync writes the send connectors, accepted domains and remote domains of an Edge "
        "Transport server that is subscribed to a site, and Exchange refuses to have them changed "
        "there. Make the change in the organisation, from where EdgeSync brings it over: let the "
        "block name the backend of the Mailbox servers, a send connector with the Edge server among "
        "its source_transport_servers. Or end the subscription first."
    ),
)
HELD_BY_SUBSCRIPTION: Final = Held(
    "", Level.E, YIELDS.code, YIELDS.summary, (), "the Edge subscription that is there or planned"
)
