"""`unmanaged`: what Exchange has and nobody here manages."""

from dataclasses import replace

import pytest
from app_bench import Run, block
from world_bench import World

from reconciler.app import apply, unmanaged
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError
from reconciler.views import unmanaged as views


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def found(run, *patterns):
    return unmanaged.run(run.project, patterns, lambda _event: None)


def own(run, *patterns):
    return [(one.rtype.name, one.identity) for one in found(run, *patterns) if not one.system]


def test_what_is_managed_is_not_listed(run, world):
    world.send("B")
    run.apply(block("a"))
    assert own(run, "send_connector") == [("send_connector", "B")]


def test_what_another_workspace_manages_is_not_listed(run, world):
    world.send("B")
    run.write(block("a"))
    lab = replace(run.project, workspace="lab")
    apply.run(lab, Options(), lambda _event: None, plan_file=None, approve=lambda _: True)
    assert own(run, "send_connector") == [("send_connector", "B")]


def test_what_setup_made_is_told_apart(run):
    run.write(block("a"))
    assert own(run) == [("accepted_domain", "contoso.com")]
    kinds = {one.rtype.name for one in found(run)}
    assert kinds >= {"receive_connector", "remote_domain", "transport_config", "transport_service"}


def test_rights_that_exchange_gives_are_its_own_and_others_are_not(run, world):
    guid = world.send("A")
    world.make(
        "send_connector_permission",
        {"connector": guid, "user": "CONTOSO\\X", "extended_right": "ms-Exch-Send-Headers-Forest"},
    )
    run.write(block("b"))
    rights = own(run, "send_connector_permission")
    assert [name.split("\\", 1)[1] for _, name in rights] == [
        "CONTOSO\\X\\ms-Exch-Send-Headers-Forest\\False"
    ]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("send_connector", ["Alpha", "Beta"]),
        ("send_*", ["Alpha", "Beta"]),
        ("send_connector.al*", ["Alpha"]),
        ("*.BETA", ["Beta"]),
        ("send_connector.?eta", ["Beta"]),
    ],
)
def test_patterns_choose_by_type_and_name(run, world, pattern, names):
    world.send("Alpha")
    world.send("Beta")
    run.write(block("c"))
    assert [name for _, name in own(run, pattern)] == names


def test_a_pattern_that_fits_nothing_is_told(run):
    run.write(block("a"))
    with pytest.raises(ReconcilerError) as caught:
        found(run, "send_connector.nix", "accepted_domain")
    assert [one.code for one in caught.value.diagnostics] == ["nothing-unmanaged"]


def test_nothing_is_written(run, world):
    world.send("A")
    run.write(block("b"))
    before = world.everything()
    found(run)
    assert world.everything() == before
    assert not (run.root / ".reconciler" / "state.db").exists()


def test_the_table_counts_what_it_leaves_out(run, world):
    world.send("A\x1b", address_spaces=("SMTP:a.example;1",))
    run.write(block("b"))
    every = found(run, "send_connector", "remote_domain")
    text = views.table(every, system=False)
    assert text.splitlines()[0].split() == ["TYPE", "NAME", "ID"]
    assert "A\\u001b" in text
    assert "Default" not in text
    assert text.endswith(
        "1 object that nobody manages. 1 object of Exchange's own not listed: -system lists them too.\n"
    )
    assert "Default" in views.table(every, system=True)
    assert views.table((), system=False) == "Nothing is unmanaged.\n"


def test_the_document_has_the_same(run, world):
    world.send("A")
    run.write(block("b"))
    every = found(run, "send_connector", "remote_domain")
    document = views.document(every, system=False)
    assert [(one["type"], one["name"]) for one in document["objects"]] == [("send_connector", "A")]
    assert (document["format"], document["hidden"]) == (1, 1)
    assert len(views.document(every, system=True)["objects"]) == 2
