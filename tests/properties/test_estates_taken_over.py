"""Laws of taking an estate over: what is there is written, imported, and stays as it is."""

import sqlite3
from contextlib import closing
from random import Random

import pytest
from estates import CLOUD, PLATFORM, estate, makeable, thing
from test_estates import folder

from reconciler.app import estate as use_case
from reconciler.app import inspect
from reconciler.backends.open import open_backend
from reconciler.catalog.index import types
from reconciler.lang.format.style import canonical
from reconciler.views import estate as views

SEEDS = range(12)
TYPES = [pytest.param(rtype, id=rtype.name) for rtype in makeable()]
CLOUD_TYPES = [pytest.param(rtype, id=rtype.name) for rtype in makeable(CLOUD)]
BACKEND = 'backend "simulated" {{\n  version = "{}"\n}}\n'


def contents(at):
    """Everything that the simulated Exchange keeps, the audit log too."""
    with closing(sqlite3.connect(at.root / ".reconciler" / "exchange.db")) as database:
        return "\n".join(database.iterdump())


def populate(at, things, platform=PLATFORM):
    """The objects are there, and nobody knows where they come from."""
    backend = BACKEND.format(platform.version)
    (at.root / "backend.hcl").write_text(backend, encoding="utf-8")
    at.write(things)
    at.apply()
    for path in (*at.root.glob("*.json"), *(at.root / ".reconciler").iterdir()):
        if not path.name.startswith("exchange.db"):
            path.unlink()


def taken_over(at, *, system):
    """Imports everything; what came of it."""
    found = use_case.run(at.project, (), views.draft, lambda _event: None, system=system)
    assert found.changes == ()
    assert all(is_for_nobody_to_write(one) for one in found.draft.left_out)
    assert system or not found.draft.left_out
    for page in found.draft.pages:
        assert canonical(page.text) == page.text
    at.apply()
    return found


def is_for_nobody_to_write(one):
    """Connectors that come and go with an Edge Subscription, and what Exchange has although the
    server's own settings, which are written too, forbid it (R62).
    """
    forbidden = one.type == "receive_connector" and "use_downgraded_exchange_server" in one.why
    return one.identity.startswith("EdgeSync - ") or forbidden


def missing(at, *, system):
    return use_case.run(
        at.project, (), views.draft, lambda _event: None, system=system
    ).draft.pages


def everything(platform):
    return [t for t in types().values() if t.noun and not t.home and t.exists_on(platform)]


def number_of_objects(at, platform=PLATFORM):
    settings = {"version": platform.version}
    backend = open_backend("simulated", settings, root=at.root, environment={}, user="another")
    with closing(backend):
        return sum(len(backend.list(rtype)) for rtype in everything(platform))


def check(at, *, system):
    before = contents(at)
    taken_over(at, system=system)
    assert at.changes() == []
    assert missing(at, system=system) == ()
    assert contents(at) == before


@pytest.mark.parametrize("rtype", TYPES)
def test_objects_of_any_type_are_taken_over_as_they_are(rtype):
    random = Random(f"import {rtype.name}")
    with folder() as at:
        populate(at, [thing(random, rtype, n, PLATFORM) for n in range(8)])
        check(at, system=False)


@pytest.mark.parametrize("rtype", CLOUD_TYPES)
def test_objects_of_the_cloud_are_taken_over_as_they_are(rtype):
    random = Random(f"import {rtype.name} of the cloud")
    with folder() as at:
        populate(at, [thing(random, rtype, n, CLOUD) for n in range(8)], CLOUD)
        check(at, system=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_random_estate_is_taken_over_and_stays_byte_for_byte(seed):
    random = Random(f"import {seed}")
    with folder() as at:
        populate(at, estate(random, random.randrange(1, 40)))
        check(at, system=bool(seed % 2))


def test_with_what_setup_made_nothing_is_left():
    with folder() as at:
        populate(at, estate(Random("whole"), 30))
        left = taken_over(at, system=True).draft.left_out
        managed = inspect.state(at.project).instances
        assert len(managed) + len(left) == number_of_objects(at)
