"""Functions of mail flow: address spaces, and names in certificates."""

from typing import Final

from reconciler.lang.core import Value
from reconciler.lang.functions.declare import FunctionError, Parameter, function, string
from reconciler.lang.number import Number
from reconciler.lang.shape import BOOL, NUMBER, STRING

_MOST_COST: Final = 100


@function(string("type"), string("address"), Parameter("cost", NUMBER), returns=STRING)
def addressspace(kind: str, address: str, cost: Number) -> Value:
    """An address space as Exchange writes it, such as `SMTP:*.contoso.com;10`."""
    if not kind or any(sign in kind for sign in ":; "):
        raise FunctionError("it must be a word such as SMTP", 0)
    if not address or ";" in address:
        raise FunctionError('it must be an address such as "*.contoso.com"', 1)
    if not isinstance(cost, int) or not 1 <= cost <= _MOST_COST:
        raise FunctionError(f"it must be a whole number from 1 to {_MOST_COST}", 2)
    return f"{kind}:{address};{cost}"


def _domain(space: str) -> str:
    """The SMTP domain of an address space, in small letters; its type and cost taken off."""
    bare = space.rpartition(";")[0] or space
    kind, colon, address = bare.partition(":")
    if colon and kind.upper() != "SMTP":
        raise FunctionError("only SMTP address spaces have domains", 0)
    return (address if colon else bare).strip().lower()


@function(string("address_space"), string("recipient"), returns=BOOL)
def addressspace_matches(space: str, recipient: str) -> Value:
    """Whether an SMTP address space covers a recipient's address or domain.

    `*` covers all, `contoso.com` itself alone, `*.contoso.com` also what is below it.
    """
    pattern = _domain(space)
    domain = recipient.rpartition("@")[2].strip().lower()
    if not domain:
        raise FunctionError("it must be a mail address or a domain", 1)
    if pattern in {"*", domain}:
        return True
    below = pattern.removeprefix("*.")
    return below != pattern and (domain == below or domain.endswith(f".{below}"))


@function(string("issuer"), string("subject"), returns=STRING)
def x509name(issuer: str, subject: str) -> Value:
    """A certificate's name as TlsCertificateName wants it: `<I>issuer<S>subject`."""
    for position, name in enumerate((issuer, subject)):
        if not name.strip() or "<I>" in name or "<S>" in name:
            raise FunctionError("it must be a distinguished name such as CN=mail", position)
    return f"<I>{issuer}<S>{subject}"
