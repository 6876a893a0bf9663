"""Active Directory sites, by the names that people know them by."""

import re

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, worded
from reconciler.schema.kinds.text import as_text

_DISTINGUISHED = r"(?i:CN)=([^,]+),(?i:CN=Sites),.*"
_SHOWN = r".*/(?i:Sites)/([^/]+)"


def _parse(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    found = re.fullmatch(_DISTINGUISHED, given) or re.fullmatch(_SHOWN, given)
    name = found[1] if found else given
    if not name or re.search(r'[/,"\\]', name):
        raise KindError(
            "The name of an Active Directory site is expected here, such as Default-First-Site-Name.",
            code="invalid-site",
            got=given,
        )
    return name


ad_site: Kind = worded(
    "Active Directory site",
    _parse,
    alike=(
        (
            "Amsterdam",
            " Amsterdam ",
            "contoso.com/Configuration/Sites/Amsterdam",
            "CN=Amsterdam,CN=Sites,CN=Configuration,DC=contoso,DC=com",
        ),
        ("Default-First-Site-Name",),
    ),
    bad=("", " ", "a/b", "a,b", []),
    fold=casefolded,
)
