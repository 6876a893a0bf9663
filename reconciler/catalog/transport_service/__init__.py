"""The settings of the Transport service of one server, which setup makes and nobody removes.

Facts: the Set- and Get-TransportService pages. A server of Exchange 2010 has other cmdlets.
"""

from dataclasses import replace

from reconciler.catalog.settings import OTHERS
from reconciler.catalog.transport_service import local, logs, names, sending
from reconciler.catalog.transport_service.reserved import RESERVED
from reconciler.catalog.transport_service.rules import RULES
from reconciler.schema.attribute import Attribute, Presence
from reconciler.schema.declare import computed, group
from reconciler.schema.kinds.server import server
from reconciler.schema.kinds.text import guid, text
from reconciler.schema.resource_type import Can, ResourceType

_EXAMPLE = """\
resource "transport_service" "mbx1" {
  server                         = "MBX1"
  external_dns_adapter_enabled   = false
  external_dns_servers           = ["10.10.1.53", "10.10.2.53"]
  max_outbound_connections       = 2000
  message_tracking_log_max_age   = "60.00:00:00"
  receive_protocol_log_path      = "D:\\\\Logs\\\\SmtpReceive"
}
"""

_SERVER = Attribute(
    name="server",
    kind=server,
    doc="The server. Another name means the settings of another one.",
    presence=Presence.REQUIRED,
    reads="Name",
    refers_to="server",
)

ATTRIBUTES = (
    *group("Arguments", _SERVER),
    *sending.CONNECTIONS,
    *sending.RETRIES,
    *names.ATTRIBUTES,
    *local.DIRECTORIES,
    *logs.ATTRIBUTES,
    *local.DIAGNOSIS,
    computed("guid", "Guid", guid, "What Exchange knows the server by for ever."),
    computed("distinguished_name", "DistinguishedName", text, "Where it stands in the directory."),
)

PATHS = {
    **local.FOLDERS,
    **{f"{log.parameter}Path": log.path for log in logs.LOGS if log.path},
}
"""The folders that setup chooses, below the folder of Exchange, by the property that shows them."""

TYPE = ResourceType(
    name="transport_service",
    noun="TransportService",
    summary=(
        "How the Transport service of one server works: connections, retries, DNS servers, folders "
        "and logs. Every server has one; it is adopted and let go, never made or removed, and what "
        "is not written is left as it is. Most changes count once MSExchangeTransport is restarted, "
        "which `reconciler` leaves to you."
    ),
    attributes=ATTRIBUTES,
    identity=("server",),
    can=frozenset({Can.UPDATE}),
    rules=RULES,
    others=(
        *(one for one in OTHERS if one.parameter not in {"Force", "Identity"}),
        *(replace(one, roles=("mailbox",)) for one in OTHERS if one.parameter == "Identity"),
        *RESERVED,
    ),
    source="Set-TransportService and Get-TransportService reference pages",
    example=_EXAMPLE,
    versions=("2013", "2016", "2019", "SE"),
)
