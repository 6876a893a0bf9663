"""Types and nouns are loaded by name: every name has its module, and every module its name."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from reconciler.backends.simulated.noun import Noun
from reconciler.backends.simulated.nouns import NOUNS, SEEDED
from reconciler.catalog.index import everything
from reconciler.schema.resource_type import ResourceType
from reconciler.schema.source import PREFIX

ROOT = Path(__file__).parents[2] / "reconciler"


def declaring(folder: Path, package: str, name: str, what: type) -> set[str]:
    """Modules of a package that hold a `what` under `name`."""
    found = [
        p.stem if p.suffix else p.name for p in folder.iterdir() if not p.name.startswith("_")
    ]
    modules = {module: import_module(f"{package}.{module}") for module in found}
    return {m for m, loaded in modules.items() if isinstance(getattr(loaded, name, None), what)}


def test_every_type_stands_in_the_module_of_its_name():
    declared = declaring(ROOT / "catalog", "reconciler.catalog", "TYPE", ResourceType)
    named = {name for name in everything() if not name.startswith(PREFIX)}
    assert declared == named
    assert all(everything()[name].name == name for name in everything())


def test_every_noun_is_known():
    folder, package = ROOT / "backends" / "simulated", "reconciler.backends.simulated"
    declared = declaring(folder, package, "NOUN", Noun)
    assert len(declared) == len(NOUNS)
    assert all(NOUNS[name].name == name for name in NOUNS)
    assert set(SEEDED) <= set(NOUNS)


@pytest.mark.parametrize(
    "rtype", [t for t in everything().values() if t.noun], ids=lambda t: t.name
)
def test_the_simulated_exchange_knows_every_noun(rtype):
    assert rtype.noun in NOUNS


def test_a_plan_loads_only_the_types_that_it_needs():
    code = (
        "import sys\nfrom reconciler.catalog.index import everything\n"
        "assert 'send_connector' in everything()\neverything()['data.send_connector']\n"
        "print(*(m for m in sys.modules if m.startswith('reconciler.catalog.')))"
    )
    done = subprocess.run(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[2] for name in done.stdout.split()}
    assert loaded == {"index", "send_connector", "settings"}
