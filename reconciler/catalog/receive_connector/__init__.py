"""The receive connector: takes SMTP sessions on one transport server."""

from reconciler.catalog import setup
from reconciler.catalog.receive_connector.attributes import ATTRIBUTES, SHORTHANDS
from reconciler.catalog.receive_connector.birth import AT_CREATION
from reconciler.catalog.receive_connector.elsewhere import HELD
from reconciler.catalog.receive_connector.fleet import FLEET_RULES
from reconciler.catalog.receive_connector.order import frees_first, makes_way
from reconciler.catalog.receive_connector.own_name import FULL_NAME
from reconciler.catalog.receive_connector.rules import RULES
from reconciler.catalog.receive_connector.service import WITHOUT_TLS
from reconciler.catalog.renewal import RENEWED_TOGETHER
from reconciler.catalog.settings import OTHERS
from reconciler.schema.resource_type import NotAnArgument, ResourceType

_EXAMPLE = """\
resource "receive_connector" "relay" {
  name              = "Application relay"
  server            = "MBX1"
  transport_role    = "FrontendTransport"
  bindings          = ["10.10.1.25:25"]
  remote_ip_ranges  = ["10.20.0.0/24", "10.30.0.7"]
  permission_groups = ["AnonymousUsers"]
}
"""

TYPE = ResourceType(
    name="receive_connector",
    noun="ReceiveConnector",
    summary=(
        "Takes SMTP sessions on one transport server, from the addresses it is for. Of several on "
        "one address and port, the one with the most specific remote range takes the session."
    ),
    attributes=ATTRIBUTES,
    identity=("server", "name"),
    rules=RULES,
    fleet_rules=FLEET_RULES,
    scene_rules=(AT_CREATION, FULL_NAME, *WITHOUT_TLS),
    coupled=(
        frozenset({"binary_mime_enabled", "chunking_enabled"}),
        frozenset({"connection_timeout", "connection_inactivity_timeout"}),
        frozenset({"auth_mechanism", "permission_groups", "require_tls", "fqdn"}),
        frozenset({"bindings", "remote_ip_ranges", "transport_role"}),
        RENEWED_TOGETHER,
    ),
    others=(
        *(one for one in OTHERS if one.parameter != "Force"),
        NotAnArgument("SmtpUtf8Enabled", "refused: Microsoft reserves it"),
    ),
    source="New-ReceiveConnector and Set-ReceiveConnector reference pages",
    shorthands=SHORTHANDS,
    held=HELD,
    example=_EXAMPLE,
    born={"enabled": False},
    order=frees_first,
    bridges=makes_way,
    setup=setup.receive_connector,
)
