"""The file that describes a simulated organisation (`*.org.hcl`): from its text to an estate.

Every mistake is reported at once, each with its place. Nothing outside the project is read.
"""

from collections.abc import Iterator
from pathlib import Path

from reconciler.backends.simulated.described import Described, describe, of_block
from reconciler.backends.simulated.estate import Estate
from reconciler.backends.simulated.organisation_blocks import Blocks, estate
from reconciler.backends.simulated.world import Organisation
from reconciler.lang import text_file
from reconciler.lang.parse import parse
from reconciler.lang.syntax import Block, Body
from reconciler.model.diagnostic import Collector, error
from reconciler.model.platform import ONLINE, Platform
from reconciler.schema.kinds.net import fqdn
from reconciler.schema.kinds.text import name_of
from reconciler.schema.suggest import did_you_mean

ENDING = ".org.hcl"
"""A file of another name would be taken for configuration."""
_LABELS = {
    "site": 1,
    "site_link": 0,
    "server": 1,
    "certificate": 1,
    "accepted_domain": 1,
    "edge_subscription": 1,
}


def read_organisation(root: Path, path: str, platform: Platform) -> Organisation:
    """The organisation as a server of `platform` sees it. Raises ReconcilerError with every
    mistake.
    """
    problems = Collector()
    text = _text(root, path, problems)
    problems.stop_on_errors()
    body = parse(text or "", path, problems)
    found = _organisation(body, path, platform, problems)
    problems.stop_on_errors()
    return found


def _text(root: Path, path: str, problems: Collector) -> str | None:
    """Through whatever links, the file must be inside the project in the end."""
    try:
        real = (root / path).resolve()
        outside = not real.is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a NUL inside
        outside = True
    if outside:
        problems.add(
            error(
                "not-an-ordinary-file",
                "Not an ordinary file of the project",
                f"The setting organization names {path}, which is not inside the project. Put a "
                "copy of the file there.",
            )
        )
        return None
    return text_file.read(real, path, problems, inside=root)


def _organisation(body: Body, path: str, platform: Platform, problems: Collector) -> Organisation:
    start = text_file.start(path)
    whole = describe(body, "the organisation", "", start, problems)
    domain = whole.text("domain", fqdn, "contoso.com")
    name = whole.text("name", name_of(64), "First Organization")
    whole.close()
    blocks = Blocks({kind: [] for kind in _LABELS})
    for kind, one in _described(body.blocks, problems):
        blocks.of[kind].append(one)
    found = estate(blocks, domain, platform, problems)
    if not problems.errors and platform.version != ONLINE:
        _check_server(found, path, platform, problems)
    return Organisation(
        server=_executing(found, platform),
        servers=tuple(server.name for server in found.transport_servers),
        domain=domain,
        name=name,
        controller=f"DC1.{domain}",
        described=found,
    )


def _described(blocks: tuple[Block, ...], problems: Collector) -> Iterator[tuple[str, Described]]:
    for block in blocks:
        if block.type not in _LABELS:
            hint = did_you_mean(block.type, _LABELS)
            hint = hint or f" The blocks are: {', '.join(_LABELS)}."
            detail = f'An organisation has no block "{block.type}".{hint}'
            problems.add(error("unknown-block", "Unknown block", detail, block.header))
            continue
        one = of_block(block, _LABELS[block.type], problems)
        if one is not None:
            yield block.type, one


def _executing(found: Estate, platform: Platform) -> str:
    """The first server of the backend's role and version carries out cmdlets."""
    if platform.version == ONLINE:
        return "CLOUD1"
    fitting = (s.name for s in found.servers if (s.version, s.role) == _sort(platform))
    return next(fitting, "")


def _sort(platform: Platform) -> tuple[str, str]:
    return (platform.version, platform.role)


def _check_server(found: Estate, path: str, platform: Platform, problems: Collector) -> None:
    if not _executing(found, platform):
        problems.add(
            error(
                "no-executing-server",
                "No server to carry out cmdlets",
                f"The organisation has no server of {platform}, as the backend block says. "
                "Describe one, or set version and role in the backend block to those of a server "
                "that is there.",
                text_file.start(path),
            )
        )
