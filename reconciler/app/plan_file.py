"""Saved plans: one sealed file, which opens only unaltered and beside the key it was made with.

Sealing the whole file gives both promises at once: nothing sensitive in the clear, and the
plan that was reviewed is the plan that runs.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from reconciler.app.plan_codec import Json, decoded, encoded
from reconciler.app.project import Project
from reconciler.app.session import Session
from reconciler.engine.recover import Recovery
from reconciler.model.diagnostic import Diagnostic, ReconcilerError, error
from reconciler.model.plan import Plan
from reconciler.store.files import atomic_write, read_ordinary
from reconciler.store.seal import Keyring

MAGIC = "reconciler plan 3\n"
PLACE = "plan file, format 3"
LARGEST = 512 * 1024 * 1024


def digest(plan: Plan) -> str:
    """SHA-256 over everything in the plan."""
    return hashlib.sha256(_text(encoded(plan)).encode()).hexdigest()


def _text(document: Json) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def save(project: Project, plan: Plan, path: Path, basis: Json = None) -> None:
    """Replaces `path` as a whole, or leaves it as it is. `basis` is kept with the plan, for those
    who read it and do not apply it.
    """
    document = {"plan": encoded(plan), "basis": basis}
    sealed = Keyring(project.own).seal(_text(document), PLACE)
    try:
        atomic_write(path, f"{MAGIC}{sealed}\n".encode())
    except OSError as failure:
        raise ReconcilerError(_unwritable(path, failure)) from failure


def load(project: Project, path: Path) -> Plan:
    """Raises as `document` does."""
    return decoded(Plan, document(project, path)["plan"])


def document(project: Project, path: Path) -> Json:
    """`plan` and `basis` as they were saved. Raises ReconcilerError `not-a-plan`, `plan-altered`, `plan-unreadable`."""
    try:
        raw = read_ordinary(path, LARGEST)
    except ReconcilerError as failure:
        raise ReconcilerError(_unreadable(path, "it is no ordinary file")) from failure
    except OSError as failure:
        raise ReconcilerError(_unreadable(path, failure.strerror or str(failure))) from failure
    if raw is None:
        raise ReconcilerError(_unreadable(path, "there is no such file"))
    if not raw.startswith(MAGIC.encode()):
        raise ReconcilerError(_not_a_plan(path))
    sealed = raw[len(MAGIC) :]
    if not sealed.endswith(b"\n") or sealed[:-1].strip() != sealed[:-1]:
        raise ReconcilerError(_altered(path))
    try:
        text = Keyring(project.own).unseal(sealed[:-1].decode("ascii"), PLACE)
    except (ReconcilerError, UnicodeDecodeError) as failure:
        raise ReconcilerError(_altered(path)) from failure
    return json.loads(text)


def refuse_stale(saved: Plan, at: Session, recovery: Recovery) -> None:
    """A saved plan runs only on what it was made of: the same files, the same rows."""
    if saved.config_digest != at.configuration.digest:
        raise ReconcilerError(_other_files())
    state = recovery.state
    if saved.workspace != at.project.workspace:
        raise ReconcilerError(_other_workspace(saved.workspace))
    if saved.lineage and saved.lineage != state.lineage:
        raise ReconcilerError(_other_state())
    now = {_row(i.address, i.deposed): i.version for i in state.instances}
    changed = sorted(
        name
        for name in saved.versions.keys() | now.keys()
        if saved.versions.get(name) != now.get(name)
    )
    if changed:
        raise ReconcilerError(_stale(saved.versions, now, changed))


def _row(address: object, deposed: str) -> str:
    return f"{address} (deposed {deposed})" if deposed else str(address)


def _stale(before: Mapping[str, int], now: Mapping[str, int], changed: list[str]) -> Diagnostic:
    shown = "\n".join(f"  {name} {_how(name in before, name in now)}" for name in changed[:10])
    more = f"\n  and {len(changed) - 10} more" if len(changed) > 10 else ""  # noqa: PLR2004
    return error(
        "stale-plan",
        "The saved plan is stale",
        f"Since it was made, another run changed what it was made of:\n{shown}{more}\nNothing was "
        "changed. Plan again, review, and apply the new plan.",
    )


def _how(was: bool, is_: bool) -> str:  # noqa: FBT001 (two facts, not switches)
    if was and is_:
        return "has changed"
    return "is new" if is_ else "is gone"


def _other_files() -> Diagnostic:
    return error(
        "stale-plan",
        "The saved plan is stale",
        "The configuration files are not those that the plan was made of. Nothing was changed. "
        "Check out the files it was made of, or plan again.",
    )


def _other_state() -> Diagnostic:
    return error(
        "stale-plan",
        "The saved plan is of another state",
        "The state here has another lineage than the one that the plan was made of. Nothing was "
        "changed. Apply it where it was made, or plan again.",
    )


def _other_workspace(workspace: str) -> Diagnostic:
    return error(
        "stale-plan",
        "The saved plan is of another workspace",
        f'It was made in the workspace "{workspace}". Nothing was changed. Set '
        f"RECONCILER_WORKSPACE to that name, or plan again in this one.",
    )


def _unwritable(path: Path, failure: OSError) -> Diagnostic:
    reason = failure.strerror or "it cannot be written"
    return error(
        "plan-not-saved",
        "The plan could not be saved",
        f"Writing {path} failed: {reason}. Nothing was changed. Choose another place for -out.",
    )


def _unreadable(path: Path, reason: str) -> Diagnostic:
    return error(
        "plan-unreadable",
        "The plan file could not be read",
        f"{path}: {reason}. Make one with reconciler plan -out=FILE.",
    )


def _not_a_plan(path: Path) -> Diagnostic:
    return error(
        "not-a-plan",
        "Not a saved plan",
        f"{path} is not a plan that this version of reconciler can read. Make one with "
        "reconciler plan -out=FILE.",
    )


def _altered(path: Path) -> Diagnostic:
    return error(
        "plan-altered",
        "The saved plan cannot be trusted",
        f"{path} was altered since it was made, or was made with another key than the one of this "
        "project. Nothing was changed. Plan again, and review the new plan.",
    )
