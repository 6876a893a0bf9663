"""Addresses and actions in the spellings of Terraform's JSON."""

from reconciler.model.address import Address, shown
from reconciler.model.plan import Action, Verb

PROVIDER = "reconciler"

ACTIONS: dict[Action, tuple[str, ...]] = {
    Action.NO_OP: ("no-op",),
    Action.CREATE: ("create",),
    Action.READ: ("read",),
    Action.UPDATE: ("update",),
    Action.REPLACE: ("delete", "create"),
    Action.CREATE_FIRST: ("create", "delete"),
    Action.DELETE: ("delete",),
    Action.FORGET: ("forget",),
}
WORDS: dict[Action, str] = {
    Action.NO_OP: "noop",
    Action.CREATE: "create",
    Action.READ: "read",
    Action.UPDATE: "update",
    Action.REPLACE: "replace",
    Action.CREATE_FIRST: "replace",
    Action.DELETE: "delete",
    Action.FORGET: "remove",
}
VERBS: dict[Verb, str] = {
    Verb.CREATE: "create",
    Verb.UPDATE: "update",
    Verb.DELETE: "delete",
    Verb.MOVE: "move",
    Verb.RECORD: "noop",
    Verb.FORGET: "forget",
    Verb.READ: "read",
    Verb.JOIN: "noop",
}
_UI_REASONS = {
    "replace-because-tainted": "tainted",
    "replace-because-cannot-update": "cannot_update",
    "replace-because-within": "cannot_update",
    "replace-by-request": "requested",
    "replace-by-triggers": "replace_triggered_by",
}

_NEAREST = {"replace-because-within": "replace-because-cannot-update"}
"""What Terraform would say instead."""


def plan_reason(reason: str) -> str:
    """Why something is deleted or replaced, among the reasons that Terraform knows."""
    return _NEAREST.get(reason, reason).replace("-", "_")


def module_of(address: Address) -> str:
    """`module.emea["ams"]`, or "" for the root module."""
    return shown(address.module)


def hook(address: Address) -> dict[str, object]:
    """A resource as the machine-readable UI names it."""
    return {
        "addr": str(address),
        "module": module_of(address),
        "resource": str(Address(address.type, address.name, address.key)),
        "implied_provider": PROVIDER,
        "resource_type": address.type,
        "resource_name": address.name,
        "resource_key": address.key,
    }


def entry(address: Address) -> dict[str, object]:
    """A resource as plan and state files name it."""
    module = module_of(address)
    return {
        "address": str(address),
        **({"module_address": module} if module else {}),
        **mode_and_type(address),
        "name": address.name,
        **({} if address.key is None else {"index": address.key}),
        "provider_name": PROVIDER,
    }


def mode_and_type(address: Address) -> dict[str, object]:
    """What is managed, and what is only read (`data.TYPE.NAME`)."""
    kind = address.type.removeprefix("data.")
    return {"mode": "managed" if kind == address.type else "data", "type": kind}


def ui_reason(reason: str) -> str:
    """The machine-readable UI has shorter words for the reasons of replacements."""
    return _UI_REASONS.get(reason, reason.replace("-", "_"))
