"""What a server is: the words of a property bag, and those that people write."""

import re

from reconciler.model.platform import ROLES, VERSIONS
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.choice import choice
from reconciler.schema.kinds.make import casefolded, worded
from reconciler.schema.kinds.text import as_text

_VERSION = r"(?i)Version (\d{1,3})\.(\d{1,3})(?: \(Build (\d{1,6})\.\d{1,6}\))?"
_MARKETED = {("15", "0"): "2013", ("15", "1"): "2016", ("15", "2"): "2019"}
_FIRST_BUILD_OF_SE = 2562
"""Exchange Server SE goes on with the numbers of 2019 (its build numbers, on Microsoft's page)."""


def _parse_version(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    found = re.fullmatch(_VERSION, given)
    if found is None:
        return choice(*VERSIONS).parse(given)
    if found[1] == "14":
        return "2010"
    version = _MARKETED.get((found[1], found[2]))
    if version is None:
        raise KindError("This version of Exchange is not known.", code="unknown-version")
    later = version == "2019" and int(found[3] or 0) >= _FIRST_BUILD_OF_SE
    return "SE" if later else version


exchange_version: Kind = worded(
    "version of Exchange",
    _parse_version,
    alike=(
        ("2019", "Version 15.2 (Build 1544.4)", "Version 15.2"),
        ("SE", "se", "Version 15.2 (Build 2562.17)"),
        ("2016", "Version 15.1 (Build 2507.6)"),
        ("2013", "Version 15.0 (Build 1497.2)"),
        ("2010", "Version 14.3 (Build 123.4)"),
    ),
    bad=("2007", "Version 16.0 (Build 1.1)", "", []),
)


def _parse_role(raw: Raw) -> Canonical:
    """Servers of 2010 and 2013 list several roles, of which only Edge stands alone."""
    given = as_text(raw).strip()
    parts = {part.strip().lower() for part in given.split(",")}
    if parts == {"edge"}:
        return "edge"
    if parts & {"mailbox", "hubtransport"}:
        return "mailbox"
    return choice(*ROLES).parse(given)


server_role: Kind = worded(
    "server role",
    _parse_role,
    alike=(("mailbox", "Mailbox", "Mailbox, ClientAccess", "HubTransport"), ("edge", "Edge")),
    bad=("", "database", "Edge, Nothing", []),
)


def _parse_site(raw: Raw) -> Canonical:
    """The site's own name out of the path that Exchange shows."""
    name = as_text(raw).strip().rpartition("/")[2]
    if not name:
        raise KindError("A site has a name, such as Amsterdam.", code="empty-name")
    return name


site: Kind = worded(
    "Active Directory site",
    _parse_site,
    alike=(("Amsterdam", "contoso.com/Configuration/Sites/Amsterdam"),),
    bad=("", "  ", []),
    fold=casefolded,
)
