"""The difference between what is and what should be, and the ordered steps between them."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from reconciler.model.address import Address
from reconciler.model.brake import Brake
from reconciler.model.diagnostic import Diagnostic
from reconciler.model.file_read import FileRead
from reconciler.model.record import dataclass
from reconciler.model.rename import Rename
from reconciler.model.route import RouteChange
from reconciler.model.state import Handle, Json, Output
from reconciler.model.values import Canonical, Values


class Action(StrEnum):
    NO_OP = "no-op"
    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    REPLACE = "replace"
    """Delete, then create."""
    CREATE_FIRST = "create-first"
    """Create, then delete."""
    DELETE = "delete"
    FORGET = "forget"


class Mode(StrEnum):
    NORMAL = "normal"
    DESTROY = "destroy"
    REFRESH_ONLY = "refresh-only"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Difference:
    """One argument's `before` and `after` (UNKNOWN: known after apply)."""

    name: str
    before: Canonical
    after: Canonical
    sensitive: bool = False
    forces_replacement: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The difference for one instance. `before` is None for a creation, `after` for a deletion.

    `reason` is a kebab-case word for why it is deleted or replaced, in Terraform's vocabulary
    with dashes (`delete-because-no-resource-config`, `replace-because-tainted`, …), or "".
    `deposed` is the key of a left-over of an unfinished replacement. `imported` is the handle of
    an object that is taken over, or "". `moved_from` is where state still has what is under a
    new address.
    """

    address: Address
    action: Action
    before: Values | None
    after: Values | None
    differences: tuple[Difference, ...] = ()
    before_sensitive: frozenset[str] = frozenset()
    after_sensitive: frozenset[str] = frozenset()
    reason: str = ""
    deposed: str = ""
    imported: str = ""
    moved_from: Address | None = None

    @property
    def is_silent(self) -> bool:
        """Nothing happens, neither to the object nor to what state says of it."""
        return self.action is Action.NO_OP and not self.imported and self.moved_from is None


@dataclass(frozen=True, slots=True)
class Drift:
    """What the backend says differs from what state remembers; `after` None: gone."""

    address: Address
    before: Values
    after: Values | None
    differences: tuple[Difference, ...] = ()
    sensitive: frozenset[str] = frozenset()


class Verb(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    MOVE = "move"
    """State alone: remember the object under another address. Comes before everything else."""
    RECORD = "record"
    """State alone: remember what was observed."""
    FORGET = "forget"
    """State alone: the object is gone, or no longer ours."""
    READ = "read"
    """No change: a data source that could not be read while planning."""
    JOIN = "join"
    """No call at all: a point that many steps precede and many follow."""


@dataclass(frozen=True, slots=True)
class Step:
    """One backend call (or state-only write), and the ids of the steps that must precede it.

    `values` are the arguments to send: all for a creation, the changed ones for an update.
    `deferred` names those still unknown, evaluated just before the call. `after` is the whole
    instance as it will be remembered, `left` what of it is left to others: it may be read back
    with any value. Secrets stand in all three as Sealed. `moved_from` is
    where a MOVE finds the row, which may be its address: then only what it used has moved. `handles`
    are those of `deferred` that will be the handle of another object.
    """

    id: str
    address: Address
    verb: Verb
    handle: Handle | None
    identity: str
    values: Values
    after: Values
    deferred: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    sensitive: frozenset[str] = frozenset()
    dependencies: tuple[Address, ...] = ()
    protected: bool = False
    create_before_destroy: bool = False
    backend: str = ""
    deposed: str = ""
    needs: tuple[str, ...] = ()
    moved_from: Address | None = None
    left: frozenset[str] = frozenset()
    handles: Mapping[str, Address] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutputChange:
    """`after` None with action DELETE; `known` false: known after apply, all of it or some.

    `sensitive` is what the configuration says of it. `partial` is what is known of a value that
    is not known as a whole, and what is not: null and true stand where something is missing.
    """

    name: str
    action: Action
    before: Output | None
    after: Output | None
    known: bool = True
    sensitive: bool = False
    partial: tuple[Json, Json] | None = None

    @property
    def hidden(self) -> bool:
        """Whether it is or was sensitive."""
        return self.sensitive or any(side.sensitive for side in (self.before, self.after) if side)


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of a precondition, postcondition or check block: pass, fail, error, unknown."""

    address: str
    kind: str
    status: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What a data source found while planning."""

    address: Address
    values: Values


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that apply needs; apply decides nothing.

    `versions` are the state rows that were read ({address: row version});
    `config_digest` covers every configuration file that was read; `variables` are the plain
    values given for variables that are neither sensitive nor ephemeral, as HCL-free JSON.
    `files` are what its expressions read besides.
    `targets` are patterns of what alone was looked at, and of what was left out. `undoes` is the
    run that is undone, 0 for none.
    """

    mode: Mode
    tool_version: str
    lineage: str
    serial: int
    versions: Mapping[str, int]
    config_digest: str
    workspace: str = "default"
    changes: tuple[Change, ...] = ()
    drift: tuple[Drift, ...] = ()
    steps: tuple[Step, ...] = ()
    outputs: tuple[OutputChange, ...] = ()
    checks: tuple[Check, ...] = ()
    sources: tuple[Source, ...] = ()
    mail_flow: tuple[RouteChange, ...] = ()
    brakes: tuple[Brake, ...] = ()
    renames: tuple[Rename, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    targets: tuple[str, ...] = ()
    timestamp: str = ""
    files: tuple[FileRead, ...] = ()
    undoes: int = 0
    format: int = 1

    @property
    def is_empty(self) -> bool:
        """Nothing to show: no object and no output changes, nor (with -refresh-only) state.

        Steps that only bring the record up to date may still be there.
        """
        still = all(change.is_silent for change in self.changes)
        outputs = all(output.action is Action.NO_OP for output in self.outputs)
        return still and outputs and not (self.mode is Mode.REFRESH_ONLY and self.drift)

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many to add, to change, to destroy; a replacement counts as an add and a destroy."""
        tally = [change.action for change in self.changes]
        replaced = tally.count(Action.REPLACE) + tally.count(Action.CREATE_FIRST)
        return (
            tally.count(Action.CREATE) + replaced,
            tally.count(Action.UPDATE),
            tally.count(Action.DELETE) + replaced,
        )
