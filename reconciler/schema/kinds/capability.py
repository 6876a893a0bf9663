"""What partners that prove their domain by a certificate may do besides sending mail."""

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.kinds.make import casefolded, elements, set_of
from reconciler.schema.kinds.net import is_domain

NO_TLS = "NO-TLS"
"""Stands in the place of a domain for sessions without TLS."""
_KNOWN = {word.lower(): word for word in ("AcceptCloudServicesMail", "AcceptOorgProtocol")}
_GRAMMAR = (
    'An element is written "domain:capability", such as '
    '"mail.protection.outlook.com:AcceptCloudServicesMail"; the domain may be NO-TLS, and several '
    f"capabilities are joined by commas: {' and '.join(_KNOWN.values())} are all there are."
)


def _capabilities(given: str) -> str:
    domain, _, listed = given.partition(":")
    found = {_KNOWN.get(word.strip().lower(), "") for word in listed.split(",")}
    named = _domain(domain.strip())
    if not named or "" in found:
        raise KindError(_GRAMMAR, code="invalid-domain-capability", got=given)
    return f"{named}:{','.join(sorted(found))}"


def _domain(given: str) -> str:
    if given.upper() == NO_TLS:
        return NO_TLS
    return given.lower() if is_domain(given.removeprefix("*.")) else ""


def capabilities_used(canonical: Canonical) -> frozenset[str]:
    """The capabilities that any element of a canonical set gives."""
    lists = (item.partition(":")[2] for item in elements(canonical))
    return frozenset(word for listed in lists for word in listed.split(","))


tls_domain_capabilities: Kind = set_of(
    "domain with capabilities",
    _capabilities,
    alike=(
        (
            ["mail.protection.outlook.com:AcceptCloudServicesMail"],
            ["Mail.Protection.Outlook.COM:acceptcloudservicesmail"],
        ),
        (
            ["x.com:AcceptCloudServicesMail,AcceptOorgProtocol"],
            ["x.com: AcceptOorgProtocol, AcceptCloudServicesMail"],
        ),
        (["NO-TLS:AcceptOorgProtocol"], ["no-tls:AcceptOorgProtocol"]),
        ([],),
    ),
    bad=(
        ["x.com"],
        ["x.com:"],
        [":AcceptOorgProtocol"],
        ["x.com:AcceptEverything"],
        ["a b.com:AcceptOorgProtocol"],
        "x.com:AcceptOorgProtocol",
        [1],
    ),
    fold=casefolded,
)
