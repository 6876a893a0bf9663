"""A plan in Terraform's JSON format 1.2; what is only ours stands under extra keys. Lists and
objects that Terraform leaves out where they are empty are there.
"""

from collections.abc import Iterable

from reconciler import __version__
from reconciler.model.brake import Brake
from reconciler.model.outline import Basis, Relevant
from reconciler.model.plan import Action, Change, Difference, Drift, OutputChange, Plan
from reconciler.model.route import RouteChange
from reconciler.model.state import Output
from reconciler.model.values import Values
from reconciler.views import exact, json_checks, json_configuration, renames
from reconciler.views.exposed import Json, flags, unknown, values
from reconciler.views.hcl import Types
from reconciler.views.json_address import ACTIONS, entry, plan_reason
from reconciler.views.json_state import Item, header, item, modules, output, picture
from reconciler.views.json_text import line
from reconciler.views.version import FOLLOWS


def text(plan: Plan, types: Types, basis: Basis | None = None) -> str:
    """The answer of `show -json PLAN`."""
    return line(document(plan, types, basis))


def document(plan: Plan, types: Types, basis: Basis | None = None) -> Json:
    """Without `basis` the configuration is empty, and only what changes was there before."""
    return {
        "format_version": "1.2",
        "terraform_version": FOLLOWS,
        "reconciler_version": __version__,
        "variables": {name: {"value": value} for name, value in sorted(plan.variables.items())},
        "planned_values": _planned(plan, types),
        "resource_drift": [_drift(drift, types) for drift in _sorted_drift(plan.drift)],
        "resource_changes": [_change(change, types) for change in _sorted(plan.changes)],
        "output_changes": {o.name: _output_change(o) for o in _by_name(plan.outputs)},
        "prior_state": {**header(), "values": _prior(plan, types, basis)},
        "configuration": json_configuration.document(basis.outlines if basis else ()),
        "relevant_attributes": [_relevant(one) for one in (basis.relevant if basis else ())],
        "checks": json_checks.checks(plan, basis.outlines if basis else ()),
        "timestamp": plan.timestamp,
        "applyable": not plan.is_empty,
        "complete": not plan.targets,
        "errored": False,
        "mail_flow": [_route(row) for row in plan.mail_flow],
        "renames": renames.documents(plan.renames),
        "brakes": [_brake(brake) for brake in plan.brakes],
        "versions_read": dict(sorted(plan.versions.items())),
    }


def _route(row: RouteChange) -> Json:
    return {"destination": row.destination, "before": row.before, "after": row.after}


def _brake(brake: Brake) -> Json:
    total = {"total": brake.total} if brake.total else {}
    objects = [str(address) for address in brake.objects]
    return {"reason": brake.reason.value, "subject": brake.subject, "objects": objects, **total}


def _sorted(changes: Iterable[Change]) -> list[Change]:
    return sorted(changes, key=lambda change: (change.address.sort_key, change.deposed))


def _sorted_drift(drift: Iterable[Drift]) -> list[Drift]:
    return sorted(drift, key=lambda found: found.address.sort_key)


def _by_name(outputs: Iterable[OutputChange]) -> list[OutputChange]:
    return sorted(outputs, key=lambda change: change.name)


def _planned(plan: Plan, types: Types) -> Json:
    items = [
        Item(change.address, change.after, change.after_sensitive)
        for change in plan.changes
        if change.after is not None and not change.deposed
    ]
    outputs = {
        o.name: output(o.after) if o.after and o.known else {"sensitive": o.hidden}
        for o in _by_name(plan.outputs)
        if o.action is not Action.DELETE
    }
    return {**({"outputs": outputs} if outputs else {}), "root_module": modules(items, types)}


def _prior(plan: Plan, types: Types, basis: Basis | None) -> Json:
    found = [Item(source.address, source.values) for source in plan.sources]
    if basis:
        return picture([*map(item, basis.prior), *found], basis.outputs, types)
    items = [
        Item(change.address, change.before, change.before_sensitive, deposed=change.deposed)
        for change in plan.changes
        if change.before is not None
    ]
    outputs = {o.name: o.before for o in plan.outputs if o.before}
    return picture([*items, *found], outputs, types)


def _change(change: Change, types: Types) -> Json:
    reason = plan_reason(change.reason)
    forcing = [[d.name] for d in change.differences if d.forces_replacement]
    sides = _sides(change, change.address.type, types)
    return {
        **entry(change.address),
        **({"previous_address": str(change.moved_from)} if change.moved_from else {}),
        **({"deposed": change.deposed} if change.deposed else {}),
        "change": {
            "actions": list(ACTIONS[change.action]),
            **sides,
            **({"replace_paths": forcing} if forcing else {}),
            **({"importing": {"id": change.imported}} if change.imported else {}),
        },
        **({"action_reason": reason} if reason else {}),
    }


def _sides(change: Change, kind: str, types: Types) -> Json:
    return {
        "before": _side(change.before, kind, types),
        "after": _side(change.after, kind, types),
        "after_unknown": unknown(change.after, kind, types),
        "before_sensitive": _flags(change.before_sensitive, change.before, kind, types),
        "after_sensitive": _flags(change.after_sensitive, change.after, kind, types),
    }


def _side(side: Values | None, kind: str, types: Types) -> Json | None:
    return None if side is None else values(side, kind, types)


def _flags(names: frozenset[str], side: Values | None, kind: str, types: Types) -> Json | bool:
    """Terraform writes false where there is no object."""
    return False if side is None else flags(names, side, kind, types)


def _drift(drift: Drift, types: Types) -> Json:
    action = Action.DELETE if drift.after is None else Action.UPDATE
    differences: tuple[Difference, ...] = drift.differences
    change = Change(
        drift.address,
        action,
        drift.before,
        drift.after,
        differences,
        drift.sensitive,
        drift.sensitive,
    )
    return _change(change, types)


def _output_change(change: OutputChange) -> Json:
    after, missing = change.partial or (_value(change.after), not change.known)
    return {
        "actions": list(ACTIONS[change.action]),
        "before": _value(change.before),
        **({} if missing is True else {"after": after}),
        "after_unknown": missing,
        "before_sensitive": change.hidden,
        "after_sensitive": change.hidden,
    }


def _value(side: Output | None) -> object:
    return exact.value(side) if side else None


def _relevant(one: Relevant) -> Json:
    return {"resource": one.resource, "attribute": list(one.path)}
