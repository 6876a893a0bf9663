"""The foreign connector: hands mail to a gateway that does not speak SMTP, as files in a folder.

Facts: the New- and Set-ForeignConnector pages.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

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
from reconciler.catalog.late import always
from reconciler.catalog.order import bridges, new_route_first
from reconciler.catalog.routing import route
from reconciler.catalog.unique import unique_names
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import argument, group, kept
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.limits import size_within
from reconciler.schema.kinds.number import size
from reconciler.schema.kinds.text import text
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Finding, Level, Rule
from reconciler.schema.rules import both, is_on, never

_EXAMPLE = """\
resource "foreign_connector" "fax" {
  name                     = "Fax gateway"
  address_spaces           = ["FAX:*;1"]
  source_transport_servers = ["MBX1"]
  drop_directory           = "Fax"
  max_message_size         = "10MB"
}
"""

_ABSOLUTE = re.compile(r"[A-Za-z]:|[\\/]")


def _late(attribute: Attribute) -> Attribute:
    return replace(attribute, late=always)


_ATTRIBUTES = (
    *group("General", NAME, _late(ENABLED), _late(COMMENT)),
    *group(
        "Routing",
        ADDRESS_SPACES,
        SOURCES,
        SCOPED,
        _late(
            argument(
                "max_message_size",
                "MaxMessageSize",
                size,
                'The largest message that may pass, such as "25MB", or "unlimited".',
                "unlimited",
            )
        ),
    ),
    *group(
        "Delivery",
        _late(
            kept(
                argument(
                    "drop_directory",
                    "DropDirectory",
                    text,
                    "The folder that takes the messages, relative to `RootDropDirectoryPath` of the "
                    "transport service. Nobody makes it for you: it must exist, with full control "
                    "for Network Service, System and Administrators.",
                ),
                "the name that the connector is made with; left as it is while omitted",
            )
        ),
        _late(
            argument(
                "drop_directory_quota",
                "DropDirectoryQuota",
                size_within(1, unlimited=True),
                'How much the folder holds until somebody takes messages out, or "unlimited".',
                "unlimited",
            )
        ),
        _late(
            argument(
                "relay_dsn_required",
                "RelayDsnRequired",
                flag,
                "Whether a sender is told that the message was handed over.",
                default=False,
            )
        ),
    ),
    *COMPUTED,
)


def _absolute(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    folder = values.get("drop_directory")
    if isinstance(folder, str) and _ABSOLUTE.match(folder):
        yield Finding(
            "drop_directory",
            "A complete path counts only on source servers whose transport service has no "
            "RootDropDirectoryPath. Make sure that none has one, or write the path relative to it.",
        )


_RULES = (
    *RULES,
    Rule(
        "R64",
        Level.W,
        "absolute-drop-directory",
        "Complete path of a drop directory",
        ("drop_directory",),
        _absolute,
    ),
    Rule(
        "R64",
        Level.W,
        "nothing-may-pass",
        "Connector that lets nothing pass",
        ("max_message_size", "enabled"),
        never(
            both(is_on("enabled"), lambda values: values.get("max_message_size") == 0),
            "max_message_size",
            "An enabled connector whose max_message_size is 0 fills the event log with errors. Set "
            "enabled = false instead.",
        ),
    ),
)

TYPE = ResourceType(
    name="foreign_connector",
    noun="ForeignConnector",
    summary=(
        "Takes the mail for its address spaces and puts it into a folder, from where a gateway that "
        "does not speak SMTP, such as one for fax, fetches it. Exchange Server only, on Mailbox "
        "servers."
    ),
    attributes=_ATTRIBUTES,
    rules=_RULES,
    fleet_rules=(unique_names("R64"),),
    others=OTHERS_HERE,
    source="New-ForeignConnector and Set-ForeignConnector reference pages",
    held=(
        *HELD,
        held("R64", "invalid-size", "Invalid size", "max_message_size"),
        held(
            "R64",
            "size-out-of-range",
            "Invalid size",
            "drop_directory_quota",
            "from 1 to 2147483647 bytes",
        ),
    ),
    example=_EXAMPLE,
    roles=("mailbox",),
    order=new_route_first,
    bridges=bridges,
    route=route,
)
