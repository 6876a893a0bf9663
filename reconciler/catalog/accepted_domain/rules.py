"""What must hold among accepted domains (R66)."""

from collections.abc import Iterator

from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.resource_type import Seat
from reconciler.schema.rule import Finding, Fleet, FleetRule, Held, Level, Scene, SceneRule


def _one_default(
    fleet: Fleet, _others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
    first = ""
    for index, (label, values) in enumerate(fleet):
        if values.get("make_default") is not True:
            continue
        if first:
            yield (
                index,
                Finding(
                    "make_default",
                    f"{first} is to be the default domain too, and there is exactly one. Leave "
                    "make_default to one of them.",
                ),
            )
        first = first or label


def _same_domain(
    fleet: Fleet, others: Fleet, _platform: Platform
) -> Iterator[tuple[int, Finding]]:
    seen = {values.get("domain_name"): label for label, values in others}
    for index, (label, values) in enumerate(fleet):
        domain = values.get("domain_name")
        if domain is UNKNOWN:
            continue
        if domain in seen:
            yield (
                index,
                Finding(
                    "domain_name",
                    f"{seen[domain]} has the domain {domain} already, and Exchange accepts each "
                    "once. Remove one of the two, or import the one that is there.",
                ),
            )
        seen[domain] = label


def _some_default(scene: Scene) -> Iterator[tuple[int, Finding]]:
    """Without a refresh several may look like the default one."""
    given = [values.get("make_default") for _, values in (*scene.wanted, *scene.others)]
    if any(value is True or value is UNKNOWN for value in given):
        return
    for index, (value, before) in enumerate(zip(given, scene.before, strict=False)):
        if value is False and before is not None and before.get("make_default") is True:
            yield (
                index,
                Finding(
                    "make_default",
                    "This is the default domain, and there is always exactly one. Write "
                    "make_default = true in the block of the domain that is to follow it, which "
                    "ends this one; make_default = false does not.",
                ),
            )


SEAT = Seat(
    attribute="make_default",
    unique=("name", "domain_name"),
    code="default-domain-goes",
    summary="The default domain would go",
    called="the default domain",
)

FLEET_RULES = (
    FleetRule(
        "R66",
        Level.DOCUMENTED,
        "several-default-domains",
        "More than one default domain",
        _one_default,
    ),
    FleetRule("R66", Level.E, "duplicate-domain", "Domain accepted twice", _same_domain),
)

SCENE_RULES = (
    SceneRule("R66", Level.DOCUMENTED, "no-default-domain", "No default domain", _some_default),
)

HELD = (
    Held(
        "R66",
        Level.DOCUMENTED,
        SEAT.code,
        SEAT.summary,
        (SEAT.attribute,),
        "the plan, which sees what goes and what takes over before",
    ),
    Held(
        "R66",
        Level.DOCUMENTED,
        "invalid-domain",
        "Invalid domain",
        ("domain_name",),
        "the spelling of the argument",
    ),
    Held(
        "R66",
        Level.DOCUMENTED,
        "not-made-online",
        "Not made in Exchange Online",
        ("domain_name",),
        "the version in the backend block: Microsoft 365 makes its domains itself",
    ),
)
