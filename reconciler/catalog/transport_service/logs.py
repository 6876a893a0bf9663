"""The logs of the Transport service: up to five arguments each, and all alike."""

from collections.abc import Iterator

from reconciler.catalog.adopted import clearable, installed, left
from reconciler.model.record import dataclass
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import group
from reconciler.schema.kind import Kind
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.limits import size_between
from reconciler.schema.kinds.number import timespan
from reconciler.schema.kinds.path import local_path

FOREVER = timespan(0, (1 << 31) - 1)
_ANY = size_between(1, (1 << 63) - 1)
_TRACKING = size_between(1, 1 << 32)
_PROTOCOL = size_between(0, 999_999_999_999_999)


@dataclass(frozen=True, slots=True)
class Log:
    """`name` and `parameter` are what its arguments begin with; `enabled` is None where it cannot
    be switched, `file` "" where its files have no limit. `path` is below the folder of Exchange.
    """

    name: str
    parameter: str
    what: str
    directory: str
    path: str
    age: str = "30.00:00:00"
    file: str = "10MB"
    enabled: bool | None = None
    files: str = "any"

    @property
    def max_file_size(self) -> str:
        return f"{self.name}_max_file_size"

    @property
    def max_directory_size(self) -> str:
        return f"{self.name}_max_directory_size"


_HUB = r"TransportRoles\Logs\Hub"

LOGS = (
    Log(
        "active_user_statistics_log",
        "ActiveUserStatisticsLog",
        "the log of how much users send",
        "250MB",
        rf"{_HUB}\ActiveUsersStats",
    ),
    Log(
        "agent_log",
        "AgentLog",
        "the log of what transport agents do",
        "250MB",
        rf"{_HUB}\AgentLog",
        age="7.00:00:00",
        enabled=True,
    ),
    Log(
        "connectivity_log",
        "ConnectivityLog",
        "the log of outbound connections",
        "1000MB",
        rf"{_HUB}\Connectivity",
        enabled=True,
    ),
    Log(
        "dns_log",
        "DnsLog",
        "the log of DNS queries",
        "100MB",
        "",
        age="7.00:00:00",
        enabled=False,
    ),
    Log(
        "irm_log",
        "IrmLog",
        "the log of rights management",
        "250MB",
        "IRMLogs",
        enabled=True,
    ),
    Log(
        "message_tracking_log",
        "MessageTrackingLog",
        "the message tracking log",
        "1000MB",
        r"TransportRoles\Logs\MessageTracking",
        enabled=True,
        files="tracking",
    ),
    Log(
        "queue_log",
        "QueueLog",
        "the log of queues",
        "200MB",
        rf"{_HUB}\QueueViewer",
        age="7.00:00:00",
    ),
    Log(
        "receive_protocol_log",
        "ReceiveProtocolLog",
        "the protocol log of all receive connectors",
        "250MB",
        rf"{_HUB}\ProtocolLog\SmtpReceive",
        files="protocol",
    ),
    Log(
        "routing_table_log",
        "RoutingTableLog",
        "the log of routing tables",
        "50MB",
        rf"{_HUB}\Routing",
        age="7.00:00:00",
        file="",
    ),
    Log(
        "send_protocol_log",
        "SendProtocolLog",
        "the protocol log of all send connectors",
        "250MB",
        rf"{_HUB}\ProtocolLog\SmtpSend",
        files="protocol",
    ),
    Log(
        "server_statistics_log",
        "ServerStatisticsLog",
        "the log of server statistics (written up to Exchange 2013 CU6 only)",
        "250MB",
        rf"{_HUB}\ServerStats",
    ),
)
"""Sizes and paths of a fresh server as the Set-TransportService page has them."""


def _arguments(log: Log) -> Iterator[Attribute]:
    files = {"any": _ANY, "tracking": _TRACKING, "protocol": _PROTOCOL}[log.files]
    directories = _PROTOCOL if log.files == "protocol" else _ANY
    if log.enabled is not None:
        doc = f"Whether {log.what} is written."
        yield _of(log, "enabled", "Enabled", flag, doc, log.enabled)
    doc = f"How long {log.what} is kept; `00:00:00` is for ever."
    yield _of(log, "max_age", "MaxAge", FOREVER, doc, log.age)
    doc = f"How much {log.what} may hold in all, before the oldest files go."
    yield _of(log, "max_directory_size", "MaxDirectorySize", directories, doc, log.directory)
    if log.file:
        doc = f"How large one file of {log.what} may grow; no more than the folder."
        yield _of(log, "max_file_size", "MaxFileSize", files, doc, log.file)
    yield _folder(log)


def _of(log: Log, name: str, parameter: str, kind: Kind, doc: str, at_first: object) -> Attribute:
    return left(f"{log.name}_{name}", f"{log.parameter}{parameter}", kind, doc, at_first)


def _folder(log: Log) -> Attribute:
    name, parameter = f"{log.name}_path", f"{log.parameter}Path"
    doc = f"The folder of {log.what}."
    if not log.path:
        return clearable(name, parameter, local_path, doc)
    return installed(name, parameter, local_path, doc, log.path)


ATTRIBUTES = group(
    "Logs",
    *(attribute for log in LOGS for attribute in _arguments(log)),
    left(
        "message_tracking_log_subject_logging_enabled",
        "MessageTrackingLogSubjectLoggingEnabled",
        flag,
        "Whether the message tracking log holds subjects.",
        at_first=True,
    ),
)
