"""The outcomes of conditions, object by object, as Terraform's plans tell them."""

from collections.abc import Iterable, Iterator, Sequence

from reconciler.model.address import Address, declared, parse
from reconciler.model.outline import Outline
from reconciler.model.plan import Check, Mode, Plan
from reconciler.views.exposed import Json
from reconciler.views.json_address import mode_and_type, module_of

_WORST_FIRST = ("error", "fail", "unknown", "pass")
_KINDS = {"output": "output_value", "var": "var", "check": "check"}


def checks(plan: Plan, outlines: Sequence[Outline]) -> list[Json]:
    """Everything that has conditions, sorted; `unknown` where this plan did not look at them."""
    made: dict[Address, dict[Address, list[Check]]] = {
        one: {} for each in outlines for one in _checked(each)
    }
    validations = (check for each in outlines for check in _validations(plan, each))
    for check in (*plan.checks, *validations):
        instance = parse(check.address)
        block = Address(instance.type, instance.name, None, declared(instance.module))
        made.setdefault(block, {}).setdefault(instance, []).append(check)
    return [_object(block, made[block]) for block in sorted(made, key=str)]


def _checked(outline: Outline) -> Iterator[Address]:
    yield from (block.address for block in outline.resources if block.checked)
    named = (("output", outline.outputs), ("var", outline.variables))
    for kind, blocks in named:
        for name in (name for name, one in blocks.items() if one.checked):
            yield Address(kind, name, None, outline.path)
    yield from (Address("check", name, None, outline.path) for name in outline.checks)


def _validations(plan: Plan, outline: Outline) -> Iterator[Check]:
    """Where one did not hold, there was no plan."""
    if plan.mode is not Mode.DESTROY:
        for name in (name for name, one in outline.variables.items() if one.checked):
            yield Check(str(Address("var", name, None, outline.path)), "validation", "pass")


def _object(block: Address, found: dict[Address, list[Check]]) -> Json:
    instances = [_instance(one, found[one]) for one in sorted(found, key=lambda a: a.sort_key)]
    status = _status(check for checks in found.values() for check in checks)
    return {
        "address": _named(block),
        "status": status,
        **({"instances": instances} if instances else {}),
    }


def _named(block: Address) -> Json:
    kind = _KINDS.get(block.type)
    return {
        "kind": kind or "resource",
        "name": block.name,
        **({} if kind else mode_and_type(block)),
        **_place(block),
    }


def _place(address: Address) -> Json:
    module = module_of(address)
    return {"to_display": str(address), **({"module": module} if module else {})}


def _instance(instance: Address, found: Sequence[Check]) -> Json:
    key = {} if instance.key is None else {"instance_key": instance.key}
    problems = [{"message": problem} for check in found for problem in check.problems]
    return {
        "address": {**key, **_place(instance)},
        "status": _status(found),
        **({"problems": problems} if problems else {}),
    }


def _status(found: Iterable[Check]) -> str:
    """The worst of all; nothing is known where there are none."""
    return min((check.status for check in found), key=_WORST_FIRST.index, default="unknown")
