"""What must hold between the arguments of one server's Transport service (R70).

What is not written is left as it is; planning holds what is written against what is there.
"""

from collections.abc import Iterator

from reconciler.catalog.transport_service.logs import LOGS, Log
from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.limits import exceeds
from reconciler.schema.kinds.number import write_timespan
from reconciler.schema.rule import Finding, Level, Rule
from reconciler.schema.rules import Check, both, excludes, is_on, is_set

_FILES = tuple(log for log in LOGS if log.file)


def _files_fit(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    for log in _FILES:
        if exceeds(values.get(log.max_file_size), values.get(log.max_directory_size)):
            yield Finding(log.max_file_size, _too_large(log))


def _too_large(log: Log) -> str:
    return (
        f"One file cannot be allowed more than the whole folder. Lower {log.max_file_size}, or raise "
        f"{log.max_directory_size}."
    )


def _domain_fits(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    one, all_of_them = "max_per_domain_outbound_connections", "max_outbound_connections"
    if exceeds(values.get(one), values.get(all_of_them)):
        yield Finding(
            one,
            "One domain cannot have more connections than all domains together. Lower "
            f"{one}, or raise {all_of_them}.",
        )


def _delay_is_longer(
    values: Values, _given: frozenset[str], _platform: Platform
) -> Iterator[Finding]:
    delay = values.get("delay_notification_timeout")
    count = values.get("transient_failure_retry_count")
    interval = values.get("transient_failure_retry_interval")
    if not (isinstance(delay, int) and isinstance(count, int) and isinstance(interval, int)):
        return
    if delay <= count * interval:
        yield Finding(
            "delay_notification_timeout",
            f"Senders would be told of a delay while the {count} tries at short intervals, which "
            f"take {write_timespan(count * interval)}, go on. Make the timeout longer than that, "
            "or lower transient_failure_retry_count or transient_failure_retry_interval.",
        )


def _unasked(side: str) -> Check:
    servers, adapter = f"{side}_dns_servers", f"{side}_dns_adapter_enabled"
    return excludes(
        both(is_set(servers), is_on(adapter)),
        is_set(servers),
        servers,
        f"Nobody asks these DNS servers while those of a network adapter are asked. Set {adapter} = "
        f"false, or remove {servers}.",
    )


RULES = (
    Rule(
        "R70",
        Level.DOCUMENTED,
        "log-file-larger-than-directory",
        "Log file larger than its folder",
        tuple(n for log in _FILES for n in (log.max_file_size, log.max_directory_size)),
        _files_fit,
    ),
    Rule(
        "R70",
        Level.DOCUMENTED,
        "domain-connections-above-all",
        "More connections to one domain than to all",
        ("max_per_domain_outbound_connections", "max_outbound_connections"),
        _domain_fits,
    ),
    Rule(
        "R70",
        Level.DOCUMENTED,
        "delay-notification-too-early",
        "Notice of a delay before the first tries are over",
        (
            "delay_notification_timeout",
            "transient_failure_retry_count",
            "transient_failure_retry_interval",
        ),
        _delay_is_longer,
    ),
    Rule(
        "R70",
        Level.W,
        "external-dns-servers-unused",
        "DNS servers without effect",
        ("external_dns_servers", "external_dns_adapter_enabled"),
        _unasked("external"),
    ),
    Rule(
        "R70",
        Level.W,
        "internal-dns-servers-unused",
        "DNS servers without effect",
        ("internal_dns_servers", "internal_dns_adapter_enabled"),
        _unasked("internal"),
    ),
)
