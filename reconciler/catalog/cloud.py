"""What the connectors of Exchange Online have in common: their kind of partner, who made them, and
the parameters of cmdlets that are no arguments.
"""

from dataclasses import replace

from reconciler.catalog.settings import OTHERS
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import argument, computed, kept, required
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.text import guid, name_of, text
from reconciler.schema.resource_type import NotAnArgument
from reconciler.schema.rules import is_one_of

ON_PREMISES = is_one_of("connector_type", "OnPremises")
PARTNER = is_one_of("connector_type", "Partner")
ALL_OF_THEM = {"ResultSize": "Unlimited"}
"""Without it Get- stops after the first thousand."""

NAME = required(
    argument("name", "Name", name_of(64), "What people call the connector; no other one has it.")
)
COMMON = (
    argument("comment", "Comment", text, "A note for people."),
    argument("enabled", "Enabled", flag, "Whether the connector is in use.", default=True),
    replace(
        argument(
            "connector_type",
            "ConnectorType",
            choice("Partner", "OnPremises"),
            "Whose servers are at the other end: those of another organisation, or one's own. "
            "What Exchange takes it for when nobody says so is not documented, so that it is "
            "always sent.",
            "Partner",
        ),
        pinned=True,
    ),
    kept(
        argument(
            "connector_source",
            "ConnectorSource",
            choice("Default", "HybridWizard", "Migrated"),
            "Who made the connector. Exchange has more answers than it takes, such as `AdminUI`; "
            "Microsoft advises against changing it.",
        ),
        '`"Default"` at first, then left as it is',
        at_first="Default",
    ),
)
CLOUD_SERVICES = replace(
    argument(
        "cloud_services_mail_enabled",
        "CloudServicesMailEnabled",
        flag,
        "Whether headers that tell mail of one's own organisation apart go along with it, in a "
        "hybrid deployment. The hybrid wizard sets it.",
        default=False,
    ),
    pinned=True,
)


def computed_of(what: str) -> tuple[Attribute, ...]:
    """The read-only attributes of a connector called `what`."""
    return (
        computed("guid", "Guid", guid, f"What Exchange knows the {what} by for ever."),
        computed(
            "distinguished_name",
            "DistinguishedName",
            text,
            "Where it stands in the directory; it follows the name.",
            follows_name=True,
        ),
    )


def others(*reserved: str) -> tuple[NotAnArgument, ...]:
    """No cmdlet of the cloud connectors takes a domain controller, or force."""
    theirs = tuple(one for one in OTHERS if one.parameter not in ("DomainController", "Force"))
    return theirs + tuple(
        NotAnArgument(name, "refused: Microsoft reserves it") for name in reserved
    )
