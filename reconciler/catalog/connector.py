"""What connectors with address spaces share where they do not speak SMTP: foreign ones and those of
delivery agents.

Facts: the New- and Set- pages of both; the address spaces are those of send connectors.
"""

from collections.abc import Iterator
from dataclasses import replace

from reconciler.catalog.settings import OTHERS
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.declare import argument, computed, kept, required
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.make import elements
from reconciler.schema.kinds.net import EDGESYNC
from reconciler.schema.kinds.routing import address_spaces, read
from reconciler.schema.kinds.server import servers
from reconciler.schema.kinds.text import guid, name_of, text
from reconciler.schema.resource_type import Can
from reconciler.schema.rule import Finding, Held, Level, Rule
from reconciler.schema.rules import is_set, never, no

NAME = required(
    argument(
        "name",
        "Name",
        name_of(64),
        "What people call the connector, unique in the organisation whatever its case. Another "
        "name is a rename, for the connector is known by its GUID.",
    )
)
ADDRESS_SPACES = required(
    argument(
        "address_spaces",
        "AddressSpaces",
        address_spaces,
        "Destinations as `type:address;cost`; the type is SMTP and the cost 1 where left out, and a "
        "lower cost (1 to 100) wins.",
    )
)
SOURCES = replace(
    kept(
        argument(
            "source_transport_servers",
            "SourceTransportServers",
            servers,
            "The Mailbox servers that carry mail for this connector.",
        ),
        "the server that runs the cmdlet; left as it is while omitted",
    ),
    refers_to="server",
)
SCOPED = argument(
    "is_scoped_connector",
    "IsScopedConnector",
    flag,
    "Whether only servers in the Active Directory site of the source servers may use it.",
    default=False,
)
ENABLED = argument(
    "enabled", "Enabled", flag, "Whether the connector takes mail at all.", default=True
)
COMMENT = argument("comment", "Comment", text, "A note for other administrators.")
COMPUTED = (
    computed("guid", "Guid", guid, "What Exchange knows the connector by for ever."),
    computed(
        "distinguished_name",
        "DistinguishedName",
        text,
        "Where it stands in the directory; it follows the name.",
        follows_name=True,
    ),
)

# New- has no Force.
OTHERS_HERE = tuple(
    replace(one, lacks=frozenset({Can.CREATE})) if one.parameter == "Force" else one
    for one in OTHERS
)


def _placeholder(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    if any(space.address == EDGESYNC for space in read(values.get("address_spaces"))):
        yield Finding(
            "address_spaces",
            f'"{EDGESYNC}" stands for all accepted domains on Edge servers only, and this connector '
            "lives on Mailbox servers. Name the domains.",
        )


def _several_sources(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    sources = elements(values.get("source_transport_servers"))
    if values.get("is_scoped_connector") is True and len(sources) > 1:
        yield Finding(
            "source_transport_servers",
            "A scoped connector serves the Active Directory site of its source servers, and it is "
            "ambiguous which site that is if they stand in several. Make sure that all of them "
            "stand in one site, or name one server.",
        )


def _no_source(values: Values, given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    name = "source_transport_servers"
    if name in given and not elements(values.get(name)):
        yield Finding(
            name,
            "A connector without a source server carries nothing. Name at least one server, or "
            "leave the argument out.",
        )


RULES = (
    Rule(
        "R4",
        Level.E,
        "missing-address-spaces",
        "Missing address spaces",
        ("address_spaces",),
        never(
            no(is_set("address_spaces")),
            "address_spaces",
            "The connector must say which destinations it takes, and the list is empty. Put at "
            'least one into it, such as "FAX:*".',
        ),
    ),
    Rule(
        "R8",
        Level.DOCUMENTED,
        "edgesync-placeholder",
        "Placeholder of Edge servers",
        ("address_spaces",),
        _placeholder,
    ),
    Rule(
        "R36",
        Level.L,
        "scoped-with-several-sources",
        "Scoped connector with several source servers",
        ("is_scoped_connector", "source_transport_servers"),
        _several_sources,
    ),
    Rule(
        "R37",
        Level.DOCUMENTED,
        "no-source-server",
        "No source server",
        ("source_transport_servers",),
        _no_source,
    ),
)

_GRAMMAR = "the spelling of the argument"


def _space(rule: str, code: str) -> Held:
    return Held(
        rule, Level.DOCUMENTED, code, "Invalid address space", ("address_spaces",), _GRAMMAR
    )


HELD = (
    _space("R4", "invalid-address-space"),
    _space("R5", "invalid-address-space-domain"),
    _space("R6", "invalid-x400-address"),
    _space("R7", "invalid-address-space-cost"),
    Held(
        "R37",
        Level.DOCUMENTED,
        "invalid-server",
        "Invalid server name",
        ("source_transport_servers",),
        f"{_GRAMMAR}; that the server exists is known to Exchange alone",
    ),
)


def held(rule: str, code: str, summary: str, attribute: str, how: str = _GRAMMAR) -> Held:
    """A documented rule that the kind of one argument holds."""
    return Held(rule, Level.DOCUMENTED, code, summary, (attribute,), how)
