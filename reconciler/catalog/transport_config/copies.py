"""Copies that keep messages from being lost: shadow redundancy, Safety Net, the dumpster."""

from reconciler.catalog.adopted import left
from reconciler.catalog.transport_config.where import on_servers, since_2013
from reconciler.schema.declare import group
from reconciler.schema.kinds.choice import choice, flag
from reconciler.schema.kinds.limits import size_between
from reconciler.schema.kinds.number import integer, timespan

_MOST = (1 << 31) - 1
_DAY = 86_400
_FOREVER = timespan(0, _MOST)
_OLD = "Only servers of Exchange 2010 heed it."

ATTRIBUTES = group(
    "Redundancy",
    *on_servers(
        left(
            "shadow_redundancy_enabled",
            "ShadowRedundancyEnabled",
            flag,
            "Whether a second server keeps a copy of a message until it is delivered.",
            at_first=True,
        ),
        left(
            "shadow_message_auto_discard_interval",
            "ShadowMessageAutoDiscardInterval",
            timespan(5, 90 * _DAY),
            "How long a server remembers which copies are needed no more.",
            "2.00:00:00",
        ),
        left(
            "shadow_heartbeat_retry_count",
            "ShadowHeartbeatRetryCount",
            integer(1, 15),
            f"How many missed answers make a server dead. {_OLD}",
            12,
        ),
        left(
            "shadow_heartbeat_timeout_interval",
            "ShadowHeartbeatTimeoutInterval",
            timespan(1, _DAY),
            f"How often the first server is asked. {_OLD}",
            "00:15:00",
        ),
        left(
            "max_dumpster_size_per_database",
            "MaxDumpsterSizePerDatabase",
            size_between(0, _MOST * 1024, unlimited=False),
            f"What the transport dumpster holds for each database. {_OLD}",
            "18MB",
        ),
        left(
            "max_dumpster_time",
            "MaxDumpsterTime",
            _FOREVER,
            f"How long the transport dumpster holds a message. {_OLD}",
            "7.00:00:00",
        ),
    ),
    *since_2013(
        left(
            "safety_net_hold_time",
            "SafetyNetHoldTime",
            _FOREVER,
            "How long Safety Net keeps a copy of a delivered message.",
            "2.00:00:00",
        ),
        left(
            "shadow_heartbeat_frequency",
            "ShadowHeartbeatFrequency",
            timespan(1, _DAY),
            "How often the first server is asked which copies are needed no more.",
            "00:02:00",
        ),
        left(
            "shadow_resubmit_time_span",
            "ShadowResubmitTimeSpan",
            timespan(1, _DAY),
            "After how long without an answer the copies are sent by the second server.",
            "03:00:00",
        ),
        left(
            "shadow_message_preference_setting",
            "ShadowMessagePreferenceSetting",
            choice("LocalOnly", "RemoteOnly", "PreferRemote"),
            "In which Active Directory site the copy is made.",
            "PreferRemote",
        ),
        left(
            "max_retries_for_local_site_shadow",
            "MaxRetriesForLocalSiteShadow",
            integer(0, 255),
            "Attempts to make a copy in the same site.",
            2,
        ),
        left(
            "max_retries_for_remote_site_shadow",
            "MaxRetriesForRemoteSiteShadow",
            integer(0, 255),
            "Attempts to make a copy in another site.",
            4,
        ),
        left(
            "reject_message_on_shadow_failure",
            "RejectMessageOnShadowFailure",
            flag,
            "Whether a message without a copy is refused for the moment.",
            at_first=False,
        ),
        left(
            "queue_diagnostics_aggregation_interval",
            "QueueDiagnosticsAggregationInterval",
            _FOREVER,
            "How often servers tell each other of their queues.",
            "00:01:00",
        ),
        left(
            "diagnostics_aggregation_service_port",
            "DiagnosticsAggregationServicePort",
            integer(0, 65_535),
            "The TCP port that they do so by.",
            9710,
        ),
    ),
)
