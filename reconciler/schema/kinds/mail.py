"""What mail is made of: addresses of people, status codes, the languages of notices."""

import re

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, set_of, worded
from reconciler.schema.kinds.net import is_domain
from reconciler.schema.kinds.text import as_text

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LONGEST_LOCAL = 64
_STATUS = r"[245]\.[0-9]{1,3}\.[0-9]{1,3}"
_CULTURE = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}"


def _parse_address(raw: Raw) -> Canonical:
    """The domain in lower case; what stands before it as it is, compared without its case."""
    given = as_text(raw).strip()
    local, at, domain = given.rpartition("@")
    fits = re.fullmatch(_LOCAL, local) is not None and len(local) <= _LONGEST_LOCAL
    if not at or not fits or not is_domain(domain):
        raise KindError(
            "A mail address such as postmaster@contoso.com is expected here.",
            code="invalid-mail-address",
            got=given,
        )
    return f"{local}@{domain.lower()}"


smtp_address: Kind = worded(
    "mail address",
    _parse_address,
    alike=(
        ("postmaster@contoso.com", "postmaster@CONTOSO.com", " postmaster@contoso.com "),
        ("o'neil.j+x@a.b.example",),
    ),
    bad=("", "postmaster", "@contoso.com", "a b@contoso.com", "a@b@c d", ".a@b.com", "a@*", []),
    fold=casefolded,
)


def _status(given: str) -> str:
    code = given.strip()
    if not re.fullmatch(_STATUS, code):
        raise KindError(
            "A status code is written class.subject.detail (RFC 3463), such as 5.7.1.",
            code="invalid-status-code",
            got=given,
        )
    return code


status_codes: Kind = set_of(
    "status code",
    _status,
    alike=((["5.7.1", "5.4.8"], ["5.4.8", " 5.7.1 ", "5.7.1"]), ([],)),
    bad=("5.7.1", ["5.7"], ["3.1.1"], [""], [571]),
)


def _domain(given: str) -> str:
    domain = given.strip().lower()
    if "*" in domain:
        raise KindError(
            "Mutual TLS is agreed upon domain by domain, so that this list takes no wildcard. Write "
            "every domain out.",
            code="wildcard-not-supported",
            got=given,
        )
    if not is_domain(domain):
        raise KindError(
            "A domain such as contoso.com is expected in each element.",
            code="invalid-domain",
            got=given,
        )
    return domain


plain_domains: Kind = set_of(
    "domain without a wildcard",
    _domain,
    alike=((["a.com", "b.com"], ["B.com", " a.com", "b.com"]), ([],)),
    bad=("a.com", ["*"], ["*.a.com"], ["a b"], [""], [1]),
)


def _parse_culture(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    if not re.fullmatch(_CULTURE, given):
        raise KindError(
            "A language such as en-US or de is expected here.", code="invalid-language", got=given
        )
    return given


culture: Kind = worded(
    "language",
    _parse_culture,
    alike=(("en-US", " en-US "), ("de",), ("zh-Hans-CN",)),
    bad=("", "English", "en_US", "x", []),
    fold=casefolded,
)


def _tag(given: str) -> str:
    tag = given.strip()
    if not tag:
        raise KindError("A tag holds at least one visible character.", code="empty-name")
    return tag


tags: Kind = set_of(
    "tag",
    _tag,
    alike=((["Allow", "Reject"], ["Reject", " Allow ", "allow"]), ([],)),
    bad=("Allow", [""], [1]),
    fold=casefolded,
)
