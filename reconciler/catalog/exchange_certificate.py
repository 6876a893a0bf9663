"""The certificate of an Exchange server. Importing one needs its private key, so that it is only
found; what hangs on a renewal is told by its thumbprint.

Facts: the Get-ExchangeCertificate page, and which certificate Exchange takes where several fit
(github.com/microsoft/CSS-Exchange/pull/2234).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reconciler.model.platform import VERSIONS
from reconciler.model.values import Values
from reconciler.schema.declare import computed
from reconciler.schema.kind import Raw
from reconciler.schema.kinds.certificate import (
    certificate_name,
    domains,
    services,
    thumbprint,
    x500_name,
)
from reconciler.schema.kinds.make import casefolded, elements
from reconciler.schema.kinds.server import server
from reconciler.schema.kinds.text import text
from reconciler.schema.kinds.time import moment
from reconciler.schema.resource_type import Per, Pick, ResourceType

_EXAMPLE = """\
data "exchange_certificate" "mail" {
  subject = "CN=mail.contoso.com"
}

resource "send_connector" "partner" {
  name                   = "Partner"
  address_spaces         = ["fabrikam.com"]
  require_tls            = true
  tls_certificate_name   = data.exchange_certificate.mail.tls_certificate_name
  certificate_thumbprint = data.exchange_certificate.mail.thumbprint
}
"""


def _tls_certificate_name(bag: Mapping[str, object]) -> Raw:
    return f"<I>{bag.get('Issuer') or ''}<S>{bag.get('Subject') or ''}"


def _is_valid(values: Values, now: str) -> bool:
    """Times in one form are in order as texts are. Without a clock all are valid."""
    return not now or str(values["not_before"]) <= now < str(values["not_after"])


def _preferred(values: Values, now: str) -> tuple[object, ...]:
    for_mail = "SMTP" in elements(values["services"])
    return (
        _is_valid(values, now),
        for_mail,
        str(values["not_after"]),
        str(values["not_before"]),
        str(values["thumbprint"]),
    )


def choose(found: Sequence[Values], now: str) -> Pick:
    """As Exchange does: of those that are valid and are for SMTP, the one that is so longest."""
    best = max(_preferred(one, now) for one in found)
    index = next(n for n, one in enumerate(found) if _preferred(one, now) == best)
    chosen = found[index]
    if not _is_valid(chosen, now):
        return Pick(index, "certificate-not-valid", "Certificate is not valid", _invalid(chosen))
    alike = {
        str(one["thumbprint"]): one
        for one in found
        if casefolded(one["tls_certificate_name"]) == casefolded(chosen["tls_certificate_name"])
    }
    if len(alike) == 1:
        return Pick(index)
    return Pick(
        index,
        "certificate-renewed",
        "Several certificates of one name",
        _renewed(chosen, alike, found),
    )


def _invalid(chosen: Values) -> str:
    return (
        f"The certificate {chosen['thumbprint']} ({chosen['subject']}) is valid from "
        f"{chosen['not_before']} until {chosen['not_after']}, which is not now, and no other one "
        "fits. Mail that needs it will not pass: import one that is valid on every source server."
    )


def _renewed(chosen: Values, alike: Mapping[str, Values], found: Sequence[Values]) -> str:
    """Which is taken, until when, and what is left of the others."""
    mark = str(chosen["thumbprint"])
    others = ", ".join(
        f"{t} until {v['not_after']}" for t, v in sorted(alike.items()) if t != mark
    )
    there = _servers(found, {mark})
    lacking = sorted(_servers(found, set(alike)) - there)
    late = f" {', '.join(lacking)} {'has' if len(lacking) == 1 else 'have'} only another one of "
    return (
        f"{len(alike)} certificates have the subject {chosen['subject']} and one issuer. Exchange "
        f"takes the one that is valid longest: {mark}, until {chosen['not_after']}, on "
        f"{', '.join(sorted(there))}. The others: {others}."
        + (f"{late}that name: import it there too." if lacking else "")
        + " A connector knows them by a name that they share. To make it take up the new one, give "
        "it certificate_thumbprint, or plan with -replace; remove the old ones when they are unused."
    )


def _servers(found: Sequence[Values], marks: set[str]) -> set[str]:
    return {str(one["server"]) for one in found if one["thumbprint"] in marks}


TYPE = ResourceType(
    name="exchange_certificate",
    noun="ExchangeCertificate",
    summary=(
        "Finds a certificate on the servers of the organisation. Of several that fit, Exchange's own "
        "choice counts: among those that are valid now the ones for SMTP, and of these the one that "
        "is valid longest. That several have one issuer and subject, as after a renewal, is told "
        "with the plan (`certificate-renewed`)."
    ),
    identity=("server", "thumbprint"),
    attributes=(
        computed("server", "Server", server, "A server that has it."),
        computed(
            "thumbprint",
            "Thumbprint",
            thumbprint,
            "The SHA-1 digest of the certificate, which a renewal changes.",
        ),
        computed("subject", "Subject", x500_name, "Whom it names, as an X.500 name."),
        computed("issuer", "Issuer", x500_name, "Who signed it; itself where nobody else did."),
        computed("not_before", "NotBefore", moment, "From when it is valid, in UTC."),
        computed("not_after", "NotAfter", moment, "Until when it is valid, in UTC."),
        computed("services", "Services", services, "What it has been enabled for."),
        computed("domains", "CertificateDomains", domains, "The domains it is for."),
        computed("friendly_name", "FriendlyName", text, "A note for people."),
        replace(
            computed(
                "tls_certificate_name",
                "",
                certificate_name,
                "`<I>issuer<S>subject`, as connectors name certificates. A renewal keeps it.",
            ),
            composed=_tls_certificate_name,
        ),
    ),
    can=frozenset(),
    lookups=("subject", "issuer", "tls_certificate_name"),
    choose=choose,
    per=Per("ExchangeServer", "Server", "Name"),
    keyed_by=("server", "thumbprint"),
    versions=VERSIONS,
    source="Get-ExchangeCertificate reference page",
    example=_EXAMPLE,
)
