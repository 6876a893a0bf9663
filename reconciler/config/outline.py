"""A configuration in outline: what its expressions refer to. Nothing that could be a secret is
spelt out: neither write-only arguments nor the defaults of sensitive variables.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from reconciler.config import constants
from reconciler.config.blocks import (
    Configuration,
    ModuleCall,
    OutputBlock,
    ResourceBlock,
    Variable,
)
from reconciler.config.data import flat
from reconciler.lang.evaluate import compile as compiled
from reconciler.lang.references import Key, Reference, Step, references
from reconciler.lang.scope import EMPTY
from reconciler.lang.syntax import Call, Expr, GetAttr
from reconciler.lang.value import to_json
from reconciler.lang.walk import nodes
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.outline import (
    CallOutline,
    Formula,
    Outline,
    OutputOutline,
    ResourceOutline,
    VariableOutline,
)
from reconciler.schema.resource_type import ResourceType

_WORD = re.compile(r"[^\W\d][\w-]*")


def outlines(project: Configuration, types: Mapping[str, ResourceType]) -> tuple[Outline, ...]:
    """Of the project and all its modules, each before those that it calls."""
    return tuple(_outline(one, types) for one in project.whole())


def _outline(configuration: Configuration, types: Mapping[str, ResourceType]) -> Outline:
    return Outline(
        path=configuration.path,
        resources=tuple(_resource(block, types) for block in configuration.resources),
        outputs={name: _output(block) for name, block in configuration.outputs.items()},
        variables={name: _variable(one) for name, one in configuration.variables.items()},
        calls={name: _call(call) for name, call in configuration.modules.items()},
        checks=tuple(configuration.checks),
        backends=tuple(block.alias for block in configuration.backends),
    )


def _resource(block: ResourceBlock, types: Mapping[str, ResourceType]) -> ResourceOutline:
    secret = frozenset(_secret(types.get(block.type)))
    life = block.lifecycle
    return ResourceOutline(
        address=Address(block.type, block.name, None, block.module),
        backend=block.backend.name if isinstance(block.backend, GetAttr) else "",
        arguments={
            name: formula(argument.expr, hidden=name in secret)
            for name, argument in sorted(block.arguments.items())
        },
        count=_optional(block.count),
        for_each=_optional(block.for_each),
        depends_on=_names(block.depends_on),
        checked=bool(life.preconditions or life.postconditions),
    )


def _call(call: ModuleCall) -> CallOutline:
    return CallOutline(
        call.source,
        {name: formula(argument.expr) for name, argument in sorted(call.arguments.items())},
        _optional(call.count),
        _optional(call.for_each),
        _names(call.depends_on),
    )


def _optional(expr: Expr | None) -> Formula | None:
    return None if expr is None else formula(expr)


def _secret(rtype: ResourceType | None) -> Iterator[str]:
    for attribute in rtype.attributes if rtype else ():
        if attribute.write_only or attribute.kind.is_secret:
            yield attribute.name


def _output(block: OutputBlock) -> OutputOutline:
    return OutputOutline(
        formula(block.value, hidden=block.sensitive),
        block.sensitive,
        block.description,
        _names(block.depends_on),
        bool(block.preconditions),
    )


def _variable(variable: Variable) -> VariableOutline:
    shown = variable.default is not None and not (variable.sensitive or variable.ephemeral)
    default = json.dumps(to_json(constants.default(variable))) if shown else ""
    checked = bool(variable.validations)
    return VariableOutline(default, variable.sensitive, variable.description, checked)


def _names(expressions: Iterable[Expr]) -> tuple[str, ...]:
    return tuple(path(found) for expr in expressions for found in references(expr))


def formula(expr: Expr, *, hidden: bool = False) -> Formula:
    """`hidden`: its value is not to be spelt out."""
    found = tuple(map(flat, references(expr)))
    names = tuple(name for reference in found for name in _through(reference))
    return Formula(names, "" if found or hidden else _constant(expr))


def _constant(expr: Expr) -> str:
    """Functions do not count as constant, whatever they are given."""
    if any(isinstance(node, Call) for node in nodes(expr)):
        return ""
    try:
        return json.dumps(to_json(compiled(expr)(EMPTY)))
    except (ReconcilerError, ValueError):
        return ""


def _through(reference: Reference) -> Iterator[str]:
    """The reference, then one step less each time, down to the least that it can mean."""
    steps = fixed(reference)
    for length in range(len(steps), _least(reference.root, steps) - 1, -1):
        yield _spelt(reference.root, steps[:length])


def _least(root: str, steps: tuple[str | int, ...]) -> int:
    """A name, and of a module the instance."""
    is_instance = root == "module" and len(steps) > 1 and not _is_word(steps[1])
    return min(len(steps), 2 if is_instance else 1)


def _is_word(step: Step) -> bool:
    return isinstance(step, str) and not isinstance(step, Key)


def path(reference: Reference) -> str:
    found = flat(reference)
    return _spelt(found.root, fixed(found))


def fixed(reference: Reference) -> tuple[str | int, ...]:
    """The steps that are known without evaluating anything."""
    return tuple(step for step in reference.steps if step is not None)


def _spelt(root: str, steps: Iterable[Step]) -> str:
    return root + "".join(map(_step, steps))


def _step(step: Step) -> str:
    if isinstance(step, Key) or not isinstance(step, str):
        return f"[{json.dumps(step, ensure_ascii=False)}]"
    return f".{step}" if _WORD.fullmatch(step) else f"[{json.dumps(step, ensure_ascii=False)}]"
