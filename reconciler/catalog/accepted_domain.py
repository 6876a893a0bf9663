"""The accepted domain: one for which the organisation takes mail.

Facts: the New-, Set- and Get-AcceptedDomain pages, and the pages on accepted domains.
"""

from collections.abc import Iterator
from dataclasses import replace

from reconciler.catalog.edge_sync import HELD_BY_SUBSCRIPTION, YIELDS
from reconciler.catalog.late import always
from reconciler.catalog.settings import OTHERS
from reconciler.model.platform import EVERY_VERSION, ONLINE, VERSIONS, Platform
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, computed, group, kept, required
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.net import smtp_domain_or_wildcard
from reconciler.schema.kinds.text import guid, name_of, text
from reconciler.schema.resource_type import After, Can, Changes, NotAnArgument, ResourceType
from reconciler.schema.rule import Finding, Fleet, FleetRule, Held, Level

_ONLINE_ONLY = (ONLINE,)
_SINCE_2016 = ("2016", "2019", "SE", ONLINE)

_EXAMPLE = """\
resource "accepted_domain" "branch" {
  name        = "Branch offices"
  domain_name = "*.branch.contoso.com"
  domain_type = "InternalRelay"
}
"""


def _in_address_book(values: Values, _platform: Platform) -> Canonical:
    kind = values.get("domain_type")
    return UNKNOWN if kind is UNKNOWN else kind == "Authoritative"


_ATTRIBUTES = (
    *group(
        "Arguments",
        required(argument("name", "Name", name_of(64), "What people call the domain.")),
        replace(
            required(
                argument(
                    "domain_name",
                    "DomainName",
                    smtp_domain_or_wildcard,
                    'The domain; `"*.contoso.com"` also takes all below it. Exchange cannot change it.',
                )
            ),
            on_change=OnChange.REPLACE,
        ),
        argument(
            "domain_type",
            "DomainType",
            choice("Authoritative", "InternalRelay", "ExternalRelay"),
            "Who has the mailboxes: this organisation alone, partly another one, or another one "
            "alone. Relay domains want a send connector of that address space.",
            "Authoritative",
        ),
        replace(
            argument(
                "address_book_enabled",
                "AddressBookEnabled",
                flag,
                "Whether recipients are looked up in the address book.",
            ),
            default=_in_address_book,
            default_doc="`true` for Authoritative, else `false`",
            versions=VERSIONS,
            late=always,
        ),
        replace(
            kept(
                argument(
                    "make_default",
                    "MakeDefault",
                    flag,
                    "Whether this is the domain of addresses that name none. There is exactly one; "
                    "making another one the default ends it, so that `false` is never sent.",
                ),
                "`false` at first, then left as it is",
                at_first=False,
            ),
            reads="Default",
            versions=VERSIONS,
            late=always,
            passes=True,
        ),
        replace(
            argument(
                "match_sub_domains",
                "MatchSubDomains",
                flag,
                "Whether the domain stands for those below it too.",
                default=False,
            ),
            versions=_SINCE_2016,
            late=always,
        ),
    ),
    *group(
        "Exchange Online",
        *(
            replace(
                kept(argument(name, parameter, kind, doc), "left as it is"),
                versions=_ONLINE_ONLY,
                late=always,
            )
            for name, parameter, kind, doc in (
                ("can_have_cloud_cache", "CanHaveCloudCache", flag, "Not documented."),
                ("mail_flow_region", "MailFlowRegion", text, "Not documented."),
                ("outbound_only", "OutboundOnly", flag, "Whether the domain only sends."),
                (
                    "sending_from_domain_disabled",
                    "SendingFromDomainDisabled",
                    flag,
                    "Whether nobody may send from the domain.",
                ),
                (
                    "sending_to_domain_disabled",
                    "SendingToDomainDisabled",
                    flag,
                    "Whether nobody may send to the domain.",
                ),
            )
        ),
    ),
    computed("guid", "Guid", guid, "What Exchange knows the domain by for ever."),
    computed(
        "distinguished_name",
        "DistinguishedName",
        text,
        "Where it stands in the directory; it follows the name.",
        follows_name=True,
    ),
)


def _one_default(
    fleet: Fleet, _others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
    first = ""
    for index, (label, values) in enumerate(fleet):
        if values.get("make_default") is not True:
            continue
        if first:
            yield (
                index,
                Finding(
                    "make_default",
                    f"{first} is to be the default domain too, and there is exactly one. Leave "
                    "make_default to one of them.",
                ),
            )
        first = first or label


def _same_domain(
    fleet: Fleet, others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
    seen = {values.get("domain_name"): label for label, values in others}
    for index, (label, values) in enumerate(fleet):
        domain = values.get("domain_name")
        if domain is UNKNOWN:
            continue
        if domain in seen:
            yield (
                index,
                Finding(
                    "domain_name",
                    f"{seen[domain]} has the domain {domain} already, and Exchange accepts each "
                    "once. Remove one of the two, or import the one that is there.",
                ),
            )
        seen[domain] = label


def _new_default_first(changes: Changes, _after: After = ()) -> Iterator[tuple[int, int]]:
    """The default domain cannot be removed, so that another one takes over first."""
    was = [(before or {}).get("make_default") is True for before, _ in changes]
    will = [(after or {}).get("make_default") is True for _, after in changes]
    for heir in (n for n in range(len(changes)) if will[n] and not was[n]):
        yield from ((heir, n) for n in range(len(changes)) if was[n])


FLEET_RULES = (
    FleetRule(
        "R66",
        Level.DOCUMENTED,
        "several-default-domains",
        "More than one default domain",
        _one_default,
    ),
    FleetRule("R66", Level.E, "duplicate-domain", "Domain accepted twice", _same_domain),
)

HELD = (
    Held(
        "R66",
        Level.DOCUMENTED,
        "invalid-domain",
        "Invalid domain",
        ("domain_name",),
        "the spelling of the argument",
    ),
    Held(
        "R66",
        Level.DOCUMENTED,
        "not-made-online",
        "Not made in Exchange Online",
        ("domain_name",),
        "the version in the backend block: Microsoft 365 makes its domains itself",
    ),
)

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
    attributes=_ATTRIBUTES,
    fleet_rules=FLEET_RULES,
    others=tuple(one for one in OTHERS if one.parameter != "Force") + _RESERVED,
    source="New-AcceptedDomain and Set-AcceptedDomain reference pages",
    held=(*HELD, HELD_BY_SUBSCRIPTION),
    example=_EXAMPLE,
    versions=EVERY_VERSION,
    can_online=frozenset({Can.UPDATE}),
    order=_new_default_first,
    lookups=("domain_name",),
    yields=YIELDS,
)
