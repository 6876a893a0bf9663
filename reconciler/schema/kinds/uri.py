"""Addresses of web services: how they are spelt, not whether anything answers there."""

from urllib.parse import SplitResult, urlsplit

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import worded
from reconciler.schema.kinds.net import is_domain
from reconciler.schema.kinds.text import as_text

_PORTS = {"http": 80, "https": 443}
_BLANK = frozenset(" \t\r\n\\")


def _refusal(given: str) -> KindError:
    return KindError(
        "A complete address is expected here, with http or https and a domain name, such as "
        '"https://autodiscover.contoso.com/autodiscover/autodiscover.svc".',
        code="invalid-uri",
        got=given,
    )


def _split(given: str) -> tuple[SplitResult, str, int | None]:
    """The parts, the host and the port of `given`. Raises KindError."""
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refusal(given) from None
    if parts.scheme not in _PORTS or not is_domain(host) or "@" in parts.netloc:
        raise _refusal(given)
    return parts, host, port


def _parse_uri(raw: Raw) -> Canonical:
    """As .NET writes an absolute URI: scheme and host in lower case, no usual port, a path."""
    given = as_text(raw).strip()
    if not _BLANK.isdisjoint(given):
        raise _refusal(given)
    parts, host, port = _split(given)
    shown = "" if port in (None, _PORTS[parts.scheme]) else f":{port}"
    return parts._replace(netloc=host + shown, path=parts.path or "/").geturl()


uri: Kind = worded(
    "web address",
    _parse_uri,
    alike=(
        ("https://mail.contoso.com", "HTTPS://Mail.Contoso.com/", "https://mail.contoso.com:443"),
        ("https://mail.contoso.com/EWS/Exchange.asmx",),
        ("http://mail.contoso.com:8080/a?b=c",),
    ),
    bad=("", "mail.contoso.com", "ftp://a.com", "https://", "https://a b/", "https://a:x/", []),
)
