"""What must hold for one remote domain, and among all of them."""

from collections.abc import Iterator

from reconciler.catalog.unique import unique_names
from reconciler.model.platform import Platform
from reconciler.schema.rule import Finding, Fleet, FleetRule, Held, Level, Rule
from reconciler.schema.rules import excludes, is_off, is_one_of


def _same_domain(
    fleet: Fleet, others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
    seen = {values.get("domain_name"): label for label, values in others}
    for index, (label, values) in enumerate(fleet):
        domain = values.get("domain_name")
        if not isinstance(domain, str):
            continue
        if domain in seen:
            yield (
                index,
                Finding(
                    "domain_name",
                    f"{seen[domain]} is about {domain} too, so that it is not plain which of the two "
                    "counts. Keep one of them, or import the one that is there.",
                ),
            )
        seen.setdefault(domain, label)


RULES = (
    Rule(
        "R67",
        Level.DOCUMENTED,
        "internal-replies-to-outsiders",
        "Internal replies to a domain that is not internal",
        ("allowed_oof_type", "is_internal"),
        excludes(
            is_one_of("allowed_oof_type", "InternalLegacy"),
            is_off("is_internal"),
            "is_internal",
            "Exchange makes a domain internal as soon as it gets internal replies, so that "
            "is_internal = false never comes to be beside InternalLegacy. Remove is_internal, or "
            'set allowed_oof_type = "ExternalLegacy".',
        ),
    ),
    Rule(
        "R67",
        Level.W,
        "diagnostics-without-reports",
        "Diagnostic information of reports that are not sent",
        ("ndr_diagnostic_info_enabled", "ndr_enabled"),
        excludes(
            is_off("ndr_diagnostic_info_enabled"),
            is_off("ndr_enabled"),
            "ndr_diagnostic_info_enabled",
            "Where ndr_enabled is false the domain gets no reports, and what they would say does "
            "not matter. Remove one of the two arguments.",
        ),
    ),
)

_GRAMMAR = "the spelling of the argument"


def _held(code: str, summary: str, attribute: str, how: str = _GRAMMAR) -> Held:
    return Held("R67", Level.DOCUMENTED, code, summary, (attribute,), how)


HELD = (
    _held("name-too-long", "Invalid name", "name", "at most 64 characters"),
    _held("invalid-domain", "Invalid domain", "domain_name"),
    _held("invalid-choice", "Invalid choice", "character_set", "the character sets of the page"),
    _held(
        "number-out-of-range", "Invalid limit", "line_wrap_size", 'from 0 to 132, or "unlimited"'
    ),
    _held(
        "not-on-this-version",
        "Argument does not exist on this version",
        "message_count_threshold",
        "the version in the backend block",
    ),
)

FLEET_RULES = (
    unique_names("R67"),
    FleetRule("R67", Level.L, "same-domain", "Two objects about one domain", _same_domain),
)
