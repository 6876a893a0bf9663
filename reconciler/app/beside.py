"""Wrong values beside mistakes that keep the whole from being evaluated, so that both are told at
once. What refers to anything is unknown here, and nothing is said that follows from a mistake.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from reconciler.app.everywhere import everywhere
from reconciler.app.rehearsal import rehearsed, variables
from reconciler.catalog.index import everything
from reconciler.config.blocks import Configuration, Lifecycle, ResourceBlock, Variable
from reconciler.config.decode import MOST_PROBLEMS
from reconciler.config.static_blocks import required
from reconciler.engine.arguments import Arguments
from reconciler.engine.sight import Sight
from reconciler.engine.uses import address_of
from reconciler.lang.references import references
from reconciler.lang.syntax import Argument, Expr, GetAttr, Name
from reconciler.model.diagnostic import Collector, Diagnostic, Severity, in_order
from reconciler.model.platform import Platform
from reconciler.model.span import Span
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise

_BLANK = Variable(
    name="unknown",
    constraint=None,
    default=None,
    validations=(),
    sensitive=False,
    nullable=True,
    ephemeral=False,
    description="Stands for everything that is referred to.",
    span=Span("", 1, 1, 1, 1),
)


MOST_BLOCKS = 2_000
"""Resources up to which this takes less than half a second: other mistakes are told at once."""


def add(configuration: Configuration, problems: Collector) -> None:
    """Adds to the errors in `problems` the values that are wrong whatever becomes of those."""
    if not 0 < len(problems.errors) < MOST_PROBLEMS or len(configuration.resources) > MOST_BLOCKS:
        return
    types = everything()
    known = [_bare(b) for b in configuration.resources if b.type in types and types[b.type].can]
    lines = _lines(problems.errors)
    doubtful = {b.span for b in known if not configuration.complete or _has(b.span, lines)}
    alone = Configuration(
        configuration.root,
        {_BLANK.name: _BLANK},
        resources=tuple(b for b in known if b.span not in doubtful),
        backends=configuration.backends,
        texts=configuration.texts,
    )
    rest = [b for b in known if b.span in doubtful]
    found = everywhere(
        configuration.backends,
        lambda there: [*rehearsed(alone, there), *_values(alone, rest, there)],
    )
    problems.extend(in_order(d for d in found if d.severity is Severity.ERROR))


def _lines(mistakes: Iterable[Diagnostic]) -> frozenset[tuple[str, int]]:
    return frozenset((one.span.path, one.span.line) for one in mistakes if one.span)


def _has(block: Span, lines: Iterable[tuple[str, int]]) -> bool:
    return any(p == block.path and block.line <= n <= block.end_line for p, n in lines)


def _values(
    alone: Configuration, blocks: Iterable[ResourceBlock], platforms: Mapping[str, Platform]
) -> Iterator[Diagnostic]:
    """Values that are wrong by themselves: what else the blocks say nobody knows."""
    problems = Collector()
    types = everything()
    sight = Sight(alone, types, variables(alone), "", problems)
    for block in blocks:
        rtype = types[block.type]
        platform = platforms.get(block.backend.name if isinstance(block.backend, GetAttr) else "")
        if platform is not None:
            written = Arguments(sight, block, address_of(block), sight.scope).of(rtype)
            raw = {**dict.fromkeys(required(rtype), UNKNOWN), **written.raw}
            hidden = frozenset(written.sensitive)
            canonicalise(rtype, raw, platform, written.report, sensitive=hidden)
    yield from problems


def _bare(block: ResourceBlock) -> ResourceBlock:
    """The block with nothing in it that refers to anything, and no argument that does not exist."""
    names = everything()[block.type].argument_names
    life = block.lifecycle
    return replace(
        block,
        arguments={n: _known(a) for n, a in block.arguments.items() if n in names},
        count=_plain(block.count),
        for_each=_plain(block.for_each),
        depends_on=(),
        lifecycle=Lifecycle(
            enabled=_plain(life.enabled),
            prevent_destroy=_plain(life.prevent_destroy),
            create_before_destroy=_plain(life.create_before_destroy),
        ),
    )


def _known(argument: Argument) -> Argument:
    return replace(argument, expr=_plain(argument.expr) or argument.expr)


def _plain(expr: Expr | None) -> Expr | None:
    if expr is None or not references(expr):
        return expr
    return GetAttr(Name("var", expr.span), _BLANK.name, expr.span)
