"""Rows to objects and back: exact, canonical JSON, and a digest over every row.

Knows how instances, intents and outputs are spelt; knows no SQL and no key (what is sensitive
passes through the `Vault` it is given).
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from types import NoneType
from typing import Any, NamedTuple, Protocol, TypeAlias

from reconciler.model.address import Address, parse
from reconciler.model.state import Handle, Instance, InstanceStatus, Intent, IntentVerb, Output
from reconciler.model.values import Canonical, Sealed, Secret, Unknown, Values

Document: TypeAlias = dict[str, object]
_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)
_DIGEST = "digest"
_SEALED = "sealed"
_PLAIN = frozenset({str, int, bool, NoneType})


class Vault(Protocol):
    """Seals text so that it opens again only in the same place."""

    def seal(self, text: str, place: str) -> str: ...

    def unseal(self, sealed: str, place: str) -> str: ...


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
    return _encoder.encode([kind, key, deposed, version])


def row_digest(row: Row) -> str:
    """32 hexadecimal digits over all that the row says."""
    kind, key, deposed, version, body = row
    text = f"{kind}\n{key}\n{deposed}\n{version}\n{body}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def to_json(document: object) -> str:
    """Canonical: sorted, without spaces, ASCII only (so that any text can be stored)."""
    return _encoder.encode(document)


# Values


def _encode(value: Canonical) -> object:
    assert not isinstance(value, Secret), (
        "A secret reached the store. This is a bug in reconciler."
    )
    assert not isinstance(value, Unknown), (
        "Unknown reached the store. This is a bug in reconciler."
    )
    if isinstance(value, Sealed):
        return {_DIGEST: [value.open, value.digest]}
    return list(value) if isinstance(value, tuple) else value


def _decode(value: object) -> Canonical:
    match value:
        case list():
            return tuple(value)
        case {"digest": [str(opened), str(digest)]}:
            return Sealed(opened, digest)
        case None | str() | int():
            return value
        case _:
            raise ValueError(f"not a canonical value: {type(value).__name__}")


def _encode_values(
    values: Values, sensitive: frozenset[str], vault: Vault, where: str
) -> dict[str, object]:
    encoded = {name: _encode(value) for name, value in values.items()}
    for name in sensitive & values.keys():
        encoded[name] = {_SEALED: vault.seal(to_json(encoded[name]), f"{where}{name}")}
    return encoded


def _decode_values(encoded: Mapping[str, Any], vault: Vault, where: str) -> Values:
    return {
        name: value
        if value.__class__ in _PLAIN
        else _decode(_opened(value, vault, f"{where}{name}"))
        for name, value in encoded.items()
    }


def _opened(value: object, vault: Vault, where: str) -> object:
    """`value`, unsealed where it is sealed."""
    if isinstance(value, dict) and _SEALED in value:
        return json.loads(vault.unseal(value[_SEALED], where))
    return value


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


def _addresses(texts: Iterable[str]) -> tuple[Address, ...]:
    return tuple(map(parse, texts))


# Rows


def instance_row(instance: Instance, version: int, vault: Vault) -> Row:
    """`version` is the one it will be stored under."""
    key = str(instance.address)
    where = place("instance", key, instance.deposed, version)
    document = _circumstances(instance)
    document["values"] = _encode_values(instance.values, instance.sensitive, vault, where)
    if instance.status is not InstanceStatus.READY:
        document["status"] = instance.status.value
    return Row("instance", key, instance.deposed, version, to_json(document))


def instance_of(row: Row, vault: Vault) -> Instance:
    document = json.loads(row.body)
    said = document.get
    values = document["values"]
    return Instance(
        parse(row.key),
        Handle(said("handle", "")),
        _decode_values(values, vault, row.place if _SEALED in row.body else ""),
        frozenset(said("sensitive", ())),
        _addresses(said("dependencies", ())),
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
    document["values"] = _encode_values(intent.values, intent.sensitive, vault, where)
    # The identity may be made of a sensitive argument.
    document["identity"] = (
        {_SEALED: vault.seal(to_json(intent.identity), f"{where}=")}
        if intent.sensitive
        else intent.identity
    )
    return Row("intent", intent.id, "", intent.run, to_json(document))


def intent_of(row: Row, vault: Vault) -> Intent:
    document = json.loads(row.body)
    said = document.get
    return Intent(
        row.key,
        row.version,
        parse(document["address"]),
        IntentVerb(document["verb"]),
        Handle(said("handle", "")) if document["made"] else None,
        str(_opened(document["identity"], vault, f"{row.place}=")),
        _decode_values(document["values"], vault, row.place),
        tuple(document["seen"]),
        frozenset(said("sensitive", ())),
        _addresses(said("dependencies", ())),
        "protected" in document,
        "create_before_destroy" in document,
        said("backend", ""),
        document["deposed"],
    )


def output_row(name: str, output: Output, version: int, vault: Vault) -> Row:
    document: Document = {"type": output.type, "value": output.value}
    if output.sensitive:
        where = place("output", name, "", version)
        document["value"] = {_SEALED: vault.seal(to_json(output.value), where)}
        document["sensitive"] = True
    return Row("output", name, "", version, to_json(document))


def output_of(row: Row, vault: Vault) -> Output:
    document = json.loads(row.body)
    sensitive = "sensitive" in document
    value = document["value"]
    if sensitive:
        value = json.loads(vault.unseal(value[_SEALED], row.place))
    return Output(value, document["type"], sensitive)
