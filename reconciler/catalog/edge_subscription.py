"""The Edge Subscription: an Edge Transport server that shares in the mail of one site.

Facts: the New-, Get- and Remove-EdgeSubscription pages, and the page on Edge Subscriptions.
"""

import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace

from reconciler.catalog.settings import OTHERS
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Canonical, Secret, Values
from reconciler.schema.attribute import Attribute, OnChange
from reconciler.schema.declare import argument, computed, group, kept
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.number import timespan
from reconciler.schema.kinds.path import local_or_shared_path
from reconciler.schema.kinds.secret import secret_file
from reconciler.schema.kinds.site import ad_site
from reconciler.schema.kinds.text import guid, text
from reconciler.schema.resource_type import Can, ResourceType
from reconciler.schema.rule import Finding, Held, Level, Rule

_MAILBOX, _EDGE = ("mailbox",), ("edge",)

_EXAMPLE = """\
resource "edge_subscription" "edge1" {
  site      = "Default-First-Site-Name"
  file_data = filebase64("EdgeSubscription.xml")
}
"""


_SERVER = re.compile(r"<EdgeServerName>\s*([A-Za-z0-9-]{1,63})\s*</EdgeServerName>")
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def edge_server(file: Secret) -> str:
    """The server that wrote the file, "" where it does not tell. PowerShell writes UTF-16."""
    try:
        raw = b64decode(file.hidden, validate=True)
    except ValueError:
        return ""
    found = _SERVER.search(raw.decode("utf-16" if raw[:2] in _MARKS else "utf-8", "replace"))
    return found[1] if found else ""


def _named(values: Values) -> Canonical:
    file = values.get("file_data")
    return (edge_server(file) if isinstance(file, Secret) else "") or UNKNOWN


def _anew(attribute: Attribute, role: tuple[str, ...]) -> Attribute:
    return replace(attribute, on_change=OnChange.REPLACE, roles=role)


def _file(attribute: Attribute, role: tuple[str, ...]) -> Attribute:
    """Needed once, and best deleted after that: without it what is there is left."""
    found = kept(attribute, "needed when the subscription is made, then left as it is")
    return replace(_anew(found, role), reads="")


def _once(attribute: Attribute) -> Attribute:
    """Taken when the subscription is made, and not shown after that."""
    return replace(attribute, on_change=OnChange.IGNORE, reads="")


ATTRIBUTES = (
    *group(
        "On a Mailbox server",
        _anew(
            argument(
                "site", "Site", ad_site, "The site whose Mailbox servers the Edge works with."
            ),
            _MAILBOX,
        ),
        replace(
            _file(
                argument(
                    "file_data",
                    "FileData",
                    secret_file,
                    "The file that the Edge server wrote, in Base64. It holds credentials: neither "
                    "state, plan nor log keeps it. Exchange takes it within a day, so that another "
                    "file is another subscription; delete file and line once it is made.",
                ),
                _MAILBOX,
            ),
            write_only=True,
        ),
        *(
            replace(_once(argument(name, parameter, flag, doc, default=True)), roles=_MAILBOX)
            for name, parameter, doc in (
                (
                    "create_internet_send_connector",
                    "CreateInternetSendConnector",
                    "Whether Exchange makes `EdgeSync - SITE to Internet` with it.",
                ),
                (
                    "create_inbound_send_connector",
                    "CreateInboundSendConnector",
                    "Whether Exchange makes `EdgeSync - Inbound to SITE` with it.",
                ),
            )
        ),
    ),
    *group(
        "On an Edge Transport server",
        _file(
            argument(
                "file_name",
                "FileName",
                local_or_shared_path,
                "Where the server writes the file for the organisation.",
            ),
            _EDGE,
        ),
    ),
    *group(
        "On both",
        _once(
            argument(
                "account_expiry_duration",
                "AccountExpiryDuration",
                timespan(120, (1 << 31) - 1),
                "How long the account lasts that the file holds.",
                default=86_400,
            )
        ),
    ),
    replace(
        computed("name", "Name", text, "The Edge server, as the file names it."),
        foretold=_named,
    ),
    computed("domain", "Domain", text, "The domain that the Edge server calls its own."),
    computed("guid", "Guid", guid, "What Exchange knows the subscription by for ever."),
    computed("distinguished_name", "DistinguishedName", text, "Where it stands in the directory."),
)


def _site(values: Values, _given: frozenset[str], platform: Platform) -> Iterator[Finding]:
    if platform.role == "mailbox" and values.get("site") is None:
        yield Finding(
            "site",
            "An Edge server is subscribed to one Active Directory site, whose servers then exchange "
            'mail with it. Add site, such as "Default-First-Site-Name".',
        )


RULES = (
    Rule(
        "R71",
        Level.DOCUMENTED,
        "missing-site",
        "Missing site",
        ("site",),
        _site,
        always=True,
    ),
)

HELD = (
    Held(
        "R71",
        Level.DOCUMENTED,
        "not-on-this-role",
        "Argument does not exist on this server role",
        ("file_name", "file_data", "site"),
        "the role in the backend block",
    ),
    Held(
        "R71",
        Level.DOCUMENTED,
        "time-span-out-of-range",
        "Account that lasts less than two minutes",
        ("account_expiry_duration",),
        "the spelling of the argument",
    ),
)

TYPE = ResourceType(
    name="edge_subscription",
    noun="EdgeSubscription",
    summary=(
        "Lets an Edge Transport server work for one site. Exchange cannot change one: another site or "
        "file makes it anew, for which the file must be fresh, and the other arguments count when it is made. It brings send "
        "connectors of its own, which go with it and are not for `send_connector` blocks."
    ),
    attributes=ATTRIBUTES,
    can=frozenset({Can.CREATE, Can.DELETE}),
    rules=RULES,
    others=OTHERS,
    source="New-EdgeSubscription reference page",
    held=HELD,
    example=_EXAMPLE,
)
