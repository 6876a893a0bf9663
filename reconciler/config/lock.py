"""The lock file: which commit of each git repository the modules of a project are taken from."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from reconciler.config.literals import plain_text
from reconciler.lang import text_file
from reconciler.lang.parse import parse
from reconciler.lang.syntax import Block
from reconciler.model.diagnostic import Collector, error

LOCK_FILE = ".reconciler.lock.hcl"
_COMMIT = re.compile("[0-9a-f]{40}")
_HEAD = (
    "# Which commits the modules are taken from. Written by `reconciler init`; keep it in git.\n"
)

Pins = Mapping[str, str]
"""Commits (40 hex digits) by repository and ref: `https://example.com/a.git?ref=v1`."""


def read(project: Path, problems: Collector) -> Pins:
    """The pinned commits; none where there is no lock file."""
    path = project / LOCK_FILE
    if not path.exists():
        return {}
    text = text_file.read(path, LOCK_FILE, problems, inside=project)
    body = parse(text or "", LOCK_FILE, problems)
    return dict(_pins(body.blocks, problems))


def _pins(blocks: tuple[Block, ...], problems: Collector) -> Iterator[tuple[str, str]]:
    for block in blocks:
        commit = next(
            (plain_text(a.expr) for a in block.body.arguments if a.name == "commit"), None
        )
        if block.type == "module" and len(block.labels) == 1 and _is_commit(commit):
            yield block.labels[0], str(commit)
        else:
            problems.add(
                error(
                    "invalid-lock-file",
                    "Lock file is not as it was written",
                    f'{LOCK_FILE} holds blocks such as module "URL" {{ commit = "…" }} only.'
                    " Take it from version control again, or remove it and run `reconciler init`.",
                    block.header,
                )
            )


def _is_commit(text: str | None) -> bool:
    return text is not None and _COMMIT.fullmatch(text) is not None


def written(pins: Pins) -> str:
    """The lock file that holds `pins`."""
    blocks = (f'\nmodule "{name}" {{\n  commit = "{pins[name]}"\n}}\n' for name in sorted(pins))
    return _HEAD + "".join(blocks)
