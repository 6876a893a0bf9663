"""How canonical values and addresses are spelt in JSON, exactly and sealed where sensitive.

Values are kept apart by sort, because most are plain and then need no work when they are read.
Knows no rows, and no key: what is sensitive passes through the `Vault` it is given.
"""

import json
from collections.abc import Iterable
from functools import lru_cache
from types import NoneType
from typing import Any, Protocol, TypeAlias

from reconciler.model.address import Address, parse
from reconciler.model.anything import Anything
from reconciler.model.values import Canonical, Sealed, Secret, Unknown, Values

Document: TypeAlias = dict[str, Any]
_PLAIN = frozenset({str, int, bool, NoneType})
_encoder = json.JSONEncoder(sort_keys=True, separators=(",", ":"), allow_nan=False)


class Vault(Protocol):
    """Seals text so that it opens again only in the same place."""

    def seal(self, text: str, place: str) -> str: ...

    def unseal(self, sealed: str, place: str) -> str: ...


def to_json(document: object) -> str:
    """Canonical: sorted, without spaces, ASCII only (so that any text can be stored)."""
    return _encoder.encode(document)


def keepable(text: str) -> str:
    """`text` as every database can keep it: bytes that were no UTF-8 are spelt out, and so is NUL."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\0")


def spell(values: Values, sensitive: frozenset[str], vault: Vault, place: str) -> Document:
    """`values` as a document; those named in `sensitive`, or partly sensitive by their own account,
    sealed to `place`.
    """
    plain: dict[str, Canonical] = {}
    document: Document = {"plain": plain}
    for name, value in values.items():
        if name in sensitive or (value.__class__ is Anything and value.sensitive):
            text = to_json(_sorted({"plain": {}}, name, value))
            document.setdefault("sealed", {})[name] = vault.seal(text, f"{place}{name}")
        elif value.__class__ in _PLAIN:
            plain[name] = value
        else:
            _sorted(document, name, value)
    return document


def _sorted(document: Document, name: str, value: Canonical) -> Document:
    """`document` with `value` among those of its sort."""
    assert not isinstance(value, Secret | Unknown), (
        f"{value!r} for {name} reached the store. This is a bug in reconciler."
    )
    if isinstance(value, Sealed):
        document.setdefault("digests", {})[name] = [value.open, value.digest]
    elif isinstance(value, Anything):
        assert not value.unknown, f"{name} is not known. This is a bug in reconciler."
        document.setdefault("any", {})[name] = [value.type, value.value, value.sensitive]
    elif isinstance(value, tuple):
        document.setdefault("lists", {})[name] = value
    else:
        document["plain"][name] = value
    return document


def read(document: Document, vault: Vault, place: str) -> Values:
    """What `spell` was given. Uses `document` up."""
    values: dict[str, Canonical] = document["plain"]
    for name, items in document.get("lists", {}).items():
        values[name] = tuple(items)
    for name, (opened, digest) in document.get("digests", {}).items():
        values[name] = Sealed(opened, digest)
    for name, (kind, text, hidden) in document.get("any", {}).items():
        values[name] = Anything(kind, text, (), tuple(map(tuple, hidden)))
    for name, text in document.get("sealed", {}).items():
        values |= read(json.loads(vault.unseal(text, f"{place}{name}")), vault, place)
    return values


_known = lru_cache(maxsize=65536)(parse)


def address_of(text: str) -> Address:
    """As `parse`, quicker for the many instances of few blocks."""
    block, bracket, rest = text.partition("[")
    if not bracket or "[" in rest or "\\" in rest or rest[-1:] != "]":
        return _known(text)
    known = _known(block)
    key = rest[1:-2] if rest[0] == '"' else int(rest[:-1])
    return Address(known.type, known.name, key, known.module)


def addresses_of(texts: Iterable[str]) -> tuple[Address, ...]:
    return tuple(map(_known, texts))
