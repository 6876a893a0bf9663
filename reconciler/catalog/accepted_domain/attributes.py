"""The arguments of accepted domains."""

from dataclasses import replace

from reconciler.catalog.late import always
from reconciler.model.platform import ONLINE, VERSIONS, Platform
from reconciler.model.values import UNKNOWN, Canonical, Values
from reconciler.schema.attribute import OnChange
from reconciler.schema.declare import argument, computed, group, kept, required
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.net import smtp_domain_or_wildcard
from reconciler.schema.kinds.text import guid, name_of, text

_ONLINE_ONLY = (ONLINE,)
_SINCE_2016 = ("2016", "2019", "SE", ONLINE)


def _in_address_book(values: Values, _platform: Platform) -> Canonical:
    kind = values.get("domain_type")
    return UNKNOWN if kind is UNKNOWN else kind == "Authoritative"


ATTRIBUTES = (
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
