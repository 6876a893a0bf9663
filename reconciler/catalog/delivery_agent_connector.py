"""The delivery agent connector: hands mail to an agent that speaks another protocol than SMTP.

Facts: the New- and Set-DeliveryAgentConnector pages.
"""

from reconciler.catalog.connector import (
    ADDRESS_SPACES,
    COMMENT,
    COMPUTED,
    ENABLED,
    HELD,
    NAME,
    OTHERS_HERE,
    RULES,
    SCOPED,
    SOURCES,
    held,
)
from reconciler.catalog.order import bridges, new_route_first
from reconciler.catalog.routing import route
from reconciler.catalog.unique import unique_names
from reconciler.model.values import Values
from reconciler.schema.declare import argument, group, required
from reconciler.schema.kinds.limits import size_within
from reconciler.schema.kinds.number import integer
from reconciler.schema.kinds.text import text
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Level, Rule
from reconciler.schema.rules import never

_LARGEST_INT = (1 << 31) - 1
_SMALLEST = 65_536

_EXAMPLE = """\
resource "delivery_agent_connector" "mobile" {
  name              = "Text messages"
  address_spaces    = ["MOBILE:*;1"]
  delivery_protocol = "MOBILE"
}
"""

_ATTRIBUTES = (
    *group("General", NAME, ENABLED, COMMENT),
    *group(
        "Routing",
        ADDRESS_SPACES,
        SOURCES,
        SCOPED,
        argument(
            "max_message_size",
            "MaxMessageSize",
            size_within(_SMALLEST, unlimited=True),
            'The largest message that may pass, from "64KB" on, or "unlimited".',
            "unlimited",
        ),
    ),
    *group(
        "Delivery",
        required(
            argument(
                "delivery_protocol",
                "DeliveryProtocol",
                text,
                "The protocol by which delivery agents find the connector; an agent for it must be "
                "installed on every source server.",
            )
        ),
        argument(
            "max_concurrent_connections",
            "MaxConcurrentConnections",
            integer(0, _LARGEST_INT),
            "How many connections there may be at once.",
            5,
        ),
        argument(
            "max_messages_per_connection",
            "MaxMessagesPerConnection",
            integer(0, _LARGEST_INT),
            "How many messages go over one connection before a new one is opened.",
            20,
        ),
    ),
    *COMPUTED,
)


def _blank(values: Values) -> bool:
    protocol = values.get("delivery_protocol")
    return isinstance(protocol, str) and not protocol.strip()


_RULES = (
    *RULES,
    Rule(
        "R65",
        Level.E,
        "missing-delivery-protocol",
        "Missing delivery protocol",
        ("delivery_protocol",),
        never(
            _blank,
            "delivery_protocol",
            "Without a protocol no delivery agent finds the connector. Name the protocol of an "
            'installed agent, such as "MOBILE".',
        ),
    ),
)

TYPE = ResourceType(
    name="delivery_agent_connector",
    noun="DeliveryAgentConnector",
    summary=(
        "Takes the mail for its address spaces and hands it to a delivery agent, which converts it "
        "and speaks another protocol than SMTP. Exchange Server only, on Mailbox servers."
    ),
    attributes=_ATTRIBUTES,
    rules=_RULES,
    fleet_rules=(unique_names("R65"),),
    others=OTHERS_HERE,
    source="New-DeliveryAgentConnector and Set-DeliveryAgentConnector reference pages",
    held=(
        *HELD,
        held("R65", "name-too-long", "Invalid name", "name", "at most 64 characters"),
        held("R65", "invalid-size", "Invalid size", "max_message_size"),
        held(
            "R65",
            "size-out-of-range",
            "Invalid size",
            "max_message_size",
            "from 65536 to 2147483647 bytes",
        ),
    ),
    example=_EXAMPLE,
    roles=("mailbox",),
    order=new_route_first,
    bridges=bridges,
    route=route,
)
