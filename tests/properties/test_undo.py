"""The law of undo: what a run did to Exchange is as if it had never been."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from estates import PLATFORM, Thing, blocks, changed, makeable, thing

from reconciler.app import apply
from reconciler.app.planning import Options
from reconciler.app.project import Project
from reconciler.model.event import StepFailed
from reconciler.model.plan import Mode
from reconciler.schema.attribute import OnChange

SEEDS = range(200)
ASSIGNED = ("Guid", "WhenChanged", "WhenChangedUTC", "WhenCreated", "WhenCreatedUTC")
"""What Exchange gives to an object that is made anew."""


class Folder:
    def __init__(self, root: Path) -> None:
        self._root = root
        self._project = Project(root, "default", {})
        self._runs = 0

    def apply(self, things) -> None:
        text = json.dumps(blocks(things)) if things else "{}"
        (self._root / "main.hcl.json").write_text(text, encoding="utf-8")
        self._run(Options())

    def undo(self) -> None:
        self._run(Options(mode=Mode.UNDO, undo=self._runs))

    def _run(self, options: Options) -> None:
        told = []
        tally = apply.run(
            self._project, options, told.append, plan_file=None, approve=lambda _: True
        )
        self._runs += tally is not None
        assert not [event.problems for event in told if isinstance(event, StepFailed)]

    @property
    def runs(self) -> int:
        return self._runs

    def export(self) -> str:
        """Everything that the simulated Exchange holds; canonical values keep no case of hosts."""
        with closing(sqlite3.connect(self._root / ".reconciler" / "exchange.db")) as database:
            held = database.execute("SELECT noun, name, guid, properties FROM exchange_object")
            objects = sorted(held)
        text = "\n".join(f"{noun} {name} {_lasting(said)}" for noun, name, _, said in objects)
        for noun, name, guid, _ in objects:
            text = text.replace(guid, f"the GUID of {noun} {len(name)}")
        return text.casefold()


KINDS = [
    rtype
    for rtype in makeable()
    if not any(a.kind.is_secret and a.on_change is OnChange.REPLACE for a in rtype.attributes)
]
"""What is written only cannot come back; an object that needs it cannot be made again."""


def estate(random: Random, size: int, first: int = 0) -> list[Thing]:
    numbers = range(first, first + size)
    return [thing(random, random.choice(KINDS), number, PLATFORM) for number in numbers]


def _lasting(properties: str) -> dict[str, object]:
    said = json.loads(properties)
    return {name: value for name, value in said.items() if name not in ASSIGNED}


@pytest.mark.parametrize("seed", SEEDS)
def test_apply_then_undo_leaves_exchange_as_it_was(seed, tmp_path):
    random = Random(seed)
    at = Folder(tmp_path)
    things = estate(random, random.randrange(1, 4))
    at.apply(things)
    before = at.export()
    runs = at.runs
    kept = random.sample(things, k=random.randrange(len(things) + 1))
    edited = [changed(one, random, 1000 + n, PLATFORM) for n, one in enumerate(kept)]
    more = estate(random, 3, first=40)[random.randrange(4) :]
    at.apply([*edited, *more])
    after = at.export()
    if at.runs > runs:
        at.undo()
        assert at.export() == before
        at.undo()
        assert at.export() == after
