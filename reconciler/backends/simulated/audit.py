"""The admin audit log: who called which cmdlet, when, with what. Never a password."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from reconciler.backends.base import BackendError
from reconciler.backends.command import Command, Edit, Parameter, Record
from reconciler.backends.simulated.refusal import refusal
from reconciler.backends.simulated.rows import Logged
from reconciler.backends.simulated.world import World
from reconciler.model.values import Secret

MASK = "********"
SEARCH = ("Cmdlets", "ObjectIds", "UserIds")
"""The parameters of Search-AdminAuditLog: each a list of what to keep."""
LOG_COLUMNS = ("RunDate", "Caller", "CmdletName", "ObjectModified", "Succeeded")


def _show(value: Parameter) -> object:
    match value:
        case Secret():
            return MASK
        case Edit():
            return {"Add": value.add, "Remove": value.remove}
        case _:
            return value


def _parameters(call: Command) -> str:
    shown = {name: _show(value) for name, value in call.parameters.items()}
    return json.dumps(shown, ensure_ascii=False)


def entry(
    call: Command, at: datetime, caller: str, name: str, refused: BackendError | None
) -> Logged:
    """What is noted of a call on the object `name`."""
    return Logged(
        at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        caller,
        call.cmdlet,
        name,
        _parameters(call),
        succeeded=refused is None,
        error="" if refused is None else refused.message,
    )


def _record(logged: Logged, world: World) -> Record:
    return {
        "RunDate": logged.at,
        "Caller": logged.caller,
        "CmdletName": logged.cmdlet,
        "ObjectModified": logged.object,
        "CmdletParameters": [f"{n}: {_text(v)}" for n, v in json.loads(logged.parameters).items()],
        "Succeeded": logged.succeeded,
        "Error": logged.error,
        "OriginatingServer": f"{world.organisation.server}.{world.organisation.domain}",
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _wanted(call: Command, name: str) -> frozenset[str]:
    value = call.parameters.get(name) or ()
    parts = (value,) if isinstance(value, str) else value
    return frozenset(part.lower() for part in parts) if isinstance(parts, tuple) else frozenset()


def search(log: Iterable[Logged], call: Command, world: World) -> Sequence[Record]:
    """The entries that meet every parameter given, in the order of the log."""
    for name in call.parameters:
        if name not in SEARCH:
            raise refusal("parameter-unknown", f"{call.cmdlet} has no parameter -{name}.")
    cmdlets, objects, users = (_wanted(call, name) for name in SEARCH)
    return [
        _record(logged, world)
        for logged in log
        if (not cmdlets or logged.cmdlet.lower() in cmdlets)
        and (not objects or logged.object.lower() in objects)
        and (not users or logged.caller.lower() in users)
    ]
