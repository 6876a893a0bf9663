"""A plan for people: what would change, why, and in one line how much."""

from reconciler.model.audit import Blamed
from reconciler.model.plan import Action, Change, Mode, Plan
from reconciler.views import drift, mail_flow, outputs, reasons, renames, signed
from reconciler.views.block import Pair, body
from reconciler.views.hcl import Types
from reconciler.views.palette import Look, Style
from reconciler.views.text import clean

SIGNS = {
    Action.CREATE: ("+", "create"),
    Action.UPDATE: ("~", "change in place"),
    Action.DELETE: ("-", "destroy"),
    Action.REPLACE: ("-/+", "destroy, then create anew"),
    Action.CREATE_FIRST: ("+/-", "create anew, then destroy the old one"),
    Action.READ: ("<=", "read during apply"),
    Action.FORGET: (".", "forget, without touching it"),
}
_HEADINGS = {
    Action.CREATE: "will be created",
    Action.UPDATE: "will be updated in-place",
    Action.DELETE: "will be destroyed",
    Action.REPLACE: "must be replaced",
    Action.CREATE_FIRST: "must be replaced",
    Action.READ: "will be read during apply",
    Action.FORGET: "will be forgotten, but not destroyed",
}
_NOTHING = {
    Mode.NORMAL: (
        "Exchange matches the configuration.",
        "Every object was compared with its configuration; there is nothing to do.",
    ),
    Mode.DESTROY: ("There is nothing to destroy.", "The state knows of no object."),
    Mode.REFRESH_ONLY: (
        "Exchange is as the state remembers it.",
        "Every object was compared with what was last applied; none differs.",
    ),
    Mode.UNDO: (
        "There is nothing to undo.",
        "What the run changed is as it was before, or was changed since.",
    ),
}


def text(plan: Plan, types: Types, look: Look) -> str:
    """The whole plan but its warnings; ends with a line break."""
    sections = [
        *_drift(plan, types),
        *_changes(plan, types),
        *_imports(plan),
        *_moves(plan),
        *renames.section(plan.renames),
        *_mail_flow(plan),
        *_summary(plan),
        *_outputs(plan),
        *_undoing(plan),
    ]
    if plan.is_empty:
        sections.append(_nothing(plan, look))
    elif not any(change.action in SIGNS for change in plan.changes):
        sections.append("Applying this only brings the state up to date.\n")
    return "\n".join(signed.painted(section, look) for section in sections)


def _nothing(plan: Plan, look: Look) -> str:
    short, long = _NOTHING[plan.mode]
    return f"{look.paint(f'No changes. {short}', Style.NEW)}\n\n{long}\n"


def summary(plan: Plan) -> str:
    """`Plan: 1 to add, 1 to change, 2 to destroy.`"""
    add, change, destroy = plan.counts
    taken = sum(bool(c.imported) for c in plan.changes)
    begin = f"{taken} to import, " if taken else ""
    return f"Plan: {begin}{add} to add, {change} to change, {destroy} to destroy."


def _changes(plan: Plan, types: Types) -> list[str]:
    shown = sorted((c for c in plan.changes if c.action in SIGNS), key=_place)
    if not shown:
        return []
    occurring = {c.action for c in shown}
    legend = [f"{sign:>3} {word}" for a, (sign, word) in SIGNS.items() if a in occurring]
    return [
        "\n".join(["The signs below mean:", *legend, ""]),
        "Planned changes:\n",
        *(_change(change, types) for change in shown),
    ]


def _imports(plan: Plan) -> list[str]:
    """What is taken over as it is; what changes on the way stands among the changes."""
    taken = [c for c in plan.changes if c.imported and c.action not in SIGNS]
    if not taken:
        return []
    lines = (f"  # {clean(str(c.address))} will be imported {_imported(c)}" for c in taken)
    return ["\n".join(("Objects taken over as they are:\n", *lines, ""))]


def _moves(plan: Plan) -> list[str]:
    """What has a new address and else stays as it is."""
    moved = [c for c in plan.changes if c.moved_from and c.action not in SIGNS]
    if not moved:
        return []
    lines = (
        f"  # {clean(str(c.moved_from))} has moved to {clean(str(c.address))}"
        for c in sorted(moved, key=_place)
    )
    return ["\n".join(("Objects that stay as they are, under a new address:\n", *lines, ""))]


def _imported(change: Change) -> str:
    return f"[id={clean(change.imported)}]"


def _mail_flow(plan: Plan) -> list[str]:
    return [mail_flow.table(plan.mail_flow)] if plan.mail_flow else []


def _summary(plan: Plan) -> list[str]:
    shown = any(not change.is_silent for change in plan.changes)
    return [f"{summary(plan)}\n"] if shown else []


def _place(change: Change) -> tuple[tuple[object, ...], str]:
    return (change.address.sort_key, change.deposed)


def _why_forgotten(why: str, reason: str) -> str:
    """Other reasons are of the deletion that a removed block has made into this."""
    own = reason.startswith("forget-")
    return why if own else "because its removed block says destroy = false"


def _change(change: Change, types: Types) -> str:
    address = clean(str(change.address))
    left_over = f" (left-over {clean(change.deposed)})" if change.deposed else ""
    why = reasons.sentence(change.reason, change.address)
    if change.action is Action.FORGET:
        why = f"{_why_forgotten(why, change.reason)}; it stays in Exchange, unmanaged"
    heading = [f"  # {address}{left_over} {_HEADINGS[change.action]}"]
    heading += [f"  # ({why})"] if why else []
    heading += [f"  # (moved from {clean(str(change.moved_from))})"] if change.moved_from else []
    heading += [f"  # (imported first {_imported(change)})"] if change.imported else []
    pair = Pair(
        change.before,
        change.after,
        change.before_sensitive,
        change.after_sensitive,
        change.differences,
    )
    if change.action is Action.FORGET:
        pair = Pair(change.before, change.before, change.before_sensitive)
    return signed.block(
        heading,
        SIGNS[change.action][0],
        (change.address.type, change.address.name),
        body(pair, types.get(change.address.type)),
    )


def _drift(plan: Plan, types: Types) -> list[str]:
    found = [Blamed(one, {}) for one in plan.drift]
    return [drift.HEADING, *drift.objects(found, types)] if found else []


def _outputs(plan: Plan) -> list[str]:
    changed = outputs.changes(plan.outputs)
    return ["\n".join(("Changes to Outputs:", *changed, ""))] if changed else []


def _undoing(plan: Plan) -> list[str]:
    if not plan.undoes or plan.is_empty:
        return []
    text = (
        f"This undoes run {plan.undoes} and leaves the files as they are. Where they still say what "
        "that run did,\nthe next plan shows the difference to them.\n"
    )
    return [text]
