"""What a server is called and what it is: the words of a property bag, and those that people write."""

import re

from reconciler.model.platform import ROLES, VERSIONS
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.choice import choice
from reconciler.schema.kinds.make import set_of, worded
from reconciler.schema.kinds.net import is_domain
from reconciler.schema.kinds.text import as_text, is_guid

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

_COMMON_NAME = r"(?i:CN)=((?:[^,\\]|\\.)+)(?:,.*)?"


def _server(given: str) -> str:
    """A short name in upper case; a GUID stays one, for only the backend can resolve it."""
    server = given.strip()
    if is_guid(server.lower()):
        return server.lower()
    found = re.fullmatch(_COMMON_NAME, server)
    short = found[1] if found else server.split(".", 1)[0]
    if not short or not (found or is_domain(server)):
        raise KindError(
            "A server is named by its short name, its domain name, its distinguished name or its "
            "GUID, such as MBX1 or mbx1.contoso.com.",
            code="invalid-server",
            got=given,
        )
    return short.upper()


servers: Kind = set_of(
    "server name",
    _server,
    alike=(
        (
            ["MBX1", "MBX2"],
            ["mbx2.contoso.com", "mbx1"],
            ["CN=mbx1,CN=Servers,DC=contoso,DC=com", "MBX2", "mbx1"],
        ),
        (["0292C782-9804-4d8b-ae0e-e1c7ab90852b"], ["0292c782-9804-4d8b-ae0e-e1c7ab90852b"]),
    ),
    bad=("MBX1", [""], ["MBX 1"], ["a,b"], [1], {}),
)

server: Kind = worded(
    "server name",
    lambda raw: _server(as_text(raw)),
    alike=(("MBX1", "mbx1", "mbx1.contoso.com", "CN=mbx1,CN=Servers,DC=contoso,DC=com"),),
    bad=("", "MBX 1", "a,b", []),
)
