"""`import ADDR ID`: state learns of the object, and Exchange is left alone."""

import pytest
from app_bench import Run, block
from world_bench import World

from reconciler.app import taking
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError
from reconciler.store.sql import open_store


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def take(run, address, name):
    taking.run(run.project, address, name, Options(message="why"), lambda _event: None)


def refusal(run, address, name):
    with pytest.raises(ReconcilerError) as caught:
        take(run, address, name)
    assert not any(
        found.span and found.span.path == "(import)" for found in caught.value.diagnostics
    )
    return [found.code for found in caught.value.diagnostics]


def test_the_object_is_remembered_as_it_is_and_not_changed(run, world):
    world.send("A", port=2525)
    before = world.everything()
    run.write(block("a", name="A") + block("b"))
    take(run, "send_connector.a", "A")
    assert world.everything() == before
    assert run.state == ["send_connector.a"]
    assert {address: action.value for address, action in run.plan()[0].items()} == {
        "send_connector.a": "update",
        "send_connector.b": "create",
    }


def test_a_guid_a_key_and_a_module_will_do(run, world):
    handle = world.send("Aeu")
    (run.root / "m").mkdir()
    (run.root / "m" / "main.hcl").write_text(
        block("a", name="A", repeat='for_each = toset(["eu"])'), encoding="utf-8"
    )
    run.write('module "m" {\n  source = "./m"\n}\n')
    take(run, 'module.m.send_connector.a["eu"]', handle)
    assert run.state == ['module.m.send_connector.a["eu"]']


def test_the_run_is_kept_in_history_with_its_reason(run, world):
    world.send("A")
    run.write(block("a", name="A"))
    take(run, "send_connector.a", "A")
    store = open_store("sqlite:///.reconciler/state.db", "default", root=run.root)
    try:
        assert [(one.command, one.message) for one in store.runs()] == [("import", "why")]
        assert [past.address for past in store.history()] == ["send_connector.a"]
    finally:
        store.close()


def test_what_is_in_state_already_is_told(run, world):
    world.send("A")
    world.send("B")
    run.write(block("a", name="A") + block("b", name="B"))
    take(run, "send_connector.a", "A")
    assert refusal(run, "send_connector.a", "B") == ["already-in-state"]
    assert refusal(run, "send_connector.b", "A") == ["already-managed"]


def test_what_exchange_does_not_have_is_told(run, world):
    world.send("A")
    run.write(block("a", name="A"))
    assert refusal(run, "send_connector.a", "Elsewhere") == ["import-not-found"]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("send_connector.none", "import-without-resource"),
        ("sendconnector.a", "not-importable"),
        ("data.send_connector", "not-importable"),
        ("data.send_connector.a", "invalid-address"),
        ("module.m", "invalid-address"),
        ("send_connector.a[each.key]", "invalid-address"),
        ("send_connector.a }", "invalid-address"),
        ('send_connector.a\n for_each = toset(["x"])', "invalid-address"),
    ],
)
def test_an_address_that_takes_nothing_over_is_told(run, address, code):
    run.write(block("a", name="A"))
    assert refusal(run, address, "A") == [code]


def test_an_object_without_a_name_is_told(run):
    run.write(block("a", name="A"))
    assert refusal(run, "send_connector.a", "") == ["invalid-import-id"]


def test_other_imports_of_the_files_wait_for_an_apply(run, world):
    world.send("A")
    world.send("B")
    run.write(
        block("a", name="A")
        + block("b", name="B")
        + 'import {\nto = send_connector.b\nid = "B"\n}'
    )
    take(run, "send_connector.a", "A")
    assert run.state == ["send_connector.a"]


def test_a_run_counts_the_objects_that_state_has_taken_over(run, world):
    world.send("A")
    world.send("B")
    taken = "".join(f'import {{\n  to = send_connector.{n}\n  id = "{n}"\n}}\n' for n in "ab")
    faults = 'backend "simulated" {\n  faults = "Set-*@B=permanent"\n}\n'
    tally = run.apply(faults + block("a", name="A") + block("b", "port = 26", name="B") + taken)
    assert (tally.imported, tally.changed, tally.failed) == (1, 0, 1)
    assert run.state == ["send_connector.a"]
