"""The state of one workspace as one JSON document: for backups, and to be put back.

Values stay as the rows have them: sealed ones sealed, passwords as digests. The digest at the end
tells a document that was cut off or altered. Knows no database.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b

from reconciler import __version__
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.record import dataclass
from reconciler.model.state import Instance, Output
from reconciler.store import codec, ledger
from reconciler.store.codec import Row
from reconciler.store.ledger import Ledger
from reconciler.store.refusals import refused
from reconciler.store.seal import Bound
from reconciler.store.spelling import Document as Fields
from reconciler.store.spelling import to_json

FORMAT = 1
LIMIT = 1 << 30
"""Bytes of the longest document that is read."""

_SHAPE: Mapping[str, type] = {
    "workspace": str,
    "lineage": str,
    "serial": int,
    "seal": str,
    "instances": list,
    "outputs": list,
}
_ROW: Mapping[str, type] = {"key": str, "deposed": str, "version": int, "body": dict}


@dataclass(frozen=True, slots=True)
class Pulled:
    workspace: str
    lineage: str
    serial: int
    instances: tuple[Instance, ...]
    outputs: Mapping[str, Output]


def spelt(books: Ledger, rows: Sequence[Row]) -> str:
    """Calls under way are left out: they belong to the run that made them."""
    said: Fields = {
        "format": FORMAT,
        "tool": f"reconciler {__version__}",
        "workspace": books.workspace,
        "lineage": books.lineage,
        "serial": books.serial,
        "seal": books.seal,
        "instances": [_fields(row) for row in rows if row.kind == "instance"],
        "outputs": [_fields(row) for row in rows if row.kind == "output"],
    }
    return json.dumps({**said, "digest": _digest(said)}, indent=2, sort_keys=False) + "\n"


def _fields(row: Row) -> Fields:
    return {
        "key": row.key,
        "deposed": row.deposed,
        "version": row.version,
        "body": json.loads(row.body),
    }


def _digest(said: Mapping[str, object]) -> str:
    return blake2b(to_json(said).encode("ascii"), digest_size=16).hexdigest()


def read(text: bytes, vault_of: Callable[[Ledger], Bound]) -> Pulled:
    """Raises ReconcilerError unless everything in it can be used here."""
    said = _sound(text)
    workspace, lineage = said["workspace"], said["lineage"]
    vault = vault_of(replace(ledger.blank(workspace, lineage), seal=said["seal"]))
    instances, outputs = (_rows(said, sort) for sort in ("instance", "output"))
    try:
        found = codec.instances_of(instances, vault)
        if [str(instance.address) for instance in found] != [row.key for row in instances]:
            raise _damaged("it has an address that is written in another way")
        return Pulled(
            workspace,
            lineage,
            said["serial"],
            found,
            {row.key: codec.output_of(row, vault) for row in outputs},
        )
    except (ValueError, LookupError, TypeError, AttributeError) as failure:
        raise _damaged("an object in it does not say what it should") from failure


def _sound(text: bytes) -> Fields:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as failure:
        raise _damaged("it is no JSON, or its end is missing") from failure
    if not isinstance(said, dict) or "format" not in said or "lineage" not in said:
        raise _damaged("it is not a document that state pull printed")
    if said["format"] != FORMAT:
        raise _damaged(f"its format is not {FORMAT}, the only one that this version knows")
    given = said.pop("digest", None)
    _check(said, _SHAPE)
    if _digest(said) != given:
        raise _damaged("it was altered after state pull had printed it")
    return said


def _check(said: object, shape: Mapping[str, type]) -> None:
    fits = isinstance(said, dict) and all(type(said.get(n)) is kind for n, kind in shape.items())
    if not fits:
        raise _damaged(f"one of these is missing or of another sort: {', '.join(shape)}")


def _rows(said: Fields, kind: str) -> list[Row]:
    found = said[f"{kind}s"]
    for one in found:
        _check(one, _ROW)
    rows = [Row(kind, r["key"], r["deposed"], r["version"], to_json(r["body"])) for r in found]
    if len({row[:3] for row in rows}) < len(rows):
        raise _damaged("it has one object twice")
    if not all(_storable(row.key) and _storable(row.deposed) for row in rows):
        raise _damaged("it has a name that no database stores")
    return rows


def _storable(name: str) -> bool:
    """No database takes halves of characters, nor PostgreSQL the character 0."""
    return "\0" not in name and name.encode("utf-8", "replace").decode() == name


def _damaged(reason: str) -> ReconcilerError:
    return refused("document-damaged", reason=reason)
