"""Certificates: what they are called, who made them, and what they are for."""

import re

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.choice import flags
from reconciler.schema.kinds.make import casefolded, set_of, worded
from reconciler.schema.kinds.net import is_domain
from reconciler.schema.kinds.text import as_text

_TAGGED = "(?is)<I>(.+?)<S>(.+)"
# One relative name: up to a comma that is neither quoted nor escaped.
_PART = r'(?s)((?:"(?:[^"\\]|\\.)*"|\\.|[^,"\\])+)(?:,|$)'
_TYPE = r"[A-Za-z][\w.-]*|[0-9]+(?:\.[0-9]+)*"

_EXPECTED = (
    'A certificate is named "<I>issuer<S>subject", both as they stand in the certificate, such as '
    '"<I>CN=Contoso CA, C=US<S>CN=mail.contoso.com"; a thumbprint or a subject alone is not enough.'
)


def _parse(raw: Raw) -> Canonical:
    given = as_text(raw)
    found = re.fullmatch(_TAGGED, given.strip())
    if found is None:
        raise KindError(_EXPECTED, code="invalid-certificate-name", got=given)
    return f"<I>{_distinguished(found[1])}<S>{_distinguished(found[2])}"


def _distinguished(given: str) -> str:
    """An X.500 name with one space after each comma, as Windows prints it."""
    parts, at = [], 0
    while at < len(given):
        part = re.compile(_PART).match(given, at)
        kind, equals, value = part[1].partition("=") if part else ("", "", "")
        if not part or not equals or not re.fullmatch(_TYPE, kind.strip()):
            raise KindError(_EXPECTED, code="invalid-certificate-name", got=given)
        parts.append(f"{kind.strip().upper()}={value.strip()}")
        at = part.end()
    return ", ".join(parts)


certificate_name: Kind = worded(
    "certificate name",
    _parse,
    alike=(
        (
            "<I>CN=Contoso CA, C=US<S>CN=mail.contoso.com",
            "<i>CN=Contoso CA,C=US<s>cn=mail.contoso.com",
        ),
        ('<I>CN=CA, O="Contoso, Ltd."<S>CN=*.contoso.com',),
        ("<I>CN=localhost<S>CN=localhost",),
    ),
    bad=(
        "CN=mail.contoso.com",
        "0123456789ABCDEF0123456789ABCDEF01234567",
        "<I>CN=CA<S>",
        "<I>CA<S>mail",
        "<S>CN=a<I>CN=b",
    ),
    fold=casefolded,
)


def _parse_x500(raw: Raw) -> Canonical:
    given = as_text(raw)
    try:
        return _distinguished(given.strip() or "=")
    except KindError:
        raise KindError(
            "An X.500 name as it stands in a certificate is expected here, such as "
            '"CN=mail.contoso.com, O=Contoso".',
            code="invalid-x500-name",
            got=given,
        ) from None


x500_name: Kind = worded(
    "X.500 name",
    _parse_x500,
    alike=(
        ("CN=mail.contoso.com, O=Contoso", " cn=mail.contoso.com,O=Contoso"),
        ('CN=CA, O="Contoso, Ltd."',),
    ),
    bad=("", "mail.contoso.com", "CN", "<I>CN=a<S>CN=b", []),
    fold=casefolded,
)

_BETWEEN = r"[\s:\u200e\u200f]"
"""What stands between the digits where people copy them from; the last two are invisible."""


def _parse_thumbprint(raw: Raw) -> Canonical:
    given = as_text(raw)
    found = re.sub(_BETWEEN, "", given).upper()
    if not re.fullmatch("[0-9A-F]{40}", found):
        raise KindError(
            "A thumbprint is the SHA-1 digest of a certificate: 40 hexadecimal digits.",
            code="invalid-thumbprint",
            got=given,
        )
    return found


thumbprint: Kind = worded(
    "thumbprint",
    _parse_thumbprint,
    alike=(
        (
            "0123456789ABCDEF0123456789ABCDEF01234567",
            "0123456789abcdef0123456789abcdef01234567",
            "\u200e01 23 45 67 89 ab cd ef 01 23 45 67 89 ab cd ef 01 23 45 67",
            "01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67",
        ),
    ),
    bad=("", "0123", "G123456789ABCDEF0123456789ABCDEF01234567", "CN=a", []),
)

services: Kind = flags("None", "Federation", "IIS", "IMAP", "POP", "SMTP", "UM", "UMCallRouter")


def _domain(given: str) -> str:
    name = given.strip()
    if not is_domain(name.removeprefix("*.")):
        raise KindError(
            "A certificate is for domain names such as mail.contoso.com or *.contoso.com.",
            code="invalid-domain",
            got=given,
        )
    return name.lower()


domains: Kind = set_of(
    "domain",
    _domain,
    alike=((["mail.contoso.com", "*.contoso.com"], ["*.Contoso.com", "mail.contoso.com"]), ([],)),
    bad=(["a b"], [""], ["*"], "mail.contoso.com", {}),
)
