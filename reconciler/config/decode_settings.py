"""Backends and the settings of the project itself: from their blocks to declarations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reconciler.config import form, literals
from reconciler.config.blocks import BackendBlock
from reconciler.config.settings import Brakes, Settings, StateBlock
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector, Diagnostic, error
from reconciler.model.span import Span

Again = tuple[str, str, Span, Span]
"""Which block, what of it, where it stands first, and where again."""

_BACKEND = form.Form(
    example='backend "simulated" { version = "2019" }',
    labels=1,
    open=True,
    hints={
        "count": "A backend stands for one target and cannot be repeated. Take it out.",
        "for_each": "A backend stands for one target and cannot be repeated. Take it out.",
        "depends_on": "A backend depends on nothing that is planned. Take it out.",
    },
)
_SETTINGS = form.Form(
    example='reconciler { required_version = ">= 0.1" }',
    arguments=("required_version",),
    blocks=("state", "brakes"),
    hints={
        "backend": 'State is kept as state { url = … } says; a target is a backend "exchange" { … }'
        " block of its own, outside.",
        "required_providers": "There are no providers to fetch. Take it out.",
        "cloud": "State is kept as state { url = … } says. Take it out.",
        "experiments": "There are none. Take it out.",
        "destroy_share": "It stands in a block: brakes { destroy_share = 0.5 }",
        "destroy_least": "It stands in a block: brakes { destroy_least = 20 }",
        "only_route": "It stands in a block: brakes { only_route = false }",
    },
)
_STATE = form.Form(
    example='state { url = "sqlite:///.reconciler/state.db" }',
    arguments=("url", "key_file", "passphrase"),
    required=("url",),
)
_BRAKES = form.Form(
    example="brakes { destroy_share = 0.5 }",
    arguments=("destroy_share", "destroy_least", "only_route"),
)


def backend(block: Block, problems: Collector) -> BackendBlock | None:
    given = dict(form.read(block, _BACKEND, problems))
    if len(block.labels) != 1:
        return None
    alias = literals.text(given.pop("alias", None), problems) or ""
    if alias and not form.is_name(alias):
        problems.add(form.invalid_name(alias, block.header))
    return BackendBlock(block.labels[0], alias, given, block.header)


def settings(block: Block, problems: Collector) -> Settings:
    given = form.read(block, _SETTINGS, problems)
    version = given.get("required_version")
    found = Settings(
        required_version=literals.text(version, problems),
        required_version_span=None if version is None else version.expr.span,
    )
    inside = _once(block.body.blocks, problems)
    if "state" in inside and (state := _state(inside["state"], problems)) is not None:
        found = replace(found, state=state)
    if "brakes" in inside:
        given = form.read(inside["brakes"], _BRAKES, problems)
        found = replace(found, brakes=Brakes(given, inside["brakes"].header))
    return found


def _once(blocks: Iterable[Block], problems: Collector) -> Mapping[str, Block]:
    """By type, which none of them may have twice."""
    found: dict[str, Block] = {}
    for block in blocks:
        first = found.setdefault(block.type, block)
        if first is not block and block.type in _SETTINGS.blocks:
            problems.add(
                error(
                    "duplicate-block",
                    "Block stands twice",
                    f"This block already has a {block.type} block at line {first.header.line}. Put"
                    " everything into one of them.",
                    block.header,
                )
            )
    return found


def _state(block: Block, problems: Collector) -> StateBlock | None:
    given = {name: argument.expr for name, argument in form.read(block, _STATE, problems).items()}
    if {"key_file", "passphrase"} <= given.keys():
        problems.add(_two_keys(block))
    return StateBlock(**given) if "url" in given else None


def _two_keys(block: Block) -> Diagnostic:
    return error(
        "two-state-keys",
        "Two keys for one state",
        "A key_file and a passphrase are two ways to give one key. Take one of them out.",
        block.header,
    )


def combined(found: Sequence[Settings]) -> tuple[Settings, Iterator[Again]]:
    """All of several reconciler blocks as one, and what stands a second time."""
    versions = [s for s in found if s.required_version is not None]
    states = [s.state for s in found if s.state is not None]
    brakes = [s.brakes for s in found if s.brakes is not None]
    whole = Settings(
        required_version=", ".join(s.required_version or "" for s in versions) or None,
        required_version_span=versions[0].required_version_span if versions else None,
        state=states[0] if states else None,
        brakes=brakes[0] if brakes else None,
    )
    again = (
        *(("state", "url", states[0].url.span, one.url.span) for one in states[1:]),
        *(("brakes", "block", brakes[0].span, one.span) for one in brakes[1:]),
    )
    return whole, iter(again)
