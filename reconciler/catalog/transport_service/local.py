"""Folders that mail comes and goes by, and what helps to find out why it does not."""

from collections.abc import Mapping
from typing import Final

from reconciler.catalog.adopted import clearable, installed, left
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import flag
from reconciler.schema.kinds.limits import size_between
from reconciler.schema.kinds.mail import smtp_address
from reconciler.schema.kinds.number import integer
from reconciler.schema.kinds.path import local_or_shared_path, local_path

FOLDERS: Final[Mapping[str, str]] = {
    "PickupDirectoryPath": r"TransportRoles\Pickup",
    "ReplayDirectoryPath": r"TransportRoles\Replay",
    "PipelineTracingPath": r"TransportRoles\Logs\Hub\PipelineTracing",
}
"""Where setup puts them, below the folder of Exchange."""

DIRECTORIES = group(
    "Pickup, replay and drop",
    installed(
        "pickup_directory_path",
        "PickupDirectoryPath",
        local_path,
        "Files laid here are sent.",
        FOLDERS["PickupDirectoryPath"],
    ),
    left(
        "pickup_directory_max_header_size",
        "PickupDirectoryMaxHeaderSize",
        size_between(32_768, (1 << 31) - 1, unlimited=False),
        "How large the header of such a file may be.",
        "64KB",
    ),
    left(
        "pickup_directory_max_messages_per_minute",
        "PickupDirectoryMaxMessagesPerMinute",
        integer(1, 20_000),
        "Files taken in a minute, from the pickup and from the replay folder each.",
        100,
    ),
    left(
        "pickup_directory_max_recipients_per_message",
        "PickupDirectoryMaxRecipientsPerMessage",
        integer(1, 10_000),
        "How many recipients such a file may have.",
        100,
    ),
    installed(
        "replay_directory_path",
        "ReplayDirectoryPath",
        local_path,
        "Exported messages laid here are sent again.",
        FOLDERS["ReplayDirectoryPath"],
    ),
    clearable(
        "root_drop_directory_path",
        "RootDropDirectoryPath",
        local_or_shared_path,
        "The folder that relative drop directories of foreign connectors are in; that of Exchange "
        "where there is none.",
    ),
)

DIAGNOSIS = group(
    "Safety and diagnosis",
    left(
        "antispam_agents_enabled",
        "AntispamAgentsEnabled",
        flag,
        "Whether the anti-spam agents are there. The scripts that install and remove them set it.",
        at_first=False,
        on_edge=True,
    ),
    left(
        "recipient_validation_cache_enabled",
        "RecipientValidationCacheEnabled",
        flag,
        "Whether looked up recipients are remembered.",
        at_first=False,
        on_edge=True,
    ),
    left(
        "poison_message_detection_enabled",
        "PoisonMessageDetectionEnabled",
        flag,
        "Whether messages that crash the service are set aside.",
        at_first=True,
    ),
    left(
        "poison_threshold",
        "PoisonThreshold",
        integer(1, 10),
        "After how many crashes one is.",
        2,
    ),
    left(
        "content_conversion_tracing_enabled",
        "ContentConversionTracingEnabled",
        flag,
        "Whether messages that cannot be converted are kept, whole, for diagnosis.",
        at_first=False,
    ),
    left(
        "pipeline_tracing_enabled",
        "PipelineTracingEnabled",
        flag,
        "Whether the messages of one sender are kept, whole, at every stage.",
        at_first=False,
    ),
    clearable(
        "pipeline_tracing_sender_address",
        "PipelineTracingSenderAddress",
        smtp_address,
        "That sender.",
    ),
    installed(
        "pipeline_tracing_path",
        "PipelineTracingPath",
        local_path,
        "Where they are kept.",
        FOLDERS["PipelineTracingPath"],
    ),
)
