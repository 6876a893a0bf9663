"""From a backend block to a backend. Knows the kinds; refuses to know what they are used for."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from reconciler.backends.admin_audit_log import AdminAuditLog
from reconciler.backends.base import Backend, Capabilities
from reconciler.backends.exchange import ExchangeBackend
from reconciler.backends.settings import SimulatedSettings, simulated_settings
from reconciler.backends.simulated.database import Database, located, place
from reconciler.backends.simulated.exchange import SimulatedExchange
from reconciler.backends.simulated.faults import FaultPlan
from reconciler.backends.simulated.setup import setup
from reconciler.backends.simulated.world import Organisation, World, new_guid
from reconciler.backends.transports.base import Transport
from reconciler.backends.transports.logged import LoggedTransport
from reconciler.backends.transports.simulated import SimulatedTransport
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.model.log import Log
from reconciler.schema.suggest import did_you_mean

DEFAULT_PATH = ".reconciler/exchange.db"
_OURS = ("simulated",)


def placed_apart(kind: str, alias: str, settings: Mapping[str, object]) -> Mapping[str, object]:
    """The settings of the backend with that alias, with a database of its own where they say none."""
    said = settings.get("path") or settings.get("url")
    if kind != "simulated" or not alias or said:
        return settings
    return {**settings, "path": Path(DEFAULT_PATH).with_stem(f"exchange-{alias}").as_posix()}


def database(kind: str, alias: str, settings: Mapping[str, object], root: Path) -> str:
    """Where that backend keeps its simulated Exchange, one spelling for one place; "" where it
    has none, none that lasts, or settings that are wrong.
    """
    if kind != "simulated":
        return ""
    try:
        known = simulated_settings(placed_apart(kind, alias, settings), {})
        return place(_url(known, root))
    except ReconcilerError:
        return ""


def open_backend(  # noqa: PLR0913 (one table of what surrounds a backend)
    kind: str,
    settings: Mapping[str, object],
    *,
    root: Path,
    environment: Mapping[str, str],
    user: str,
    project: Path | None = None,
    log: Log | None = None,
) -> Backend:
    """Raises ReconcilerError where the settings are wrong; writes nothing before the first call.

    Paths are relative to `root`, those of files to be read to `project` where that is another
    folder; `user` is who audit logs name; `log` is told of every call of
    ours, while plugins see to that themselves.
    """
    if kind == "simulated":
        known = simulated_settings(settings, environment)
        return _simulated(known, root, user, _organisation(known, project or root), log)
    backend: Backend = _plugin(kind)(settings, root=root, environment=environment, user=user)
    return backend


def check_settings(kind: str, settings: Mapping[str, object], root: Path) -> None:
    """Raises ReconcilerError where no backend of ours could be opened with them; opens none."""
    if kind == "simulated":
        _organisation(simulated_settings(settings, {}), root)
    else:
        _plugin(kind)


def _plugin(kind: str) -> Callable[..., Backend]:
    # Imported here by name: looking through installed packages costs more than a plan.
    known = import_module("reconciler.backends.plugins").plugins()
    if kind not in known:
        raise _unknown(kind, (*_OURS, *known))
    found: Callable[..., Backend] = known[kind]()
    return found


def simulated_transport(
    settings: Mapping[str, object], *, root: Path, environment: Mapping[str, str], user: str
) -> Transport:
    """The way to a simulated Exchange for whoever types cmdlets. Raises ReconcilerError."""
    known = simulated_settings(settings, environment)
    return _transport(known, root, user, _organisation(known, root))


def _unknown(kind: str, known: tuple[str, ...]) -> ReconcilerError:
    return ReconcilerError(
        error(
            "unknown-backend",
            "Unknown kind of backend",
            f'There is no backend "{kind}".{did_you_mean(kind, known)} The kinds that are '
            f"installed: {', '.join(sorted(known))}.",
        )
    )


def _simulated(
    settings: SimulatedSettings,
    root: Path,
    user: str,
    organisation: Organisation,
    log: Log | None,
) -> Backend:
    transport = _transport(settings, root, user, organisation)
    if log is not None:
        transport = LoggedTransport(transport, log)
    capabilities = Capabilities(
        settings.platform, settings.parallel, what_if=True, audit=AdminAuditLog(transport)
    )
    return ExchangeBackend(transport, capabilities, settings.calls)


def _url(settings: SimulatedSettings, root: Path) -> str:
    try:
        return located(settings.url or f"sqlite:///{settings.path or DEFAULT_PATH}", root)
    except ValueError:
        raise ReconcilerError(
            error(
                "invalid-backend-setting",
                "Invalid backend setting",
                'The setting url is no database URL. Write one such as "sqlite:///exchange.db".',
            )
        ) from None


def _organisation(settings: SimulatedSettings, project: Path) -> Organisation:
    controller = settings.calls.domain_controller
    if settings.organization:
        # Imported here by name: without a file nothing of the language is needed.
        reader = import_module("reconciler.backends.simulated.organisation_file")
        found: Organisation = reader.read_organisation(
            project, settings.organization, settings.platform
        )
        return replace(found, controller=controller) if controller else found
    return Organisation(
        server=settings.server,
        servers=settings.servers,
        domain=settings.domain,
        controller=controller or f"DC1.{settings.domain}",
    )


def _transport(
    settings: SimulatedSettings, root: Path, user: str, organisation: Organisation
) -> Transport:
    world = World(
        settings.platform,
        organisation,
        duplicates=settings.duplicates,
        runspace=new_guid(),
    )
    return SimulatedTransport(
        SimulatedExchange(Database(_url(settings, root), setup(world)), world),
        user,
        faults=FaultPlan(settings.faults, settings.seed),
        latency=settings.latency,
        timeout=settings.timeout,
    )
