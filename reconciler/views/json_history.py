"""Runs, what they did and whose doing an object is, as JSON. Sensitive values are null."""

from collections.abc import Iterable, Mapping, Sequence

from reconciler.engine.deeds import Deed
from reconciler.model.anything import Anything
from reconciler.model.state import Instance, Output
from reconciler.store.base import Audit, PastOutput, Run
from reconciler.views import exposed
from reconciler.views.exposed import Json
from reconciler.views.hcl import Types
from reconciler.views.history import action, net
from reconciler.views.json_state import output
from reconciler.views.json_text import pretty

FORMAT = "1.0"


def runs(given: Sequence[Run]) -> str:
    return pretty({"format": FORMAT, "runs": [_run(one) for one in given]})


def _run(run: Run) -> Json:
    return {
        "id": run.id,
        "command": run.command,
        "user": run.user,
        "host": run.host,
        "message": run.message,
        "plan_digest": run.plan_digest,
        "started": run.started,
        "finished": run.finished or None,
        "status": run.status.value,
    }


def account(run: Run, deeds: Sequence[Deed], past: Iterable[PastOutput], types: Types) -> str:
    outputs = {
        one.name: {
            "action": one.action.value,
            "before": one.before and _output(one.before, hidden=one.hidden),
            "after": one.after and _output(one.after, hidden=one.hidden),
        }
        for one in net(past)
    }
    changes = [_deed(one, types) for one in deeds]
    return pretty({"format": FORMAT, "run": _run(run), "changes": changes, "outputs": outputs})


def _output(given: Output, *, hidden: bool) -> Json:
    return {**output(given), **({"value": None} if hidden else {})}


def _deed(deed: Deed, types: Types) -> Json:
    before, after = deed.before, deed.after
    moved = before and after and before.address != after.address
    return {
        "address": str(deed.address),
        **({"previous_address": str(before.address)} if before and moved else {}),
        "action": action(deed).value,
        "before": before and _values(before, types),
        "after": after and _values(after, types),
        "before_sensitive": sorted(before.sensitive) if before else [],
        "after_sensitive": sorted(after.sensitive) if after else [],
    }


def _values(row: Instance, types: Types) -> Json:
    shown = exposed.values(row.values, row.address.type, types)
    return {name: None if _is_hidden(row, name) else value for name, value in shown.items()}


def _is_hidden(row: Instance, name: str) -> bool:
    value = row.values[name]
    return name in row.sensitive or (isinstance(value, Anything) and bool(value.sensitive))


def blame(instance: Instance, said: Mapping[str, Run], types: Types) -> str:
    values = _values(instance, types)
    arguments = {
        name: {"value": value, "run": _run(said[name]) if name in said else None}
        for name, value in values.items()
    }
    return pretty({"format": FORMAT, "address": str(instance.address), "arguments": arguments})


def audit(found: Audit) -> str:
    counts = {"lines": found.lines, "runs": found.runs, "rows": found.rows}
    return pretty({"format": FORMAT, "sound": True, **counts})
