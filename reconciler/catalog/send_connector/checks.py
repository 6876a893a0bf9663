"""Checks of one send connector that need more than a combinator: they look into sets, at what was
written, or at the platform.
"""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.make import elements
from reconciler.schema.kinds.net import EDGESYNC
from reconciler.schema.kinds.routing import read
from reconciler.schema.rule import Finding
from reconciler.schema.rules import is_off, is_on, is_set

LINKED = is_set("linked_receive_connector")


def types_fit_the_role(
    values: Values, _given: frozenset[str], platform: Platform
) -> Iterator[Finding]:
    spaces = read(values.get("address_spaces"))
    if platform.role == "edge" and any(space.type != "SMTP" for space in spaces):
        yield Finding(
            "address_spaces",
            "An Edge server routes SMTP only. Leave address spaces of other types to a connector "
            "on a Mailbox server.",
        )
    if platform.role != "edge" and any(space.address == EDGESYNC for space in spaces):
        yield Finding(
            "address_spaces",
            f'"{EDGESYNC}" stands for all accepted domains on Edge servers only. Name the domains.',
        )


def other_types_need_a_smart_host(
    values: Values, _given: frozenset[str], platform: Platform
) -> Iterator[Finding]:
    ready = is_set("smart_hosts")(values) and is_off("dns_routing_enabled")(values)
    other = any(space.type != "SMTP" for space in read(values.get("address_spaces")))
    if other and not ready and platform.role == "mailbox":
        yield Finding(
            "address_spaces",
            "DNS knows no route to address spaces of other types than SMTP. Set smart_hosts and "
            "dns_routing_enabled = false, or leave those address spaces out.",
        )


def edgesync_host(values: Values, _given: frozenset[str], platform: Platform) -> Iterator[Finding]:
    if platform.role != "edge" and EDGESYNC in elements(values.get("smart_hosts")):
        yield Finding(
            "smart_hosts",
            f'"{EDGESYNC}" is a smart host of EdgeSync connectors on Edge servers only. Name the '
            "hosts.",
        )


def policies_fit_the_version(
    values: Values, _given: frozenset[str], platform: Platform
) -> Iterator[Finding]:
    old = {"DowngradeAuthFailures", "DowngradeDnsFailures"}
    new = {"DowngradeDnsFailures", "DowngradeCustomFailures", "UpgradeCustomFailures"}
    known = old if platform.version == "2010" else new
    for policy in elements(values.get("error_policies")):
        if policy not in known:
            yield Finding(
                "error_policies",
                f"Exchange {platform.version} does not know {policy}. Use "
                f"{', '.join(sorted(known))} or nothing.",
            )


def linked_companions(
    values: Values, given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    if not LINKED(values):
        return
    wanted = {
        "dns_routing_enabled = false": is_off("dns_routing_enabled")(values),
        'max_message_size = "unlimited"': values.get("max_message_size") == "unlimited",
        "smart_hosts": is_set("smart_hosts")(values),
        "smart_host_auth_mechanism": "smart_host_auth_mechanism" in given,
    }
    missing = [words for words, there in wanted.items() if not there]
    if missing:
        yield Finding(
            "linked_receive_connector",
            f"A linked receive connector also needs {', '.join(missing)} in the same block.",
        )


def linked_alone(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    if LINKED(values) and is_on("is_scoped_connector")(values):
        yield Finding(
            "is_scoped_connector",
            "A connector with linked_receive_connector cannot be scoped to a site. Remove "
            "is_scoped_connector.",
        )


def reserved(_values: Values, given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    if "require_oorg" in given:
        yield Finding(
            "require_oorg",
            "Microsoft reserves RequireOorg for itself and documents no meaning for it. Remove the "
            "argument.",
        )


def no_front_end(values: Values, _given: frozenset[str], platform: Platform) -> Iterator[Finding]:
    if is_on("frontend_proxy_enabled")(values) and platform.role == "edge":
        yield Finding(
            "frontend_proxy_enabled",
            "An Edge server has no Front End Transport service to send through. Remove the "
            "argument.",
        )


def several_sources(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    sources = elements(values.get("source_transport_servers"))
    if is_on("is_scoped_connector")(values) and len(sources) > 1:
        yield Finding(
            "source_transport_servers",
            "A scoped connector serves the Active Directory site of its source servers, and it is "
            "ambiguous which site that is if they stand in several. Make sure that all of them "
            "stand in one site, or name one server.",
        )


def no_source(values: Values, given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    if "source_transport_servers" in given and not elements(
        values.get("source_transport_servers")
    ):
        yield Finding(
            "source_transport_servers",
            "A connector without a source server sends nothing. Name at least one server, or leave "
            "the argument out.",
        )
