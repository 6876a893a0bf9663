"""Runs, what they did and whose doing an object is, for people. Sensitive values are hidden."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from reconciler.engine.deeds import Deed
from reconciler.model.plan import Action, OutputChange
from reconciler.model.state import Instance
from reconciler.model.values import Values
from reconciler.schema.attribute import Presence
from reconciler.store.base import Audit, PastOutput, Run
from reconciler.views import outputs, signed
from reconciler.views.block import Pair, body, standing
from reconciler.views.hcl import Types
from reconciler.views.text import clean, count

_HEADS = ("run", "when", "who", "command", "ended", "why")


def runs(given: Sequence[Run]) -> str:
    """One line each, in the order given."""
    if not given:
        return "The history is empty: nothing has been applied yet.\n"
    rows = [(str(r.id), r.started, _who(r), r.command, r.status.value, r.message) for r in given]
    return table([_HEADS, *rows])


def table(rows: Sequence[Sequence[str]]) -> str:
    """Columns side by side; the first is for numbers."""
    texts = [[clean(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return "".join(f"{_line(row, widths)}\n" for row in texts)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = zip(row, widths, strict=True)
    cells = (first[0].rjust(first[1]), *(cell.ljust(width) for cell, width in rest))
    return "  ".join(cells).rstrip()


def _who(run: Run) -> str:
    return f"{run.user}@{run.host}"


def account(run: Run, deeds: Sequence[Deed], past: Iterable[PastOutput], types: Types) -> str:
    """Who, when, why, and each object before and after."""
    parts = [_facts(run), *(_deed(one, types) for one in deeds)]
    changed = outputs.changes(net(past))
    parts += ["\n".join(("Changes to Outputs:", *changed, ""))] if changed else []
    return "\n".join(parts if len(parts) > 1 else [*parts, "It changed nothing.\n"])


def _facts(run: Run) -> str:
    ended = f"{run.status.value}, {run.finished}" if run.finished else run.status.value
    facts = {
        "who": _who(run),
        "began": run.started,
        "ended": ended,
        "why": run.message,
        "plan": run.plan_digest,
    }
    lines = (f"  {name:<6} {clean(said)}" for name, said in facts.items() if said)
    return "\n".join((f"Run {run.id}: {clean(run.command)}", *lines, ""))


def net(past: Iterable[PastOutput]) -> tuple[OutputChange, ...]:
    """What became of each output all in all."""
    first: dict[str, PastOutput] = {}
    last: dict[str, PastOutput] = {}
    for line in past:
        first.setdefault(line.name, line)
        last[line.name] = line
    return tuple(_output(first[name], last[name]) for name in sorted(first))


def _output(first: PastOutput, last: PastOutput) -> OutputChange:
    before, after = first.before, last.after
    action = Action.NO_OP if before == after else Action.UPDATE
    if before is None and after is not None:
        action = Action.CREATE
    if before is not None and after is None:
        action = Action.DELETE
    return OutputChange(first.name, action, before, after)


def action(deed: Deed) -> Action:
    if deed.before is None:
        return Action.CREATE
    if deed.after is None:
        return Action.DELETE if deed.called else Action.FORGET
    return Action.REPLACE if deed.is_replacement else Action.UPDATE


_SAID = {
    (Action.CREATE, True): ("+", "was created"),
    (Action.UPDATE, True): ("~", "was updated in-place"),
    (Action.UPDATE, False): ("~", "was recorded anew"),
    (Action.REPLACE, True): ("-/+", "was replaced"),
    (Action.DELETE, True): ("-", "was destroyed"),
    (Action.FORGET, False): (".", "was forgotten, but not destroyed"),
}


def _taken(deed: Deed) -> str:
    return f"was taken over {'and changed' if deed.called else 'as it was'}"


def _deed(deed: Deed, types: Types) -> str:
    before, after, address = deed.before, deed.after, deed.address
    sign, said = _SAID[action(deed), deed.called] if not deed.taken else ("+", _taken(deed))
    heading = [f"  # {clean(str(address))} {said}"]
    if before and after and before.address != address:
        heading.append(f"  # (moved from {clean(str(before.address))})")
    pair = Pair(_values(before), _values(after), _hidden(before), _hidden(after))
    if sign == ".":
        pair = Pair(_values(before), _values(before), _hidden(before))
    rows = body(pair, types.get(address.type))
    return signed.block(heading, sign, (address.type, address.name), rows)


def _values(row: Instance | None) -> Values | None:
    return None if row is None else row.values


def _hidden(row: Instance | None) -> frozenset[str]:
    return frozenset() if row is None else row.sensitive


def blame(instance: Instance, said: Mapping[str, Run], types: Types) -> str:
    """Each argument of an object behind the run that last changed it."""
    names = sorted(_arguments(instance, types))
    rows = [row for name in names for row in _blamed(instance, name, said, types)]
    return f"# {clean(str(instance.address))}:\n{table(rows)}"


def _arguments(instance: Instance, types: Types) -> Iterator[str]:
    """Without what Exchange computes."""
    rtype = types.get(instance.address.type)
    for name in instance.values:
        attribute = rtype.by_name.get(name) if rtype else None
        if attribute is None or attribute.presence is not Presence.COMPUTED:
            yield name


def _blamed(
    instance: Instance, name: str, said: Mapping[str, Run], types: Types
) -> Iterator[tuple[str, ...]]:
    run = said.get(name)
    who = ("", "", "") if run is None else (str(run.id), run.started, _who(run))
    rtype = types.get(instance.address.type)
    lines = standing({name: instance.values[name]}, instance.sensitive, rtype)
    for number, line in enumerate(lines):
        yield (*(("", "", "") if number else who), line[4:])


def audit(found: Audit) -> str:
    return (
        f"The history is as it was written: {count(found.lines, 'line')}, {count(found.runs, 'run')}"
        f" and {count(found.rows, 'row')} were compared.\n"
    )
