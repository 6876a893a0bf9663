"""Another key for the sensitive values in state: a new one made here, or one that is given."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from reconciler.app.clock import now
from reconciler.app.inspect import place
from reconciler.app.project import Project
from reconciler.app.state_place import StatePlace, opened
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.store import keys
from reconciler.store.base import Run, RunStatus
from reconciler.store.keys import InFolder, Key
from reconciler.store.opening import database_of
from reconciler.store.process import this_process

COMMAND = "state rekey"
NEW_KEY, NEW_PASSPHRASE = "RECONCILER_STATE_NEW_KEY", "RECONCILER_STATE_NEW_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """`sealed` counts the rows that are sealed anew; `key` is the place of the key from now on."""

    sealed: int
    key: str


@dataclass(frozen=True, slots=True)
class Asked:
    """`key_file` holds the new key; `wait` for others in seconds; `message` is kept with the run."""

    key_file: Path | None = None
    wait: float = 0.0
    message: str = ""


def run(project: Project, asked: Asked) -> Rekeyed:
    """Raises ReconcilerError `new-key-needed` where none is given and none can be made."""
    at = place(project, strict=True)
    new = given(project.environment, asked.key_file)
    if new is not None:
        return Rekeyed(_rekeyed(project, at, new, asked), new.place)
    own = at.key or database_of(at.url, project.root)[1]
    if not isinstance(own, InFolder):
        raise ReconcilerError(_nothing_given())
    own.next.make()
    sealed = _rekeyed(project, at, own.next, asked)
    own.follow()
    return Rekeyed(sealed, own.place)


def _rekeyed(project: Project, at: StatePlace, new: Key, asked: Asked) -> int:
    holder = this_process(COMMAND)
    about = Run(0, COMMAND, holder.user, holder.host, asked.message, "", now())
    with closing(opened(project, at)) as store, store.lease(holder, asked.wait) as lease:
        number = store.begin(lease, about)
        sealed = store.rekey(lease, new)
        store.finish(lease, number, RunStatus.DONE)
    return sealed


def given(environment: Mapping[str, str], key_file: Path | None) -> Key | None:
    """The new key, from a file or the environment."""
    if key_file is not None:
        return keys.InFile(key_file)
    if environment.get(NEW_KEY):
        return keys.Given(environment[NEW_KEY])
    words = environment.get(NEW_PASSPHRASE)
    return keys.Passphrase(words, NEW_PASSPHRASE) if words else None


def _nothing_given() -> Diagnostic:
    return error(
        "new-key-needed",
        "No new key",
        f"The key of this state is given from outside, and so must the new one be: set {NEW_KEY} or "
        f"{NEW_PASSPHRASE}, or name a file with -key-file.",
    )
