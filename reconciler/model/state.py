"""What is remembered between runs: instances, outputs, and intents not yet settled."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import NewType

from reconciler.model.address import Address
from reconciler.model.record import dataclass
from reconciler.model.values import Values

Handle = NewType("Handle", str)
"""What a backend knows an object by for ever: in Exchange its GUID."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class InstanceStatus(StrEnum):
    READY = "ready"
    TAINTED = "tainted"
    """Exists, but its creation did not finish: the next plan replaces it."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One object that is ours. `values` are canonical, secrets `Sealed`, computed ones included.

    `dependencies` are the addresses that it used when it was last applied; `sensitive` names the
    arguments whose values came from sensitive ones; `version` counts this row's changes (0: not
    stored yet); `deposed` is a short key where the object was replaced but still exists.
    """

    address: Address
    handle: Handle
    values: Values
    sensitive: frozenset[str] = frozenset()
    dependencies: tuple[Address, ...] = ()
    status: InstanceStatus = InstanceStatus.READY
    protected: bool = False
    create_before_destroy: bool = False
    backend: str = ""
    deposed: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """`value` as plain JSON (exact decimals as text in `number` types are ints or strings of
    digits); `type` in Terraform's JSON spelling of types (`"string"`, `["list","string"]`).
    """

    value: Json
    type: Json
    sensitive: bool = False


class IntentVerb(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Intent:
    """A backend call that may have happened. Written before the call, settled by its outcome.

    `values` are those to be sent (secrets Sealed); `seen` the handles that already bore
    the identity when the intent was written, which therefore cannot be ours.
    """

    id: str
    run: int
    address: Address
    verb: IntentVerb
    handle: Handle | None
    identity: str
    values: Values
    seen: tuple[Handle, ...] = ()
    sensitive: frozenset[str] = frozenset()
    dependencies: tuple[Address, ...] = ()
    protected: bool = False
    create_before_destroy: bool = False
    backend: str = ""
    deposed: str = ""


def _nothing() -> Mapping[str, Output]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class State:
    """A snapshot of one workspace. `lineage` is "" and `serial` 0 where nothing is stored yet."""

    lineage: str = ""
    serial: int = 0
    instances: tuple[Instance, ...] = ()
    outputs: Mapping[str, Output] = field(default_factory=_nothing)
    intents: tuple[Intent, ...] = ()
