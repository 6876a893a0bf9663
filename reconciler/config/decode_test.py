"""Files of tests: from their blocks to declarations, with nothing evaluated."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from reconciler.config import form, literals
from reconciler.config.blocks import Condition
from reconciler.config.decode_condition import conditions
from reconciler.lang.fault import label
from reconciler.lang.syntax import Argument, Block, Body
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.plan import Mode
from reconciler.model.record import dataclass
from reconciler.model.span import Span

T = TypeVar("T")

_SIMULATED = "Every file of tests has a simulated Exchange of its own. Take it out."
_MOCKS = dict.fromkeys(
    ("provider", "mock_provider", "override_resource", "override_data", "override_module"),
    _SIMULATED,
)
_RUN = form.Form(
    example='run "first" {\n  assert {\n    condition = …\n    error_message = "…"\n  }\n}',
    arguments=("command", "expect_failures", "state_key"),
    blocks=("variables", "assert", "module", "plan_options"),
    labels=1,
    hints={
        **_MOCKS,
        "providers": _SIMULATED,
        "parallel": "Runs come one after the other. Take it out.",
    },
)
_FILE = form.Form(
    example=_RUN.example,
    blocks=("variables", "run"),
    hints={
        **_MOCKS,
        "backend": "The backends of the configuration count, with a simulated Exchange. Take it"
        " out.",
        "test": "There are no settings for all tests. Take it out.",
    },
)
_VARIABLES = form.Form(example='variables { name = "Lab" }', open=True)
_MODULE = form.Form(
    example='module { source = "./testing/setup" }',
    arguments=("source",),
    required=("source",),
    hints={"version": "It counts for a registry, and there is none. Take it out."},
)
_OPTIONS = form.Form(
    example="plan_options { refresh = false }", arguments=("mode", "refresh", "replace", "target")
)
_COMMANDS = {"plan": False, "apply": True}
_MODES = {"normal": Mode.NORMAL, "refresh-only": Mode.REFRESH_ONLY}
_OBJECT = "send_connector.internet"


@dataclass(frozen=True, slots=True)
class Expected:
    """An object that must fail, as it is written: `var.x`, `send_connector.a["x"]`."""

    object: str
    span: Span


@dataclass(frozen=True, slots=True)
class PlanOptions:
    mode: Mode = Mode.NORMAL
    refresh: bool = True
    replace: tuple[str, ...] = ()
    target: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunBlock:
    """`applies`: not planned only. `module` is the folder that is run instead of the project."""

    name: str
    applies: bool
    variables: Mapping[str, Argument]
    asserts: tuple[Condition, ...]
    expected: tuple[Expected, ...]
    module: str | None
    module_span: Span
    state_key: str | None
    options: PlanOptions
    span: Span

    @property
    def state(self) -> str:
        """Runs with the same answer share their state."""
        return self.state_key or self.module or ""

    @property
    def context(self) -> str:
        return f'run "{self.name}"'


@dataclass(frozen=True, slots=True)
class Script:
    """A file of tests: `variables` of the whole file, and its runs in order."""

    path: str
    variables: Mapping[str, Argument]
    runs: tuple[RunBlock, ...]


def script(path: str, body: Body, problems: Collector) -> Script:
    """What the file `path` declares. What is wrong in a run goes to `problems`."""
    whole = Block("file of tests", (), body, body.span, body.span)
    form.read(whole, _FILE, problems)
    runs: dict[str, RunBlock] = {}
    for block in (b for b in body.blocks if b.type == "run"):
        own = Collector()
        found = _run(block, own)
        if found is not None and found.name in runs:
            own.add(_twice(found, runs[found.name]))
        elif found is not None:
            runs[found.name] = found
        problems.extend(replace(d, context=form.context(block)) for d in own)
    return Script(path, _variables(body.blocks, problems), tuple(runs.values()))


def _run(block: Block, problems: Collector) -> RunBlock | None:
    given = form.read(block, _RUN, problems)
    if len(block.labels) != _RUN.labels:
        return None
    inner = block.body.blocks
    module, module_span = _module(_only(inner, "module", problems), problems)
    return RunBlock(
        name=block.labels[0],
        applies=_word(given.get("command"), _COMMANDS, problems, default=True),
        variables=_variables(inner, problems),
        asserts=conditions(inner, "assert", problems),
        expected=tuple(_objects(given.get("expect_failures"), problems)),
        module=module,
        module_span=module_span or block.header,
        state_key=literals.text(given.get("state_key"), problems),
        options=_options(_only(inner, "plan_options", problems), problems),
        span=block.header,
    )


def _variables(blocks: Sequence[Block], problems: Collector) -> Mapping[str, Argument]:
    block = _only(blocks, "variables", problems)
    return {} if block is None else form.read(block, _VARIABLES, problems)


def _module(block: Block | None, problems: Collector) -> tuple[str | None, Span | None]:
    argument = None if block is None else form.read(block, _MODULE, problems).get("source")
    if argument is None:
        return None, None
    source, span = literals.text(argument, problems), argument.expr.span
    if source is not None and not source.startswith(("./", "../")):
        problems.add(_not_a_folder(span))
    return source, span


def _options(block: Block | None, problems: Collector) -> PlanOptions:
    if block is None:
        return PlanOptions()
    given = form.read(block, _OPTIONS, problems)
    return PlanOptions(
        _word(given.get("mode"), _MODES, problems, default=Mode.NORMAL),
        literals.boolean(given.get("refresh"), problems, default=True),
        tuple(one.object for one in _objects(given.get("replace"), problems)),
        tuple(one.object for one in _objects(given.get("target"), problems)),
    )


def _objects(argument: Argument | None, problems: Collector) -> Iterator[Expected]:
    for expr in literals.traversals(argument, problems, _OBJECT):
        yield Expected(label(expr) or "", expr.span)


def _word(
    argument: Argument | None, words: Mapping[str, T], problems: Collector, *, default: T
) -> T:
    """What the bare word means that `argument` is."""
    if argument is None:
        return default
    word = label(argument.expr) or ""
    if word in words:
        return words[word]
    choice = " or ".join(words)
    problems.add(
        error(
            "invalid-word",
            "Not one of the words that may stand here",
            f'"{argument.name}" is a bare word, without quotes: {choice}.',
            argument.expr.span,
        )
    )
    return default


def _only(blocks: Sequence[Block], kind: str, problems: Collector) -> Block | None:
    """The block of that type; each further one is reported."""
    found = [block for block in blocks if block.type == kind]
    for block in found[1:]:
        detail = f"There is a block {kind} already. Put what stands here into that one."
        problems.add(error("duplicate-block", "Duplicate block", detail, block.header))
    return found[0] if found else None


def _twice(run: RunBlock, first: RunBlock) -> Diagnostic:
    return error(
        "duplicate-name",
        "Duplicate run",
        f"Run {run.name} is already declared at line {first.span.line}. Rename one of them.",
        run.span,
    )


def _not_a_folder(span: Span) -> Diagnostic:
    return error(
        "module-is-no-folder",
        "Module of a run is no folder",
        "A run takes a folder of the project, so that nothing need be fetched for tests alone. Name"
        " one, such as ./testing/setup.",
        span,
    )
