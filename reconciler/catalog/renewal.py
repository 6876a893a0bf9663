"""A connector that takes up a renewed certificate: what a type needs for that, in three lines.

Connectors name a certificate by issuer and subject, which a renewal keeps, so that nothing would
change. The thumbprint is remembered beside the name; another one sends the name again.
"""

from dataclasses import replace
from typing import Final

from reconciler.schema.declare import argument
from reconciler.schema.kinds.certificate import thumbprint
from reconciler.schema.rule import Level, Rule
from reconciler.schema.rules import is_set, needs

_NAMES: Final = ("tls_certificate_name", "certificate_thumbprint")

CERTIFICATE_THUMBPRINT: Final = replace(
    argument(
        "certificate_thumbprint",
        "",
        thumbprint,
        "The thumbprint of the certificate that `tls_certificate_name` means, best taken from "
        "`data.exchange_certificate`. Exchange has no such property: it is remembered in state, and "
        "another value, as after a renewal, sends `tls_certificate_name` again.",
    ),
    versions=("2013", "2016", "2019", "SE"),
)
RENEWED_TOGETHER: Final = frozenset(_NAMES)
RENEWAL_RULE: Final = Rule(
    "R23",
    Level.DOCUMENTED,
    "thumbprint-without-certificate-name",
    "Thumbprint of no certificate",
    _NAMES,
    needs(
        is_set("certificate_thumbprint"),
        is_set("tls_certificate_name"),
        "certificate_thumbprint",
        "A change of certificate_thumbprint sends tls_certificate_name again, and there is none. Add "
        "tls_certificate_name, or remove certificate_thumbprint.",
    ),
)
