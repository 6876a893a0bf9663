"""What an outbound connector means for mail.

The mail for accepted domains that no connector names is one destination; a connector that names one of them is
taken to be the more specific, which no page says. Left out: that a connector which takes all mail to the servers
on premises goes before any other.
"""

from collections.abc import Iterator

from reconciler.model.route import Route
from reconciler.model.values import Values
from reconciler.schema.kinds.cloud import domain_and_cost
from reconciler.schema.kinds.make import elements

_ACCEPTED = "all accepted domains"
"""What stands for accepted domains that no connector names; no domain has spaces."""
_NOT_FOR_ALL = ("test_mode", "is_transport_rule_scoped")


def route(values: Values) -> Route | None:
    """None while its name or its domains are not known. One that is tried out, or that only
    transport rules send mail to, carries none of the rest.
    """
    name = values.get("name")
    if not isinstance(name, str) or "recipient_domains" not in values:
        return None
    is_off = values.get("enabled") is False or any(values.get(n) is True for n in _NOT_FOR_ALL)
    return Route(name, tuple(_spaces(values)), enabled=not is_off)


def _spaces(values: Values) -> Iterator[tuple[str, str, int]]:
    domains = elements(values["recipient_domains"])
    for one in domains:
        yield ("SMTP", *domain_and_cost(one))
    if values.get("all_accepted_domains") is True:
        yield ("SMTP", _ACCEPTED, 1)
    if values.get("route_all_messages_via_on_premises") is True and "*" not in domains:
        yield ("SMTP", "*", 1)
