"""Mail domains as Exchange takes them where it routes nothing: one or all, or several of them."""

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import set_of, worded
from reconciler.schema.kinds.net import is_domain
from reconciler.schema.kinds.text import as_text

EVERY = "*"


def _parse_domain_or_every(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    if given != EVERY and not is_domain(given.removeprefix("*.")):
        raise KindError(
            'A domain such as "contoso.com" is expected here, "*.contoso.com" for all below it, or '
            '"*" for all there are; the wildcard stands alone or as the whole first label.',
            code="invalid-domain",
            got=given,
        )
    return given.lower()


domain_or_every: Kind = worded(
    "domain",
    _parse_domain_or_every,
    alike=(("contoso.com", "Contoso.COM", " contoso.com "), ("*.contoso.com",), (EVERY, " * ")),
    bad=("", "**", "a.*.com", "*contoso.com", "a b.com", "x@contoso.com", []),
)


def _domain(given: str) -> str:
    domain = given.strip()
    if not is_domain(domain):
        raise KindError(
            'Each element is one domain without a wildcard, such as "contoso.com".',
            code="invalid-domain",
            got=given,
        )
    return domain.lower()


domains: Kind = set_of(
    "domain",
    _domain,
    alike=((["a.com", "b.com"], ["B.com", "A.com ", "a.com"]), ([],)),
    bad=(["*.a.com"], [""], ["*"], ["a b"], [1], "a.com", {}),
)
