"""What the blocks of an organisation file mean together: who stands where, and who has what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha1

from reconciler.backends.simulated.described import Described
from reconciler.backends.simulated.estate import (
    FIRST_SITE,
    Certificate,
    EdgeSubscription,
    Estate,
    Server,
    SiteLink,
)
from reconciler.backends.simulated.organisation_domains import own_domains
from reconciler.model.diagnostic import Collector
from reconciler.model.platform import Platform
from reconciler.model.record import dataclass
from reconciler.schema.kinds import certificate as kinds
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.make import set_of
from reconciler.schema.kinds.net import fqdn
from reconciler.schema.kinds.number import integer
from reconciler.schema.kinds.server import exchange_version, server, server_role, servers
from reconciler.schema.kinds.text import text
from reconciler.schema.kinds.time import moment
from reconciler.schema.suggest import did_you_mean

_DEAREST = 99_999
"""Active Directory takes costs from 1 to this."""
_SITES = set_of("site", str.strip, alike=(), bad=())
_COMMON_NAME = r"CN=([^,]+)"


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of each type in the order of the file."""

    of: Mapping[str, list[Described]]


def estate(blocks: Blocks, domain: str, platform: Platform, problems: Collector) -> Estate:
    """With every mistake in `problems`."""
    for kind, described in blocks.of.items():
        if kind != "site_link":
            _once(kind, described)
    sites = tuple(_site(one) for one in blocks.of["site"]) or (FIRST_SITE,)
    links = tuple(_link(one, sites) for one in blocks.of["site_link"])
    machines = [_server(one, sites, domain, platform) for one in blocks.of["server"]]
    subscribed = tuple(
        _subscription(one, machines, sites) for one in blocks.of["edge_subscription"]
    )
    found = Estate(
        sites=sites,
        links=links,
        servers=tuple(_placed(machines, subscribed)),
        certificates=tuple(_certificate(one, machines) for one in blocks.of["certificate"]),
        accepted_domains=own_domains(blocks.of["accepted_domain"], domain),
        edge_subscriptions=subscribed,
    )
    if not problems.errors:
        _check_thumbprints(found, blocks.of["certificate"])
        _check_internal(found, blocks.of["certificate"])
    return found


def _once(kind: str, described: Iterable[Described]) -> None:
    seen: set[str] = set()
    for one in described:
        if one.label.casefold() in seen:
            detail = f'There are two {kind} blocks "{one.label}". Rename or remove one.'
            one.complain("duplicate-block", "Block given twice", detail)
        seen.add(one.label.casefold())


def _site(one: Described) -> str:
    one.close()
    return one.label


def _link(one: Described, sites: Sequence[str]) -> SiteLink:
    joined = one.texts("sites", _SITES, needed=True)
    cost = one.take("cost", integer(1, _DEAREST), needed=True)
    one.close()
    if joined is not None:
        joined = tuple(_known(one, "sites", "site", name, sites) for name in joined)
        if len(joined) < 2:  # noqa: PLR2004 (a link joins two)
            one.complain(
                "site-link-too-short",
                "Site link without two ends",
                "A site link joins two sites or more. Name another one in sites.",
                "sites",
            )
    return SiteLink(joined or (), cost if isinstance(cost, int) else 1)


def _known(one: Described, argument: str, what: str, name: str, there: Sequence[str]) -> str:
    """The name as it is spelt where it was declared; reported where it was not."""
    found = next((n for n in there if n.casefold() == name.casefold()), None)
    if found is None:
        listed = f" Those described are: {', '.join(there)}." if there else ""
        hint = did_you_mean(name, there) or listed
        detail = f'There is no {what} "{name}" in this file.{hint}'
        one.complain(f"no-such-{what}", f"No such {what}", detail, argument)
    return found or name


def _in_site(one: Described, sites: Sequence[str]) -> str:
    """The site that a block names; the only one need not be named."""
    named = one.text("site", text, needed=len(sites) > 1)
    if not named:
        return sites[0]
    return _known(one, "site", "site", named, sites)


def _server(one: Described, sites: Sequence[str], domain: str, platform: Platform) -> Server:
    name = _short(one)
    role = one.text("role", server_role, "mailbox")
    version = one.text("version", exchange_version, platform.version)
    full = one.text("fqdn", fqdn, f"{name.lower()}.{domain}")
    if role != "edge":
        place = _in_site(one, sites)
    else:
        place = ""
        if one.take("site", text) is not None:
            one.complain(
                "edge-server-in-site",
                "Edge server in a site",
                "An Edge Transport server belongs to no site by itself. Take site out, and say "
                f'which site it serves: edge_subscription "{name}" {{ site = … }}',
                "site",
            )
    one.close()
    return Server(name, role, version, full, place)


def _short(one: Described) -> str:
    try:
        found = str(server.parse(one.label))
    except ValueError:
        found = ""
    if found != one.label.upper():
        one.complain(
            "invalid-server",
            "Invalid server name",
            f'"{one.label}" is no short name of a server: letters, digits and hyphens, such as '
            "MBX1. Its domain goes into fqdn.",
        )
    return one.label


def _subscription(
    one: Described, machines: Sequence[Server], sites: Sequence[str]
) -> EdgeSubscription:
    edges = [machine.name for machine in machines if machine.role == "edge"]
    name = _known(one, "", "edge-server", one.label, edges)
    site = _in_site(one, sites)
    one.close()
    return EdgeSubscription(name, site)


def _placed(
    machines: Iterable[Server], subscribed: Iterable[EdgeSubscription]
) -> Iterable[Server]:
    where = {one.server: one.site for one in subscribed}
    return (replace(one, site=where.get(one.name, one.site)) for one in machines)


def _certificate(one: Described, machines: Sequence[Server]) -> Certificate:
    subject = one.text("subject", kinds.x500_name, needed=True)
    issuer = one.text("issuer", kinds.x500_name, subject)
    begins = one.text("not_before", moment, needed=True)
    ends = one.text("not_after", moment, needed=True)
    made_up = sha1(f"{one.label}|{subject}|{issuer}|{begins}|{ends}".encode())  # noqa: S324 (what a thumbprint is)
    found = Certificate(
        thumbprint=one.text("thumbprint", kinds.thumbprint, made_up.hexdigest().upper()),
        subject=subject,
        issuer=issuer,
        not_before=begins,
        not_after=ends,
        services=_or(one.texts("services", kinds.services), ("SMTP",)),
        domains=_or(one.texts("domains", kinds.domains), _common_name(subject)),
        servers=_bearers(one, machines),
        friendly_name=one.text("friendly_name", text),
        is_internal=one.take("internal_transport", flag) is True,
    )
    one.close()
    if begins and ends and begins >= ends:
        detail = "The certificate ends before it begins. Set not_after to a later time."
        one.complain("never-valid", "Certificate that is never valid", detail, "not_after")
    return found


def _or(given: tuple[str, ...] | None, usual: tuple[str, ...]) -> tuple[str, ...]:
    return usual if given is None else given


def _common_name(subject: str) -> tuple[str, ...]:
    found = re.match(_COMMON_NAME, subject)
    return (found[1].lower(),) if found else ()


def _bearers(one: Described, machines: Sequence[Server]) -> tuple[str, ...]:
    """On every Mailbox server, where no servers are named."""
    given = one.texts("servers", servers)
    if given is None:
        return tuple(machine.name for machine in machines if machine.role != "edge")
    there = [machine.name for machine in machines]
    return tuple(_known(one, "servers", "server", name, there) for name in given)


def _check_thumbprints(found: Estate, described: Sequence[Described]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for one, block in zip(found.certificates, described, strict=True):
        for name in one.servers:
            first = seen.setdefault((name, one.thumbprint), block.label)
            if first != block.label:
                detail = (
                    f'The certificate "{first}" has this thumbprint too, on {name}. No two '
                    "certificates have the same: change one, or leave it out."
                )
                block.complain("duplicate-thumbprint", "Thumbprint given twice", detail)
                break


def _check_internal(found: Estate, described: Sequence[Described]) -> None:
    seen: dict[str, str] = {}
    for one, block in zip(found.certificates, described, strict=True):
        for name in one.servers if one.is_internal else ():
            first = seen.setdefault(name, block.label)
            if first != block.label:
                detail = (
                    f'The certificate "{first}" is that of the Transport service of {name}, which '
                    "has one. Keep internal_transport in one of the two."
                )
                summary = "Two internal transport certificates"
                block.complain("two-internal-certificates", summary, detail, "internal_transport")
                break
