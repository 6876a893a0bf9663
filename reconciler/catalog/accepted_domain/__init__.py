"""The accepted domain: one for which the organisation takes mail.

Facts: the New-, Set- and Get-AcceptedDomain pages, and the pages on accepted domains.
"""

from reconciler.catalog.accepted_domain.attributes import ATTRIBUTES
from reconciler.catalog.accepted_domain.order import order
from reconciler.catalog.accepted_domain.rules import FLEET_RULES, HELD, SCENE_RULES, SEAT
from reconciler.catalog.edge_sync import HELD_BY_SUBSCRIPTION, YIELDS
from reconciler.catalog.settings import OTHERS
from reconciler.model.platform import EVERY_VERSION
from reconciler.schema.resource_type import Can, NotAnArgument, ResourceType

_EXAMPLE = """\
resource "accepted_domain" "branch" {
  name        = "Branch offices"
  domain_name = "*.branch.contoso.com"
  domain_type = "InternalRelay"
}
"""

_RESERVED = tuple(
    NotAnArgument(name, "refused: Microsoft reserves it")
    for name in ("EnableNego2Authentication", "PendingCompletion", "PendingRemoval")
)

TYPE = ResourceType(
    name="accepted_domain",
    noun="AcceptedDomain",
    summary=(
        "A domain for which the organisation takes mail. In Exchange Online domains are verified in "
        "the admin centre; there they are adopted and let go, never made or removed."
    ),
    attributes=ATTRIBUTES,
    fleet_rules=FLEET_RULES,
    scene_rules=SCENE_RULES,
    others=tuple(one for one in OTHERS if one.parameter != "Force") + _RESERVED,
    source="New-AcceptedDomain and Set-AcceptedDomain reference pages",
    held=(*HELD, HELD_BY_SUBSCRIPTION),
    example=_EXAMPLE,
    versions=EVERY_VERSION,
    can_online=frozenset({Can.UPDATE}),
    order=order,
    lookups=("domain_name",),
    yields=YIELDS,
    seat=SEAT,
)
