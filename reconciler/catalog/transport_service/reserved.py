"""The parameters of Set-TransportService that Microsoft keeps to itself."""

from reconciler.schema.resource_type import NotAnArgument

_LOGS = ("RequestBrokerLog", "ResourceLog", "TransportHttpLog", "TransportMaintenanceLog")
_PARTS = ("Enabled", "MaxAge", "MaxDirectorySize", "MaxFileSize", "Path")
_SYNC = (
    "AccountsPoisonAccountThreshold",
    "AccountsPoisonDetectionEnabled",
    "AccountsPoisonItemThreshold",
    "AccountsSuccessivePoisonItemThreshold",
    "Enabled",
    "ExchangeEnabled",
    "HubHealthLogEnabled",
    "HubHealthLogFilePath",
    "HubHealthLogMaxAge",
    "HubHealthLogMaxDirectorySize",
    "HubHealthLogMaxFileSize",
    "ImapEnabled",
    "LogEnabled",
    "LogFilePath",
    "LogLoggingLevel",
    "LogMaxAge",
    "LogMaxDirectorySize",
    "LogMaxFileSize",
    "MaxDownloadItemsPerConnection",
    "MaxDownloadSizePerConnection",
    "MaxDownloadSizePerItem",
    "PopEnabled",
    "RemoteConnectionTimeout",
)
_NAMES = (
    *(f"{log}{part}" for log in _LOGS for part in _PARTS),
    *(f"WlmLog{part}" for part in _PARTS[1:]),
    *(f"TransportSync{part}" for part in _SYNC),
    "WindowsLiveHotmailTransportSyncEnabled",
)

RESERVED = tuple(NotAnArgument(name, "refused: Microsoft reserves it") for name in _NAMES)
