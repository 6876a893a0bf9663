"""The name by which connectors choose a certificate: its issuer and its subject."""

import re

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, worded
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
