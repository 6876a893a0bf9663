"""Checks of one receive connector that look into sets, at other arguments, or at the platform."""

from collections.abc import Callable, Iterator

from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.capability import capabilities_used
from reconciler.schema.kinds.ip_range import read_ranges
from reconciler.schema.kinds.make import elements
from reconciler.schema.kinds.text import is_guid
from reconciler.schema.rule import Finding
from reconciler.schema.rules import Test, is_on, is_set

_NEW_CAPABILITY = "AcceptCloudServicesMail"
_BITS = {"4": 32, "6": 128}


def has(name: str, *items: str) -> Test:
    """All of `items` are in the set."""
    return lambda values: set(items) <= set(elements(values.get(name)))


def only(name: str, *items: str) -> Test:
    """Nothing but `items` is in the set."""
    return lambda values: set(elements(values.get(name))) <= set(items)


def usage_is(*usages: str) -> Test:
    return lambda values: (values.get("usage") or "Custom") in usages


def usage_on_edge(values: Values, _given: frozenset[str], platform: Platform) -> Iterator[Finding]:
    if platform.role == "edge" and values.get("usage") == "Client":
        yield Finding("usage", "Edge servers have no clients. Choose another usage.")


def groups_on_edge(
    values: Values, _given: frozenset[str], platform: Platform
) -> Iterator[Finding]:
    if platform.role == "edge" and has("permission_groups", "ExchangeLegacyServers")(values):
        yield Finding(
            "permission_groups",
            "Edge servers do not know the group ExchangeLegacyServers. Remove it.",
        )


def nobody(values: Values, given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    """Whoever writes that there is no group knows it."""
    listens = usage_is("Custom")(values) and values.get("enabled") is not False
    if listens and "permission_groups" not in given and not is_set("permission_groups")(values):
        yield Finding(
            "permission_groups",
            "A connector without permission groups accepts nothing, unless single rights are "
            'granted. Name the groups; where rights are granted, write ["None"].',
        )


def own_name(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    if has("auth_mechanism", "ExchangeServer")(values) and is_foreign(values):
        yield Finding(
            "fqdn",
            "With ExchangeServer in auth_mechanism other servers expect the server's own name. Set "
            f"fqdn to the name of {values['server']}, short or full, or leave it out; or take "
            "ExchangeServer away.",
        )


def is_foreign(values: Values) -> bool:
    """Whether the name does not even begin as the server's, which a GUID does not tell."""
    name, server = values.get("fqdn"), values.get("server")
    if not isinstance(name, str) or not isinstance(server, str) or is_guid(server):
        return False
    return name.partition(".")[0].casefold() != server.casefold()


def default_connector(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    ours = f"default {values.get('server')}".casefold()
    if str(values.get("name")).casefold() == ours and is_foreign(values):
        yield Finding(
            "fqdn",
            "This is the connector by which Mailbox servers reach each other, and under another "
            "name they do not. Leave fqdn out, and make another connector for that name.",
        )


def times(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    idle, whole = (
        values.get(name) for name in ("connection_inactivity_timeout", "connection_timeout")
    )
    if isinstance(idle, int) and isinstance(whole, int) and idle >= whole:
        yield Finding(
            "connection_inactivity_timeout",
            "A session must be allowed to last longer than it may be idle. Make "
            "connection_inactivity_timeout less than connection_timeout; both have defaults.",
        )


def banner(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    found = values.get("banner")
    if isinstance(found, str) and found and not found.startswith("220"):
        yield Finding(
            "banner",
            'SMTP greets with the code 220, and the banner must begin with it. Write "220 …".',
        )


def narrow(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    if is_on("suppress_x_anonymous_tls")(values) and any(
        one.low == 0 and one.high == (1 << _BITS[one.family[0]]) - 1
        for one in read_ranges(values.get("remote_ip_ranges"))
    ):
        yield Finding(
            "remote_ip_ranges",
            "Without TLS among servers only those behind the WAN optimisers may connect, and this "
            "range holds every address. Name their addresses, or remove suppress_x_anonymous_tls.",
        )


def capabilities(values: Values, _given: frozenset[str], platform: Platform) -> Iterator[Finding]:
    used = capabilities_used(values.get("tls_domain_capabilities"))
    if platform.version == "2010" and _NEW_CAPABILITY in used:
        yield Finding(
            "tls_domain_capabilities",
            f"Exchange 2010 does not know {_NEW_CAPABILITY}. Use AcceptOorgProtocol there.",
        )


def missing(name: str, detail: str, *usages: str) -> Callable[..., Iterator[Finding]]:
    """A set that usages of these want to be filled by the user."""

    def find(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
        if usage_is(*usages)(values) and not is_set(name)(values):
            yield Finding(name, detail)

    return find
