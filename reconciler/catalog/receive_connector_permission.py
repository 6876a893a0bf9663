"""Rights on receive connectors: what senders may do there."""

from collections.abc import Iterator

from reconciler.catalog.permission import RECEIVING, Parent, permission
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.access import ANONYMOUS
from reconciler.schema.rule import Finding, Level, Rule

_RELAY = "ms-Exch-SMTP-Accept-Any-Recipient"
_EXAMPLE = """\
resource "receive_connector_permission" "relay" {
  connector      = receive_connector.printers.guid
  user           = "CONTOSO\\\\Printers"
  extended_right = "ms-Exch-SMTP-Accept-Any-Recipient"
}
"""


def _open_relay(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    wanted = (values["user"], values["extended_right"], values["deny"])
    if wanted == (ANONYMOUS, _RELAY, False):
        yield Finding(
            "extended_right",
            "Whoever reaches the connector may send to any address in the world without proving "
            "who they are: that is an open relay, unless remote_ip_ranges of the connector lets in "
            "known hosts alone. Keep the ranges narrow, or give the right to an account.",
        )


TYPE = permission(
    Parent("receive_connector", "ReceiveConnector", RECEIVING, _EXAMPLE),
    "One extended right of one account on one receive connector, beyond what permission_groups of "
    "the connector gives. What the groups and Exchange itself grant is left as it is.",
    rules=(
        Rule(
            "P16",
            Level.L,
            "open-relay-right",
            "Anybody may relay",
            ("user", "extended_right", "deny"),
            _open_relay,
        ),
    ),
)
