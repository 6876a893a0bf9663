"""The settings of a simulated Exchange: from its backend block and from outside.

Reports every mistake at once and opens nothing. A setting from outside (the environment) weighs
more than one from the block; faults from both places add up, those from outside first.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from reconciler.backends.exchange import CallSettings
from reconciler.backends.simulated.faults import Fault, parse_faults
from reconciler.backends.taking import (
    Taking,
    confirmed,
    flag,
    invalid,
    one_of,
    seconds,
    text,
    texts,
    whole,
)
from reconciler.catalog.settings import misplaced
from reconciler.model.diagnostic import Collector, Diagnostic, ReconcilerError, error
from reconciler.model.platform import EVERY_VERSION, ONLINE, ROLES, Platform
from reconciler.model.record import dataclass

LATENCY = "RECONCILER_SIM_LATENCY_MS"
FAULTS = "RECONCILER_SIM_FAULTS"
DUPLICATES = "RECONCILER_SIM_DUPLICATES"

_MOST_PARALLEL = 1000


@dataclass(frozen=True, slots=True)
class SimulatedSettings:
    """`latency` and `timeout` in seconds; `url` and `path` are empty where not given;
    `servers` empty means that every name of a server resolves; `organization` is the path of the
    file that says all of that instead, or "".
    """

    url: str
    path: str
    platform: Platform
    server: str
    servers: tuple[str, ...]
    domain: str
    organization: str
    latency: float
    timeout: float
    faults: tuple[Fault, ...]
    seed: int
    parallel: int
    duplicates: bool
    calls: CallSettings


def _faults(name: str, text: str, problems: Collector) -> tuple[Fault, ...]:
    try:
        return parse_faults(text)
    except ReconcilerError as wrong:
        problems.extend(
            replace(one, detail=f"In {name}: {one.detail}") for one in wrong.diagnostics
        )
        return ()


def _from_outside(environment: Mapping[str, str]) -> Taking:
    """Empty variables count as absent."""
    return Taking({name: value for name, value in environment.items() if value})


def _check_together(settings: SimulatedSettings, given: Mapping[str, object]) -> list[Diagnostic]:
    wrong = [
        error(rule.code, rule.summary, detail)
        for rule, _, detail in misplaced(given, settings.platform)
    ]
    if settings.url and settings.path:
        wrong.append(invalid("path", "cannot stand beside url. Keep one of the two"))
    if settings.organization:
        wrong.extend(_beside_organization(given))
    servers = {server.lower() for server in settings.servers}
    if servers and settings.server.lower() not in servers:
        wrong.append(invalid("server", "must be one of servers"))
    return wrong


def _beside_organization(given: Mapping[str, object]) -> Iterator[Diagnostic]:
    for name in ("server", "servers", "domain"):
        if given.get(name) is not None:
            yield invalid(
                name, "cannot stand beside organization: the file says it. Keep one of the two"
            )


def _organization(value: object) -> str:
    """A file of another name would be taken for configuration."""
    path = text(value)
    if not path.endswith(".org.hcl"):
        raise ValueError('must name a file that ends in .org.hcl, such as "contoso.org.hcl"')
    return path


def _calls(block: Taking) -> CallSettings:
    return CallSettings(
        domain_controller=block.take("domain_controller", text, ""),
        force=block.take("force", flag, default=False),
        what_if=block.take("what_if", flag, default=False),
        confirm=block.take("confirm", confirmed, None),
    )


def _platform(block: Taking) -> Platform:
    """Of Exchange Online there is one: a role that is asked for there is refused elsewhere."""
    version = block.take("version", one_of(*EVERY_VERSION), Platform().version)
    role = block.take("role", one_of(*ROLES), Platform().role)
    return Platform(version) if version == ONLINE else Platform(version, role)


def _usual_server(platform: Platform) -> str:
    if platform.version == ONLINE:
        return "CLOUD1"
    return "EDGE1" if platform.role == "edge" else "MBX1"


def simulated_settings(
    given: Mapping[str, object], environment: Mapping[str, str]
) -> SimulatedSettings:
    """Raises ReconcilerError with every mistake."""
    block, outside = Taking(given), _from_outside(environment)
    platform = _platform(block)
    none: tuple[str, ...] = ()
    servers = block.take("servers", texts, none)
    faults = (
        *_faults(FAULTS, outside.take(FAULTS, text, ""), outside.problems),
        *(
            fault
            for listed in block.take("faults", texts, none)
            for fault in _faults("faults", listed, block.problems)
        ),
    )
    settings = SimulatedSettings(
        url=block.take("url", text, ""),
        path=block.take("path", text, ""),
        platform=platform,
        server=block.take("server", text, servers[0] if servers else _usual_server(platform)),
        servers=servers,
        domain=block.take("domain", text, "contoso.com"),
        organization=block.take("organization", _organization, ""),
        latency=outside.take(LATENCY, seconds("ms"), block.take("latency", seconds("ms"), 0.0)),
        timeout=block.take("timeout", seconds("s"), 60.0),
        faults=faults,
        seed=block.take("seed", whole(0, 2**63), 0),
        parallel=block.take("parallel", whole(1, _MOST_PARALLEL), 10),
        duplicates=environment.get(DUPLICATES, "") not in ("", "0", "false"),
        calls=_calls(block),
    )
    block.check_names("simulated")
    block.problems.extend(outside.problems)
    block.problems.extend(_check_together(settings, given))
    block.problems.stop_on_errors()
    return settings
