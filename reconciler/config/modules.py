"""Modules: the configuration of each folder that is called, put in its place under the call."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from reconciler.config import sources
from reconciler.config.blocks import BackendBlock, Configuration, ModuleCall
from reconciler.config.lock import Pins
from reconciler.config.sources import Ground
from reconciler.lang.syntax import Expr, GetAttr, Name
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.span import Span

MOST_CALLS = 10_000
DEEPEST = 40

Read = Callable[[Ground], Configuration]
"""Reads and decodes one folder; what is wrong in it is reported there."""


def grown(
    root: Configuration,
    read: Read,
    pins: Pins,
    problems: Collector,
    ground: Ground | None = None,
) -> Configuration:
    """`root`, which stands at `ground`, with its modules, and theirs."""
    if not root.modules:
        return root
    start = ground or Ground(root.root.resolve(), ".")
    return _Growth(root.root, read, pins, problems).of(root, start, ())


class _Growth:
    """Each folder is read once, however often it is called."""

    def __init__(self, project: Path, read: Read, pins: Pins, problems: Collector) -> None:
        self._project = project
        self._read = read
        self._pins = pins
        self._problems = problems
        self._bodies: dict[Path, Configuration] = {}
        self._calls = 0

    def of(self, caller: Configuration, ground: Ground, above: tuple[Path, ...]) -> Configuration:
        around = (*above, ground.folder)
        children = {}
        for call in caller.modules.values():
            place = self._place(call, ground, around)
            if isinstance(place, Diagnostic):
                self._problems.add(replace(place, context=f'module "{call.name}"'))
            else:
                child = self._body(place)
                self._problems.extend(_refused(child, call))
                children[call.name] = self.of(_placed(child, call, caller), place, around)
        return replace(caller, children=children)

    def _place(
        self, call: ModuleCall, ground: Ground, around: tuple[Path, ...]
    ) -> Ground | Diagnostic:
        self._calls += 1
        if self._calls > MOST_CALLS or len(around) > DEEPEST:
            return _too_many(call.header)
        place = sources.found(call.source, call.source_span, ground, self._project, self._pins)
        if isinstance(place, Ground) and place.folder in around:
            return _in_itself(call.source_span)
        return place

    def _body(self, place: Ground) -> Configuration:
        if place.folder not in self._bodies:
            self._bodies[place.folder] = self._read(place)
        return self._bodies[place.folder]


def _placed(body: Configuration, call: ModuleCall, caller: Configuration) -> Configuration:
    path = (*caller.path, (call.name, None))
    handed = _handed(call, caller)
    return replace(
        body,
        path=path,
        resources=tuple(replace(block, module=path) for block in body.resources),
        backends=tuple(replace(block, alias=alias) for alias, block in handed.items()),
        passed={alias: caller.passed.get(b.alias, b.alias) for alias, b in handed.items()},
    )


def _handed(call: ModuleCall, caller: Configuration) -> Mapping[str, BackendBlock]:
    """The backends that a module sees, by the alias that it knows them by."""
    here = {block.alias: block for block in caller.backends}
    handed = here
    if call.backends is not None:
        given = {name: alias(expr) for name, expr in call.backends.items()}
        handed = {name: here[a] for name, a in given.items() if a in here}
        if "" in here:
            handed[""] = here[""]
    chosen = alias(call.backend) if call.backend is not None else None
    return handed if chosen not in here else {**handed, "": here[chosen]}


def alias(expr: Expr) -> str | None:
    """The alias that `exchange.lab` names, "" for `exchange`."""
    match expr:
        case GetAttr(of=Name(), name=name):
            return name
        case Name():
            return ""
        case _:
            return None


def _refused(body: Configuration, call: ModuleCall) -> Iterator[Diagnostic]:
    """Blocks that only the project itself may have."""
    for block in body.backends:
        yield _not_in_module(f'backend "{block.kind}"', call, block.span)
    for one in body.imports:
        yield _not_in_module("import", call, one.to.span)
    if body.settings.state is not None:
        yield _not_in_module("state", call, body.settings.state.url.span)
    if body.settings.brakes is not None:
        yield _not_in_module("brakes", call, body.settings.brakes.span)


def _not_in_module(what: str, call: ModuleCall, span: Span) -> Diagnostic:
    found = error(
        "not-in-a-module",
        "Block belongs to the project",
        f"This folder is called as the module {call.name}, and a module has none of these. Move it"
        " to the folder that plan and apply are run in.",
        span,
    )
    return replace(found, context=what)


def _in_itself(span: Span) -> Diagnostic:
    return error(
        "module-in-itself",
        "Module contains itself",
        "This folder is the one that the call stands in, or one around it, so there would be no"
        " end. Name another folder.",
        span,
    )


def _too_many(span: Span) -> Diagnostic:
    return error(
        "too-many-modules",
        "Too many modules",
        f"A project has at most {MOST_CALLS:,} module calls, {DEEPEST} deep. Repeat a module with"
        " for_each instead of calling it often.",
        span,
    )
