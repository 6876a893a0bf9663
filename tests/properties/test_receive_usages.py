"""What a plan lets pass of receive connectors that share a server, Exchange takes step by step."""

import json
from random import Random

import pytest
from estates import PLATFORM
from test_estates import Estate, folder

from reconciler.app import planning
from reconciler.app.planning import Options
from reconciler.catalog.index import types
from reconciler.model.diagnostic import ReconcilerError
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rules import check_fleet

RTYPE = types()["receive_connector"]
SEEDS = range(40)
BINDINGS = ["0.0.0.0:25", "0.0.0.0:587", "10.0.0.5:25", "10.0.0.5:587", "0.0.0.0:2600"]
RANGES = ["10.0.0.0/8", "10.1.0.0/16", "10.0.0.0-10.200.0.0", "0.0.0.0-255.255.255.255"]
USAGES = ["Client", "Custom", "Internal", "Internet", "Partner"]
ROLES = ["HubTransport", "HubTransport", "HubTransport", "FrontendTransport"]


def connector(random: Random, label: str) -> dict[str, object]:
    return {
        "name": label,
        "server": "MBX9",
        "usage": random.choice(USAGES),
        "bindings": random.sample(BINDINGS, k=random.choice((1, 1, 2))),
        "remote_ip_ranges": random.sample(RANGES, k=random.choice((1, 1, 2))),
        "transport_role": random.choice(ROLES),
    }


def fleet(random: Random, kept: dict[str, dict[str, object]]) -> dict[str, dict[str, object]]:
    """Connectors that may stand beside each other, some of them those that are `kept`."""
    found = {label: one for label, one in kept.items() if random.random() < 0.3}
    for label in random.choices("abcdefgh", k=12):
        more = {**found, label: connector(random, label)}
        values = [(name, canonicalise(RTYPE, one, PLATFORM, print)) for name, one in more.items()]
        if label not in found and not list(check_fleet(RTYPE, values, (), PLATFORM)):
            found = more
    return found


def write(at: Estate, found: dict[str, dict[str, object]]) -> None:
    blocks = {"resource": {"receive_connector": found}} if found else {}
    (at.root / "main.hcl.json").write_text(json.dumps(blocks), encoding="utf-8")


def refusals(at: Estate) -> set[str]:
    try:
        planning.make(at.project, Options(), lambda _: None)
    except ReconcilerError as failure:
        return {found.code for found in failure.diagnostics if found.severity == "error"}
    return set()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_step_of_a_plan_that_is_accepted_is_refused(seed):
    random = Random(seed)
    with folder() as at:
        there: dict[str, dict[str, object]] = {}
        for _ in range(4):
            wanted = fleet(random, there)
            write(at, wanted)
            refused = refusals(at)
            assert refused <= {"creation-collides"}
            if not refused:
                at.apply()
                assert at.changes() == []
                there = wanted
