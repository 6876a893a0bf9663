"""The accepted domains of an organisation file, of which exactly one is the default."""

from collections.abc import Sequence

from reconciler.backends.simulated.described import Described
from reconciler.backends.simulated.estate import OwnDomain
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.net import smtp_domain_or_wildcard


def own_domains(described: Sequence[Described], domain: str) -> tuple[OwnDomain, ...]:
    """Without any there is the organisation's own. One alone is the default domain."""
    if not described:
        return (OwnDomain(domain, domain, is_default=True),)
    found = [_domain(one, alone=len(described) == 1) for one in described]
    _check_default(described, found)
    names = [one.domain.casefold() for one in found]
    for index, one in enumerate(described):
        if names[index] in names[:index]:
            detail = f"The domain {names[index]} is accepted twice. Remove one of the two blocks."
            one.complain("duplicate-domain", "Domain accepted twice", detail, "domain_name")
    return tuple(found)


def _domain(one: Described, *, alone: bool) -> OwnDomain:
    given = one.text("domain_name", smtp_domain_or_wildcard)
    kind = one.text(
        "domain_type", choice("Authoritative", "InternalRelay", "ExternalRelay"), "Authoritative"
    )
    default, below = one.take("default", flag), one.take("match_sub_domains", flag)
    one.close()
    return OwnDomain(
        one.label,
        given or one.label.lower(),
        kind,
        is_default=alone if default is None else bool(default),
        match_sub_domains=bool(below),
    )


def _check_default(described: Sequence[Described], found: Sequence[OwnDomain]) -> None:
    marked = [one for one, domain in zip(described, found, strict=True) if domain.is_default]
    if not marked:
        described[0].complain(
            "no-default-domain",
            "No default domain",
            "One accepted domain is the default one. Write default = true into its block.",
        )
    for one in marked[1:]:
        one.complain(
            "several-default-domains",
            "More than one default domain",
            "There is exactly one default domain. Leave default = true to one block.",
            "default",
        )
