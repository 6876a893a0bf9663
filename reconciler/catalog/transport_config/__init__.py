"""The transport configuration of a whole organisation: one object, there from the start.

Facts: the Set-TransportConfig page (office-docs-powershell, 2025). It does not name Exchange Server
SE, which has what Exchange 2019 has.
"""

from reconciler.catalog.settings import OTHERS
from reconciler.catalog.transport_config import content, copies, mail, notices
from reconciler.catalog.transport_config.rules import HELD, RULES
from reconciler.model.platform import EVERY_VERSION
from reconciler.schema.declare import computed
from reconciler.schema.kinds.text import guid, text
from reconciler.schema.resource_type import Can, NotAnArgument, ResourceType

_EXAMPLE = """\
resource "transport_config" "contoso" {
  max_send_size                  = "35MB"
  max_receive_size               = "35MB"
  tls_send_domain_secure_list    = ["fabrikam.com"]
  tls_receive_domain_secure_list = ["fabrikam.com"]
  safety_net_hold_time           = "5.00:00:00"
}
"""

ATTRIBUTES = (
    *mail.LIMITS,
    *mail.SECURITY,
    *content.CONTENT,
    *notices.ATTRIBUTES,
    *content.JOURNALING,
    *copies.ATTRIBUTES,
    *content.STORMS,
    computed("guid", "Guid", guid, "What Exchange knows the object by for ever."),
    computed("distinguished_name", "DistinguishedName", text, "Where it stands in the directory."),
)

TYPE = ResourceType(
    name="transport_config",
    noun="TransportConfig",
    summary=(
        "What holds for mail in the whole organisation: limits, mutual TLS, notices, redundancy, "
        "journaling. There is one, and it is adopted and let go, never made or removed; what is not "
        "written is left as it is."
    ),
    attributes=ATTRIBUTES,
    identity=(),
    can=frozenset({Can.UPDATE}),
    rules=RULES,
    others=(
        *(one for one in OTHERS if one.parameter != "Identity"),
        NotAnArgument("Identity", "refused: Microsoft reserves it, and there is only one"),
    ),
    source="Set-TransportConfig reference page",
    held=HELD,
    example=_EXAMPLE,
    versions=EVERY_VERSION,
)
