"""A block of an organisation file: its arguments by kind, and what is wrong with them, with places.

Knows no block by name. Values must be written out: there is nothing that they could refer to.
"""

import json
from collections.abc import Mapping

from reconciler.lang.constants import constant
from reconciler.lang.syntax import Block, Body
from reconciler.lang.value import plain
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.record import dataclass
from reconciler.model.span import Span
from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError
from reconciler.schema.suggest import did_you_mean

_VALUE = "A value in an organisation file"


@dataclass(slots=True)
class Described:
    """One block, or the file itself; `what` is how messages name it, `names` the arguments that
    have been asked for so far.
    """

    what: str
    label: str
    header: Span
    spans: Mapping[str, Span]
    problems: Collector
    values: dict[str, object]
    names: list[str]

    def take(self, name: str, kind: Kind, *, needed: bool = False) -> Canonical:
        """The canonical value; None where it is left out, or wrong, which is reported."""
        self.names.append(name)
        if name not in self.spans:
            if needed:
                self.complain(
                    "missing-argument",
                    "Missing argument",
                    f"The argument {name} is required here. Write it into the block: {name} = …",
                )
            return None
        raw = self.values.get(name)
        if raw is None:
            return None
        try:
            return kind.parse(raw)
        except KindError as problem:
            got = (
                f"{json.dumps(problem.got, ensure_ascii=False)} " if problem.got else "The value "
            )
            detail = f"{got}cannot be used for {name}. {problem.message}"
            self.complain(problem.code, f"Invalid {kind.label}", detail, name)
            return None

    def text(self, name: str, kind: Kind, default: str = "", *, needed: bool = False) -> str:
        found = self.take(name, kind, needed=needed)
        return default if found is None else str(found)

    def texts(self, name: str, kind: Kind, *, needed: bool = False) -> tuple[str, ...] | None:
        found = self.take(name, kind, needed=needed)
        return tuple(map(str, found)) if isinstance(found, tuple) else None

    def complain(self, code: str, summary: str, detail: str, name: str = "") -> None:
        """A mistake in the argument `name`, or in the block as a whole."""
        found = error(code, summary, detail, self.spans.get(name, self.header))
        self.problems.add(_within(found, self.what))

    def close(self) -> None:
        """To be called once every argument has been asked for."""
        for name, span in self.spans.items():
            if name not in self.names:
                hint = did_you_mean(name, self.names) or _choice(self.names)
                detail = f'There is no argument "{name}" here.{hint}'
                found = error("unknown-argument", "Unknown argument", detail, span)
                self.problems.add(_within(found, self.what))


def _choice(names: list[str]) -> str:
    return f" The arguments are: {', '.join(names)}." if names else " No argument may stand here."


def _within(found: Diagnostic, what: str) -> Diagnostic:
    return Diagnostic(
        found.severity, found.code, found.summary, found.detail, found.span, context=what
    )


def describe(body: Body, what: str, label: str, header: Span, problems: Collector) -> Described:
    """The arguments of `body`, evaluated."""
    values: dict[str, object] = {}
    for argument in body.arguments:
        try:
            values[argument.name] = plain(constant(argument.expr, _VALUE))
        except ReconcilerError as failure:
            problems.extend(_within(one, what) for one in failure.diagnostics)
    spans = {a.name: a.name_span if a.name not in values else a.expr.span for a in body.arguments}
    return Described(what, label, header, spans, problems, values, [])


def of_block(block: Block, labels: int, problems: Collector) -> Described | None:
    """None where the labels are wrong, or blocks stand inside."""
    what = " ".join((block.type, *(json.dumps(one, ensure_ascii=False) for one in block.labels)))
    sound = True
    if len(block.labels) != labels or not all(block.labels):
        sound = False
        wanted = (
            f'one label: {block.type} "NAME" {{ … }}' if labels else f"none: {block.type} {{ … }}"
        )
        detail = f"A {block.type} block has {wanted}"
        problems.add(_within(error("wrong-labels", "Wrong labels", detail, block.header), what))
    for inner in block.body.blocks:
        detail = f'A {block.type} block has no block "{inner.type}" inside. Take it out.'
        problems.add(_within(error("unknown-block", "Unknown block", detail, inner.header), what))
    if not sound:
        return None
    label = block.labels[0] if labels else ""
    return describe(block.body, what, label, block.header, problems)
