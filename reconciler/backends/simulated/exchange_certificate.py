"""Certificates as the simulated Exchange has them: those of the organisation, until one is removed.

A row of the database stands for a certificate that is gone, by what it is called.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.backends.base import NOT_FOUND
from reconciler.backends.simulated import coerce
from reconciler.backends.simulated.coerce import Property
from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.edges import servers
from reconciler.backends.simulated.estate import Certificate, Server, stable_guid
from reconciler.backends.simulated.noun import Noun, Taken
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored, fold
from reconciler.backends.simulated.world import World
from reconciler.catalog.exchange_certificate import TYPE

_Given = Mapping[str, Property]
_CONNECTORS = "SendConnector"


def _server(rows: Rows, given: _Given, world: World) -> Server:
    """The one that is asked; without a name the one that carries out the cmdlet."""
    named = str(given.get("Identity") or "").rpartition("\\")[0] or str(given.get("Server") or "")
    wanted = named or world.organisation.server
    for one in servers(rows, world):
        if wanted.lower() in (one.name.lower(), one.fqdn.lower()):
            return one
    raise refusal(NOT_FOUND, f'There is no server "{wanted}" in {world.organisation.domain}.')


def _wanted(given: _Given) -> str:
    """The thumbprint that a call names, "" where it names none."""
    text = str(given.get("Thumbprint") or str(given.get("Identity") or "").rpartition("\\")[2])
    return re.sub(r"[\s\u200e]", "", text).upper()


def _called(server: Server, certificate: Certificate) -> str:
    return f"{server.name}\\{certificate.thumbprint}"


def _there(rows: Rows, noun: Noun, server: Server, world: World) -> Iterator[Certificate]:
    removed = {fold(one.name) for one in rows.all(noun.name)}
    for one in world.organisation.estate(world.platform).certificates:
        if server.name in one.servers and fold(_called(server, one)) not in removed:
            yield one


def _lists(rows: Rows, noun: Noun, given: _Given, world: World) -> Sequence[Stored]:
    server, wanted = _server(rows, given, world), _wanted(given)
    if wanted:
        return [_stored(server, _the(rows, noun, given, world), world)]
    return [_stored(server, one, world) for one in _there(rows, noun, server, world)]


def _the(rows: Rows, noun: Noun, given: _Given, world: World) -> Certificate:
    server, wanted = _server(rows, given, world), _wanted(given)
    found = [one for one in _there(rows, noun, server, world) if one.thumbprint == wanted]
    if not found:
        raise refusal(
            NOT_FOUND, f'The certificate "{wanted}" was not found on the server {server.name}.'
        )
    return found[0]


def _stored(server: Server, one: Certificate, world: World) -> Stored:
    called = _called(server, one)
    guid = stable_guid(world.organisation.domain, "certificate", called)
    bag: dict[str, Property] = {
        "Thumbprint": one.thumbprint,
        "Subject": one.subject,
        "Issuer": one.issuer,
        "NotBefore": one.not_before,
        "NotAfter": one.not_after,
        "Services": ", ".join(one.services) or "None",
        "CertificateDomains": list(one.domains),
        "FriendlyName": one.friendly_name,
        "IsSelfSigned": one.issuer == one.subject,
        "Identity": called,
        "Server": server.name,
    }
    return Stored(guid, called, "", json.dumps(bag, ensure_ascii=False))


def _remove(rows: Rows, noun: Noun, given: _Given, world: World) -> tuple[str, Stored | None]:
    server, certificate = _server(rows, given, world), _the(rows, noun, given, world)
    _refuse_internal(server, certificate)
    _refuse_named(rows, server, certificate)
    called = _called(server, certificate)
    if not given.get("WhatIf"):
        rows.insert(noun.name, Stored(world.guid(), called, "", "{}"))
    return called, None


def _refuse_internal(server: Server, certificate: Certificate) -> None:
    """In Microsoft's words: the Remove-ExchangeCertificate page."""
    if certificate.is_internal:
        raise refusal(
            "internal-transport-certificate",
            f"A special Rpc error occurs on server {server.name}: The internal transport certificate "
            "cannot be removed because that would cause the Microsoft Exchange Transport service to "
            "stop.",
        )


def _refuse_named(rows: Rows, server: Server, certificate: Certificate) -> None:
    """In Microsoft's words: learn.microsoft.com/exchange/troubleshoot/mailflow/
    cannot-remove-installed-certificate. Old and new bear one name after a renewal.
    """
    name = f"<I>{certificate.issuer}<S>{certificate.subject}"
    tagged = [
        one.name
        for one in rows.all(_CONNECTORS)
        if _spaceless(str(json.loads(one.properties).get("TlsCertificateName")))
        == _spaceless(name)
    ]
    if tagged:
        raise refusal(
            "certificate-in-use",
            f"A special Rpc error occurs on server {server.name}: These certificates are tagged "
            f"with following Send Connectors : {', '.join(tagged)}. Removing and replacing "
            "certificates from Send Connector would break the mail flow. If you still want to "
            "proceed then replace or remove these certificates from Send Connector and then try "
            "this command.",
        )


def _spaceless(name: str) -> str:
    return re.sub(r"\s*,\s*", ",", name).strip().casefold()


_BASE = derive(
    TYPE,
    container="CN=Certificates",
    columns=("Thumbprint", "Services", "Subject", "NotAfter"),
    shown={"IsSelfSigned": False, "Status": "Valid", "HasPrivateKey": True},
)
_BOTH = ("Get", "Remove")
_CHANGING = ("Remove",)

NOUN = replace(
    _BASE,
    taken=(
        Taken("Identity", coerce.text, _BOTH, kept=False),
        Taken("Thumbprint", coerce.text, _BOTH, kept=False),
        Taken("Server", coerce.text, _BOTH, kept=False),
        Taken("Confirm", coerce.boolean, _CHANGING, kept=False, switch=True, aliases=("cf",)),
        Taken("WhatIf", coerce.boolean, _CHANGING, kept=False, switch=True, aliases=("wi",)),
    ),
    verbs={"Remove": "Remove"},
    own={"Remove": _remove},
    lists=_lists,
    named=False,
    positional={"Get": "Thumbprint", "Remove": "Thumbprint"},
)
