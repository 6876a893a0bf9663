"""Laws of whole estates, any mix of all types: what is applied stays applied, however it is spelt."""

import json
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from estates import PLATFORM, blocks, changed, estate, makeable, thing

from reconciler.app import apply, planning
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.app.validate import run as validate
from reconciler.backends.open import open_backend
from reconciler.model.plan import Action, Plan

SEEDS = range(12)
LARGE = 2_000
TYPES = [pytest.param(rtype, id=rtype.name) for rtype in makeable()]


@dataclass
class Estate:
    root: Path

    @property
    def project(self) -> Project:
        return Project(self.root, "default", {})

    def write(self, things, random: Random | None = None) -> None:
        text = json.dumps(blocks(things, random))
        (self.root / "main.hcl.json").write_text(text, encoding="utf-8")

    def changes(self) -> list[tuple[str, str, list[str]]]:
        """What a plan would do now."""
        made = planning.make(self.project, Options(), lambda _: None)
        return [
            (str(c.address), c.action.value, [d.name for d in c.differences])
            for c in made.changes
            if c.action is not Action.NO_OP
        ]

    def apply(self) -> None:
        def approve(_made: Plan) -> bool:
            return True

        tally = apply.run(self.project, Options(), lambda _: None, plan_file=None, approve=approve)
        assert tally is None or (tally.failed, tally.skipped, tally.not_started) == (0, 0, 0)

    def meddle(self, random: Random) -> None:
        """Another admin brings objects back to what somebody else has, or removes them."""
        backend = open_backend("simulated", {}, root=self.root, environment={}, user="another")
        try:
            for rtype in makeable():
                for handle, values in backend.list(rtype).items():
                    if values.get("make_default") is not True and random.random() < 0.3:
                        self._spoil(backend, rtype, handle, random)
        finally:
            backend.close()

    def _spoil(self, backend, rtype, handle, random: Random) -> None:
        if "comment" in rtype.by_name and random.random() < 0.6:
            backend.update(rtype, handle, {"comment": f"by hand {random.random()}"})
        elif str(backend.read(rtype, handle).values["name"]).startswith(rtype.noun):
            backend.delete(rtype, handle)


@contextmanager
def folder():
    with TemporaryDirectory() as root:
        yield Estate(Path(root))


@pytest.mark.parametrize("rtype", TYPES)
def test_an_object_of_any_type_stays_as_it_was_applied(rtype):
    random = Random(rtype.name)
    with folder() as at:
        things = [thing(random, rtype, n, PLATFORM) for n in range(6)]
        at.write(things)
        validate(at.project)
        at.apply()
        assert at.changes() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_an_estate_applied_plans_empty_in_any_spelling(seed):
    random = Random(seed)
    with folder() as at:
        things = estate(random, random.randrange(1, 25))
        at.write(things)
        at.apply()
        assert at.changes() == []
        for _ in range(3):
            at.write(things, random)
            assert at.changes() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_any_edit_of_an_estate_converges(seed):
    random = Random(seed)
    with folder() as at:
        things = estate(random, random.randrange(1, 25))
        at.write(things)
        at.apply()
        for turn in range(3):
            kept = random.sample(things, k=random.randrange(len(things) + 1))
            edited = [changed(one, random, 1000 + n, PLATFORM) for n, one in enumerate(kept)]
            more = estate(random, 40 + turn)[40 - random.randrange(4) :]
            things = [*edited, *(one for one in more if one.label not in {t.label for t in kept})]
            at.write(things)
            at.apply()
            assert at.changes() == []


@pytest.mark.parametrize("seed", SEEDS)
def test_what_others_did_meanwhile_is_put_right(seed):
    random = Random(seed)
    with folder() as at:
        things = estate(random, random.randrange(1, 25))
        at.write(things)
        at.apply()
        at.meddle(random)
        at.apply()
        assert at.changes() == []


def test_an_estate_of_two_thousand_objects_plans_empty_after_its_apply():
    random = Random(LARGE)
    with folder() as at:
        things = estate(random, LARGE)
        at.write(things)
        at.apply()
        at.write(things, random)
        assert at.changes() == []
