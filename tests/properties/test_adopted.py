"""Laws of objects that are always there: what is written is so afterwards, however it is spelt."""

from random import Random

import pytest
from estates import PLATFORM, Thing, mistakes
from test_estates import folder

from reconciler.catalog.index import types
from reconciler.model.plan import Action
from reconciler.schema.attribute import Presence
from reconciler.schema.resource_type import Can

ADOPTED = [
    pytest.param(rtype, id=rtype.name)
    for rtype in types().values()
    if rtype.noun and Can.CREATE not in rtype.can and rtype.exists_on(PLATFORM)
]
NAMES = {"server": ("MBX1", "mbx1", "mbx1.contoso.com")}
"""What the simulated Exchange has from the start, by the argument that names it."""


def some(rtype, random: Random) -> Thing:
    """Any arguments together that break no rule, with any of their samples."""
    found = Thing(rtype, "a", {name: NAMES[name] for name in rtype.identity})
    free = [a for a in rtype.attributes if a.presence is Presence.KEPT and a.exists_on(PLATFORM)]
    for attribute in random.sample(free, k=random.randrange(1, len(free))):
        group = random.choice(attribute.kind.alike)
        richer = Thing(rtype, "a", {**found.arguments, attribute.name: group})
        if not mistakes(richer, PLATFORM):
            found = richer
    return found


def fits(thing: Thing) -> bool:
    """Whether no limit is written without the one that it must not pass, which is left as it is."""
    names = set(thing.arguments)
    known = set(thing.rtype.by_name)
    logs = {n.removesuffix("_max_file_size") for n in known if n.endswith("_max_file_size")}
    groups = [
        *({f"{log}_max_file_size", f"{log}_max_directory_size"} for log in logs),
        {"max_outbound_connections", "max_per_domain_outbound_connections"},
        {
            "delay_notification_timeout",
            "transient_failure_retry_count",
            "transient_failure_retry_interval",
        },
    ]
    return all(group <= names or names.isdisjoint(group) for group in groups)


def fitting(rtype, random: Random) -> Thing:
    return next(thing for thing in iter(lambda: some(rtype, random), None) if fits(thing))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rtype", ADOPTED)
def test_what_is_adopted_stays_as_it_was_applied_in_any_spelling(rtype, seed):
    random = Random(seed)
    with folder() as at:
        for _ in range(2):
            one = fitting(rtype, random)
            at.write([one])
            at.apply()
            assert at.changes() == []
            at.write([one], random)
            assert at.changes() == []


@pytest.mark.parametrize("rtype", ADOPTED)
def test_deleting_lines_leaves_what_is_there(rtype):
    random = Random(rtype.name)
    with folder() as at:
        one = fitting(rtype, random)
        at.write([one])
        at.apply()
        bare = Thing(rtype, "a", {name: NAMES[name] for name in rtype.identity})
        at.write([bare])
        assert at.changes() == []
        (at.root / "main.hcl.json").write_text("{}", encoding="utf-8")
        assert [action for _, action, _ in at.changes()] == [Action.FORGET.value]
