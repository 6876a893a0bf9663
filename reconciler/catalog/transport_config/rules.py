"""What must hold between the arguments of the transport configuration."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.model.values import Values
from reconciler.schema.kinds.make import elements
from reconciler.schema.rule import Finding, Held, Level, Rule
from reconciler.schema.rules import Check, Test, both, excludes, is_one_of, is_set

_SEND, _RECEIVE = "tls_send_domain_secure_list", "tls_receive_domain_secure_list"
_DEPTH = "max_allowed_agent_generated_message_depth"


def _both_ways(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    """Where both lists are written, so that each can be held to the other."""
    if _SEND not in values or _RECEIVE not in values:
        return
    send, receive = set(elements(values[_SEND])), set(elements(values[_RECEIVE]))
    for culprit, other, lacks in (
        (_SEND, _RECEIVE, send - receive),
        (_RECEIVE, _SEND, receive - send),
    ):
        if lacks:
            yield Finding(
                culprit,
                f"Mutual TLS is set up for one direction only of {', '.join(sorted(lacks))}: add to "
                f"{other} what is missing there, if mail of the other direction is to be secured.",
            )


def _depths(values: Values, _given: frozenset[str], _platform: Platform) -> Iterator[Finding]:
    total, each = values.get(_DEPTH), values.get(f"{_DEPTH}_per_agent")
    if isinstance(total, int) and isinstance(each, int) and total <= each:
        yield Finding(
            _DEPTH,
            f"All agents together should be allowed more than one alone, which has {each}. Raise "
            f"{_DEPTH}, or lower {_DEPTH}_per_agent.",
        )


def _is_tried(name: str) -> Test:
    return both(is_set(name), lambda values: values[name] != 0)


def _useless(site: str, preference: str) -> Check:
    name = f"max_retries_for_{site}_site_shadow"
    return excludes(
        _is_tried(name),
        is_one_of("shadow_message_preference_setting", preference),
        name,
        f'With shadow_message_preference_setting = "{preference}" no copy is tried in a {site} site. '
        f"Remove {name}, or choose another preference.",
    )


RULES = (
    Rule(
        "R25",
        Level.W,
        "mutual-tls-one-way",
        "Mutual TLS in one direction only",
        (_SEND, _RECEIVE),
        _both_ways,
    ),
    Rule(
        "",
        Level.L,
        "agent-depth-not-above-each",
        "Depth of all agents not above that of one",
        (_DEPTH, f"{_DEPTH}_per_agent"),
        _depths,
    ),
    Rule(
        "",
        Level.W,
        "local-shadow-retries-unused",
        "Attempts without effect",
        ("max_retries_for_local_site_shadow", "shadow_message_preference_setting"),
        _useless("local", "RemoteOnly"),
    ),
    Rule(
        "",
        Level.W,
        "remote-shadow-retries-unused",
        "Attempts without effect",
        ("max_retries_for_remote_site_shadow", "shadow_message_preference_setting"),
        _useless("remote", "LocalOnly"),
    ),
)

HELD = (
    Held(
        "R25",
        Level.DOCUMENTED,
        "wildcard-not-supported",
        "Wildcard among the domains of mutual TLS",
        (_SEND, _RECEIVE),
        "the spelling of the argument",
    ),
)
