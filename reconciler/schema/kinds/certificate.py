"""The name by which connectors choose a certificate: its issuer and its subject."""

import re

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, worded
from reconciler.schema.kinds.text import as_text

_TAGGED = re.compile(r"\s*<I>(.+?)<S>(.+?)\s*", re.IGNORECASE | re.DOTALL)
# One relative name: up to a comma that is neither quoted nor escaped.
_PART = re.compile(r'((?:"(?:[^"\\]|\\.)*"|\\.|[^,"\\])+)(?:,|$)', re.DOTALL)
_PAIR = re.compile(r"\s*([A-Za-z][\w.-]*|[0-9]+(?:\.[0-9]+)*)\s*=\s*(.*?)\s*", re.DOTALL)

_EXPECTED = (
    'A certificate is named "<I>issuer<S>subject", both as they stand in the certificate, such as '
    '"<I>CN=Contoso CA, C=US<S>CN=mail.contoso.com"; a thumbprint or a subject alone is not enough.'
)


def _parse(raw: Raw) -> Canonical:
    given = as_text(raw)
    found = _TAGGED.fullmatch(given)
    if found is None:
        raise KindError(_EXPECTED, code="invalid-certificate-name", got=given)
    return f"<I>{_distinguished(found[1])}<S>{_distinguished(found[2])}"


def _distinguished(given: str) -> str:
    """An X.500 name with one space after each comma, as Windows prints it."""
    parts, at = [], 0
    while at < len(given):
        part = _PART.match(given, at)
        pair = part and _PAIR.fullmatch(part[1])
        if not part or not pair:
            raise KindError(_EXPECTED, code="invalid-certificate-name", got=given)
        parts.append(f"{pair[1].upper()}={pair[2]}")
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
