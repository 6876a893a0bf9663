"""The intra-organization connector: where another half of the organisation is found by
Autodiscover. It carries no mail.

Facts: the New- and Set-IntraOrganizationConnector pages.
"""

from dataclasses import replace

from reconciler.catalog.settings import OTHERS
from reconciler.catalog.unique import unique_names
from reconciler.model.platform import ONLINE
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, computed, group, required
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.domains import domains
from reconciler.schema.kinds.text import guid, name_of, text
from reconciler.schema.kinds.uri import uri
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.rule import Held, Level, Rule
from reconciler.schema.rules import is_set, never, no

_WHERE = ("2013", "2016", "2019", "SE", ONLINE)

_EXAMPLE = """\
resource "intra_organization_connector" "cloud" {
  name                   = "HybridIOC"
  discovery_endpoint     = "https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc"
  target_address_domains = ["contoso.mail.onmicrosoft.com"]
}
"""

_ATTRIBUTES = (
    *group(
        "Arguments",
        replace(
            required(
                argument(
                    "name",
                    "Name",
                    name_of(64),
                    "What people call the connector. Exchange cannot change it.",
                )
            ),
            on_change=OnChange.REPLACE,
        ),
        required(
            argument(
                "discovery_endpoint",
                "DiscoveryEndpoint",
                uri,
                "Where the Autodiscover service of the other half answers from outside.",
            )
        ),
        required(
            argument(
                "target_address_domains",
                "TargetAddressDomains",
                domains,
                "The domains of people who are found through the connector.",
            )
        ),
        argument(
            "enabled", "Enabled", flag, "Whether the connector connects at all.", default=True
        ),
        replace(
            argument(
                "target_sharing_epr",
                "TargetSharingEpr",
                uri,
                "Where the Exchange Web Services of the other half answer.",
            ),
            versions=(ONLINE,),
        ),
    ),
    computed("guid", "Guid", guid, "What Exchange knows the connector by for ever."),
    computed("distinguished_name", "DistinguishedName", text, "Where it stands in the directory."),
)

_RULES = (
    Rule(
        "R73",
        Level.E,
        "missing-domains",
        "Missing domains",
        ("target_address_domains",),
        never(
            no(is_set("target_address_domains")),
            "target_address_domains",
            "The connector must say whose addresses it is for, and the list is empty. Name at least "
            "one domain.",
        ),
    ),
)


def _held(level: Level, code: str, summary: str, attribute: str, how: str) -> Held:
    return Held("R73", level, code, summary, (attribute,), how)


_GRAMMAR = "the spelling of the argument"

HELD = (
    *(
        _held(Level.E, "missing-argument", "Missing argument", attribute, "always required")
        for attribute in ("name", "discovery_endpoint", "target_address_domains")
    ),
    _held(Level.DOCUMENTED, "invalid-uri", "Invalid web address", "discovery_endpoint", _GRAMMAR),
    _held(
        Level.DOCUMENTED, "invalid-domain", "Invalid domain", "target_address_domains", _GRAMMAR
    ),
    _held(
        Level.DOCUMENTED,
        "not-on-this-version",
        "Argument does not exist on this version",
        "target_sharing_epr",
        "the version in the backend block",
    ),
)

TYPE = ResourceType(
    name="intra_organization_connector",
    noun="IntraOrganizationConnector",
    summary=(
        "Says where the Autodiscover service of another half of the organisation answers, in another "
        "forest or in Exchange Online, for free/busy times and the like. It carries no mail."
    ),
    attributes=_ATTRIBUTES,
    rules=_RULES,
    fleet_rules=(unique_names("R73"),),
    others=tuple(one for one in OTHERS if one.parameter != "Force"),
    source="New-IntraOrganizationConnector and Set-IntraOrganizationConnector reference pages",
    held=HELD,
    example=_EXAMPLE,
    versions=_WHERE,
)
