"""What becomes of rows in one commit: intents before calls, outcomes after them, outputs.

Works on rows within a transaction that someone else opens; every function leaves ledger,
history and rows in step.
"""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection

from reconciler.model.state import Intent, Output
from reconciler.store import codec, history, rows
from reconciler.store.base import Settled
from reconciler.store.codec import Row
from reconciler.store.history import Event
from reconciler.store.ledger import Ledger
from reconciler.store.refusals import refused
from reconciler.store.rows import Name
from reconciler.store.spelling import Vault


def intend(
    connection: Connection, ledger: Ledger, vault: Vault, intents: Sequence[Intent]
) -> dict[str, int]:
    """The length of each intent as stored, by id. Raises ReconcilerError `intent-open` where an intent of that id is not settled yet."""
    written = [codec.intent_row(intent, vault) for intent in intents]
    after = {rows.name_of(row): row for row in written}
    names = {("intent", row.key, "") for row in written}
    open_ones = rows.find(connection, ledger.workspace, names)
    if open_ones or len(after) < len(written):
        twice = next(iter(open_ones.values()), written[0]).key
        raise refused("intent-open", reason=twice)
    rows.replace(connection, ledger, {}, after)
    return {row.key: len(row.body) for row in written}


def settle(
    connection: Connection, ledger: Ledger, vault: Vault, run: int, outcomes: Sequence[Settled]
) -> None:
    closed = {("intent", outcome.intent, "") for outcome in outcomes if outcome.intent}
    touched = {name for outcome in outcomes for name in _touched(outcome)}
    before = rows.find(connection, ledger.workspace, closed | touched)
    fresh = touched - before.keys()
    versions = history.last_versions(connection, ledger.workspace, fresh)
    versions |= {name: row.version for name, row in before.items()}
    now = {name: row for name, row in before.items() if name not in closed}
    events = [event for outcome in outcomes for event in _carry_out(outcome, now, versions, vault)]
    rows.replace(connection, ledger, before, now)
    history.append(connection, ledger, run, events)


def _touched(outcome: Settled) -> Iterator[Name]:
    yield ("instance", outcome.address, outcome.deposed)
    if outcome.after is not None:
        yield ("instance", str(outcome.after.address), outcome.after.deposed)


def _carry_out(
    outcome: Settled, now: dict[Name, Row], versions: dict[Name, int], vault: Vault
) -> Iterator[Event]:
    """Changes the rows `now` and yields what happened to them."""
    source, *target = _touched(outcome)
    if target != [source]:
        gone = now.pop(source, None)
        if gone is not None:
            yield Event(outcome.intent, gone, None)
    if outcome.after is not None:
        name = target[0]
        versions[name] = versions.get(name, 0) + 1
        row = codec.instance_row(outcome.after, versions[name], vault)
        yield Event(outcome.intent, now.get(name), row)
        now[name] = row


def set_outputs(
    connection: Connection,
    ledger: Ledger,
    vault: Vault,
    run: int,
    outputs: Mapping[str, Output | None],
) -> bool:
    """Whether anything changed. Outputs that are not named stay; None takes one away."""
    stored = rows.of_kind(connection, ledger.workspace, "output")
    before = {rows.name_of(row): row for row in stored if row.key in outputs}
    same = {row.key for row in before.values() if outputs[row.key] == codec.output_of(row, vault)}
    after = {name: row for name, row in before.items() if row.key in same}
    for key, output in outputs.items():
        if output is not None and key not in same:
            name = ("output", key, "")
            version = before[name].version if name in before else 0
            after[name] = codec.output_row(key, output, version + 1, vault)
    changed = sorted(name for name in before.keys() | after.keys() if name[1] not in same)
    rows.replace(connection, ledger, before, after)
    events = [Event("", before.get(name), after.get(name)) for name in changed]
    history.append(connection, ledger, run, events)
    return bool(changed)
