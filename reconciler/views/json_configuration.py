"""A configuration in the shape that Terraform's plans have it in: what refers to what."""

import json
from collections.abc import Mapping, Sequence

from reconciler.model.address import ModulePath
from reconciler.model.outline import (
    CallOutline,
    Formula,
    Outline,
    OutputOutline,
    ResourceOutline,
    VariableOutline,
)
from reconciler.views.exposed import Json
from reconciler.views.json_address import PROVIDER, mode_and_type


def document(outlines: Sequence[Outline]) -> Json:
    """`outlines` are the project and its modules; nothing where nothing is known."""
    known = {one.path: one for one in outlines}
    root = known.get((), Outline())
    aliases = dict.fromkeys(("", *root.backends))
    return {
        "provider_config": {_provider_key(alias): _provider(alias) for alias in aliases},
        "root_module": _module(root, known),
    }


def _module(outline: Outline, known: Mapping[ModulePath, Outline]) -> Json:
    resources = sorted(outline.resources, key=lambda block: block.address.sort_key)
    parts: Json = {
        "outputs": {name: _output(one) for name, one in sorted(outline.outputs.items())},
        "resources": [_resource(block) for block in resources],
        "module_calls": {
            name: _call(call, known.get((*outline.path, (name, None)), Outline()), known)
            for name, call in sorted(outline.calls.items())
        },
        "variables": {name: _variable(one) for name, one in sorted(outline.variables.items())},
    }
    return {name: part for name, part in parts.items() if part}


def _call(call: CallOutline, inner: Outline, known: Mapping[ModulePath, Outline]) -> Json:
    return {
        "source": call.source,
        **({"expressions": _formulas(call.arguments)} if call.arguments else {}),
        **_repetition(call.count, call.for_each),
        "module": _module(inner, known),
        **({"depends_on": list(call.depends_on)} if call.depends_on else {}),
    }


def _provider_key(alias: str) -> str:
    return f"{PROVIDER}.{alias}" if alias else PROVIDER


def _provider(alias: str) -> Json:
    return {"name": PROVIDER, "full_name": PROVIDER, **({"alias": alias} if alias else {})}


def _resource(block: ResourceOutline) -> Json:
    return {
        "address": f"{block.address.type}.{block.address.name}",
        **mode_and_type(block.address),
        "name": block.address.name,
        "provider_config_key": _provider_key(block.backend),
        "expressions": _formulas(block.arguments),
        "schema_version": 0,
        **_repetition(block.count, block.for_each),
        **({"depends_on": list(block.depends_on)} if block.depends_on else {}),
    }


def _repetition(count: Formula | None, for_each: Formula | None) -> Json:
    given = {"count_expression": count, "for_each_expression": for_each}
    return {name: _formula(formula) for name, formula in given.items() if formula}


def _formulas(given: Mapping[str, Formula]) -> Json:
    return {name: _formula(one) for name, one in given.items()}


def _formula(given: Formula) -> Json:
    if given.constant:
        return {"constant_value": json.loads(given.constant)}
    return {"references": list(given.references)} if given.references else {}


def _output(block: OutputOutline) -> Json:
    return {
        **({"sensitive": True} if block.sensitive else {}),
        "expression": _formula(block.value),
        **({"description": block.description} if block.description else {}),
        **({"depends_on": list(block.depends_on)} if block.depends_on else {}),
    }


def _variable(block: VariableOutline) -> Json:
    return {
        **({"default": json.loads(block.default)} if block.default else {}),
        **({"description": block.description} if block.description else {}),
        **({"sensitive": True} if block.sensitive else {}),
    }
