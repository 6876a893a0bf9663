"""Rows to objects and back, and a digest over every row.

Knows how instances, intents and outputs are laid out; knows no SQL and no key.
"""

import json
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple, Protocol

from reconciler.model.state import (
    Handle,
    Instance,
    InstanceStatus,
    Intent,
    IntentVerb,
    Output,
    State,
)
from reconciler.store.spelling import (
    Document,
    Vault,
    address_of,
    addresses_of,
    read,
    spell,
    to_json,
)


class Row(NamedTuple):
    """One stored row: `kind` is instance, output or intent; `key` its address, name or id."""

    kind: str
    key: str
    deposed: str
    version: int
    body: str

    @property
    def place(self) -> str:
        """What its sealed values are bound to."""
        return place(self.kind, self.key, self.deposed, self.version)


def place(kind: str, key: str, deposed: str, version: int) -> str:
    return to_json([kind, key, deposed, version])


def row_digest(row: Row) -> str:
    """32 hexadecimal digits over all that the row says."""
    kind, key, deposed, version, body = row
    text = f"{kind}\n{key}\n{deposed}\n{version}\n{body}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


# What instances and intents have in common


def _circumstances(item: Instance | Intent) -> Document:
    """What a row says besides its values; what is false or empty is left out."""
    said: Document = {
        "handle": item.handle,
        "sensitive": sorted(item.sensitive),
        "dependencies": [str(address) for address in item.dependencies],
        "protected": item.protected,
        "create_before_destroy": item.create_before_destroy,
        "backend": item.backend,
    }
    return {name: value for name, value in said.items() if value}


# Rows


def instance_row(instance: Instance, version: int, vault: Vault) -> Row:
    """`version` is the one it will be stored under."""
    key = str(instance.address)
    where = place("instance", key, instance.deposed, version)
    document = _circumstances(instance)
    document |= spell(instance.values, instance.sensitive, vault, where)
    if instance.status is not InstanceStatus.READY:
        document["status"] = instance.status.value
    return Row("instance", key, instance.deposed, version, to_json(document))


def instances_of(rows: Sequence[Row], vault: Vault) -> tuple[Instance, ...]:
    # Read as one text, equal names in it become one string: quicker, and half the memory.
    documents = json.loads(f"[{','.join(row.body for row in rows)}]")
    return tuple(
        _instance(row, document, vault) for row, document in zip(rows, documents, strict=True)
    )


def _instance(row: Row, document: Document, vault: Vault) -> Instance:
    said = document.get
    return Instance(
        address_of(row.key),
        Handle(said("handle", "")),
        read(document, vault, row.place if "sealed" in document else ""),
        frozenset(said("sensitive", ())),
        addresses_of(said("dependencies", ())),
        InstanceStatus(said("status", "ready")),
        "protected" in document,
        "create_before_destroy" in document,
        said("backend", ""),
        row.deposed,
        row.version,
    )


def intent_row(intent: Intent, vault: Vault) -> Row:
    where = place("intent", intent.id, "", intent.run)
    document = _circumstances(intent)
    document["deposed"] = intent.deposed
    document["address"] = str(intent.address)
    document["verb"] = intent.verb.value
    document["seen"] = list(intent.seen)
    document["made"] = intent.handle is not None
    document |= spell(intent.values, intent.sensitive, vault, where)
    # The identity may be made of a sensitive argument.
    hidden = bool(intent.sensitive)
    document["identity"] = vault.seal(intent.identity, where) if hidden else intent.identity
    return Row("intent", intent.id, "", intent.run, to_json(document))


def intent_of(row: Row, vault: Vault) -> Intent:
    document = json.loads(row.body)
    said = document.get
    identity = document["identity"]
    return Intent(
        row.key,
        row.version,
        address_of(document["address"]),
        IntentVerb(document["verb"]),
        Handle(said("handle", "")) if document["made"] else None,
        vault.unseal(identity, row.place) if said("sensitive") else identity,
        read(document, vault, row.place),
        tuple(document["seen"]),
        frozenset(said("sensitive", ())),
        addresses_of(said("dependencies", ())),
        "protected" in document,
        "create_before_destroy" in document,
        said("backend", ""),
        document["deposed"],
    )


def output_row(name: str, output: Output, version: int, vault: Vault) -> Row:
    document: Document = {"type": output.type, "value": output.value}
    if output.sensitive:
        where = place("output", name, "", version)
        document["value"] = vault.seal(to_json(output.value), where)
        document["sensitive"] = True
    return Row("output", name, "", version, to_json(document))


def output_of(row: Row, vault: Vault) -> Output:
    document = json.loads(row.body)
    sensitive = "sensitive" in document
    value = document["value"]
    if sensitive:
        value = json.loads(vault.unseal(value, row.place))
    return Output(value, document["type"], sensitive)


class Named(Protocol):
    """What the ledger says of a state."""

    lineage: str
    serial: int


def state_of(books: Named, rows: Sequence[Row], vault: Vault) -> State:
    """The state that `rows` are all of."""
    kinds: dict[str, list[Row]] = {"instance": [], "intent": [], "output": []}
    for row in rows:
        kinds[row.kind].append(row)
    return State(
        books.lineage,
        books.serial,
        instances_of(kinds["instance"], vault),
        {row.key: output_of(row, vault) for row in kinds["output"]},
        tuple(intent_of(row, vault) for row in kinds["intent"]),
    )
