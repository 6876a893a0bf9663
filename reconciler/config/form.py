"""What may stand in a block, and the check of a block against it: labels, names, arguments,
nested blocks. Knows nothing of what an argument may be worth.
"""

import json
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType

from reconciler.config.suggest import did_you_mean
from reconciler.lang.syntax import Argument, Block
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span


def _no_hints() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Form:
    """`example` is how such a block is written. `hints` are cures by name for arguments and
    blocks that do not belong here but are often written. `open`: any argument may stand here.
    """

    example: str
    arguments: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()
    labels: int = 0
    open: bool = False
    hints: Mapping[str, str] = field(default_factory=_no_hints)


def context(block: Block) -> str:
    """The block as diagnostics name it: `resource "send_connector" "x"`."""
    labels = (json.dumps(label, ensure_ascii=False) for label in block.labels)
    return " ".join((block.type, *labels))


def is_name(text: str) -> bool:
    return text.replace("-", "_").isidentifier() and not text.startswith("-")


def read(block: Block, form: Form, problems: Collector) -> Mapping[str, Argument]:
    """The arguments of `block` by name, those that belong there; all else is reported."""
    _check_labels(block, form, problems)
    found = {}
    for argument in block.body.arguments:
        if argument.name in form.arguments or (form.open and argument.name not in form.hints):
            found[argument.name] = argument
        else:
            problems.add(_unknown_argument(argument, block, form))
    for name in form.required:
        if not any(a.name == name for a in block.body.arguments):
            problems.add(_missing(name, block, form))
    problems.extend(
        _unknown_block(inner, block, form)
        for inner in block.body.blocks
        if inner.type not in form.blocks
    )
    return found


def _check_labels(block: Block, form: Form, problems: Collector) -> None:
    if len(block.labels) != form.labels:
        count = {0: "no label", 1: "1 label"}.get(form.labels, f"{form.labels} labels")
        problems.add(
            error(
                "wrong-labels",
                "Wrong number of labels",
                f"A {block.type} block has {count}, and this one has {len(block.labels)}."
                f" Write it as: {form.example}",
                block.header,
            )
        )
        return
    spans = block.label_spans or (block.header,) * len(block.labels)
    for label, span in zip(block.labels, spans, strict=True):
        if not is_name(label):
            problems.add(invalid_name(label, span))


def invalid_name(name: str, span: Span) -> Diagnostic:
    return error(
        "invalid-name",
        "Invalid name",
        f'"{name}" is not a name. A name starts with a letter or an underscore and holds only'
        " letters, digits, underscores and dashes. Choose another one.",
        span,
    )


def _unknown_argument(argument: Argument, block: Block, form: Form) -> Diagnostic:
    name = argument.name
    cure = form.hints.get(name)
    if cure is None and name in form.blocks:
        cure = f"Write it as a block, without the equals sign: {name} {{ … }}"
    if cure is None:
        cure = did_you_mean(name, form.arguments, _choice("arguments", form.arguments))
    return error(
        "unknown-argument",
        "Unknown argument",
        f'A {block.type} block has no argument "{name}". {cure}',
        argument.name_span,
    )


def _unknown_block(inner: Block, block: Block, form: Form) -> Diagnostic:
    name = inner.type
    cure = form.hints.get(name)
    if cure is None and form.open:
        cure = f"A {block.type} has arguments only. Write it with an equals sign: {name} = {{ … }}"
    if cure is None and name in form.arguments:
        cure = f"An argument is written with an equals sign: {name} = …"
    if cure is None:
        cure = did_you_mean(name, form.blocks, _choice("blocks", form.blocks))
    return error(
        "unknown-block",
        "Unknown block",
        f'A {block.type} block has no block "{name}" inside. {cure}',
        inner.header,
    )


def _choice(what: str, allowed: tuple[str, ...]) -> str:
    if not allowed:
        return f"No {what} may stand here. Take it out."
    return f"The {what} that may stand here are: {', '.join(allowed)}."


def _missing(name: str, block: Block, form: Form) -> Diagnostic:
    return error(
        "missing-argument",
        "Missing argument",
        f'The argument "{name}" is required here. Write for example: {form.example}',
        block.header,
    )
