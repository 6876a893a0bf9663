"""Accepted domains as the simulated Exchange has them: the default one, and what must not go."""

import json
from collections.abc import Iterator

from reconciler.backends.simulated.derived import derive
from reconciler.backends.simulated.noun import Properties
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Rows, Stored
from reconciler.backends.simulated.world import World
from reconciler.catalog.accepted_domain import TYPE
from reconciler.model.platform import ONLINE


def _judge(rows: Rows, before: Properties | None, after: Properties | None, _world: World) -> None:
    if after is None:
        _refuse_default(before)
        return
    others = [one for one in rows.all(TYPE.noun) if one.guid != after.get("Guid")]
    if before is None:
        _refuse_twice(after, others)
    if after["Default"]:
        _end_default(rows, others)


def _refuse_default(going: Properties | None) -> None:
    if going is not None and going["Default"]:
        raise refusal(
            "default-domain",
            "The default accepted domain cannot be removed. Make another one the default first.",
        )


def _refuse_twice(new: Properties, others: list[Stored]) -> None:
    domain = str(new["DomainName"]).lower()
    if any(str(json.loads(one.properties)["DomainName"]).lower() == domain for one in others):
        raise refusal("domain-exists", f'The domain "{domain}" is accepted already.')


def _end_default(rows: Rows, others: list[Stored]) -> None:
    """Exactly one is the default: making one ends the other."""
    for one in others:
        properties = json.loads(one.properties)
        if properties.get("Default"):
            text = json.dumps({**properties, "Default": False}, ensure_ascii=False)
            rows.update(Stored(one.guid, one.name, one.slot, text))


def _seeds(world: World) -> Iterator[Properties]:
    online = world.platform.version == ONLINE
    domains = world.organisation.estate(world.platform).accepted_domains
    for one in domains:
        book: Properties = {} if online else {"AddressBookEnabled": one.type == "Authoritative"}
        yield {
            **book,
            "Name": one.name,
            "DomainName": one.domain,
            "DomainType": one.type,
            "MatchSubDomains": one.match_sub_domains,
            "Default": one.is_default,
        }
    first = f"{world.organisation.domain.partition('.')[0]}.onmicrosoft.com"
    if online and not any(one.domain == first for one in domains):
        yield {"Name": first, "DomainName": first, "InitialDomain": True}


NOUN = derive(
    TYPE,
    container="CN=Accepted Domains,CN=Transport Settings",
    columns=("Name", "DomainName", "DomainType", "Default"),
    shown={"Default": False, "AuthenticationType": None, "InitialDomain": False},
    computed=("InitialDomain",),
    judge=_judge,
    seeds=_seeds,
)
