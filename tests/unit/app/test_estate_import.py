"""`estate import`: files for what nobody manages, and the proof that nothing would change."""

import json
from contextlib import closing
from itertools import product

import pytest
from app_bench import Run, block
from test_import_command import take
from world_bench import World

from reconciler.app import estate
from reconciler.backends.open import open_backend
from reconciler.catalog.index import types
from reconciler.model.diagnostic import ReconcilerError
from reconciler.schema.canonical import filled
from reconciler.views import estate as views
from reconciler.views import taken

RIGHT = "ms-Exch-Send-Headers-Forest"


@pytest.fixture
def run(tmp_path):
    found = Run(tmp_path)
    found.write('backend "simulated" {}\n')
    return found


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def take_over(run, *patterns, system=False):
    return estate.run(run.project, patterns, views.draft, lambda _event: None, system=system)


def names(found):
    return [page.name for page in found.draft.pages]


def text(run, name):
    return (run.root / name).read_text(encoding="utf-8")


def test_each_type_has_a_file_and_imports_stand_apart(run, world):
    world.send("A")
    found = take_over(run)
    assert names(found) == ["accepted_domains.hcl", "send_connectors.hcl", "imports.hcl"]
    assert (found.imported, found.changes, found.others) == (2, (), 0)
    run.apply()
    assert run.state == ["accepted_domain.contoso_com", "send_connector.a"]
    assert run.plan() == ({}, {})


def test_patterns_choose_a_part(run, world):
    world.send("Alpha")
    world.send("Beta")
    assert take_over(run, "send_connector.al*").imported == 1
    assert "Beta" not in text(run, "send_connectors.hcl")


def test_what_is_managed_is_left_alone(run, world):
    world.send("A")
    world.send("B")
    run.write(block("mine", name="A"))
    take(run, "send_connector.mine", "A")
    assert take_over(run, "send_connector").imported == 1
    assert '"A"' not in text(run, "send_connectors.hcl")


def test_what_is_about_to_be_imported_is_not_written_again(run, world):
    world.send("A")
    take_over(run, "send_connector")
    again = take_over(run, "send_connector")
    assert (names(again), again.imported) == ([], 0)


def test_files_that_exist_are_never_touched(run, world):
    world.send("A")
    (run.root / "send_connectors.hcl").write_text("# mine\n", encoding="utf-8")
    (run.root / "imports.hcl").write_text("# mine too\n", encoding="utf-8")
    found = take_over(run, "send_connector")
    assert names(found) == ["send_connectors_2.hcl", "imports_2.hcl"]
    assert text(run, "send_connectors.hcl") == "# mine\n"


def test_labels_are_unique_among_old_and_new(run, world):
    for name in ("A b", "A-b", "Mine"):
        world.send(name, address_spaces=(f"SMTP:{name[0]}{len(name)}{name[1] == ' '}.example;1",))
    run.apply(block("mine", name="Other"))
    take_over(run, "send_connector")
    run.apply()
    assert run.state == [f"send_connector.{name}" for name in ("a_b", "a_b_2", "mine", "mine_2")]


def test_an_object_whose_password_nobody_can_read_is_left_out_with_the_reason(run, world):
    world.send("A")
    run.apply("""
        backend "simulated" {}
        resource "send_connector" "basic" {
          name                          = "Basic"
          address_spaces                = ["basic.example"]
          dns_routing_enabled           = false
          smart_hosts                   = ["mx.basic.example"]
          require_tls                   = true
          smart_host_auth_mechanism     = "BasicAuthRequireTLS"
          authentication_credential     = { username = "u", password = "hush" }
        }
    """)
    forget = (
        "removed {\n  from = send_connector.basic\n  lifecycle {\n    destroy = false\n  }\n}\n"
    )
    run.apply(forget)
    found = take_over(run, "send_connector")
    assert found.imported == 1
    assert [(one.type, one.identity) for one in found.draft.left_out] == [
        ("send_connector", "Basic")
    ]
    assert "password" in found.draft.left_out[0].why
    assert 'Left out:\n  send_connector "Basic"\n    Basic auth' in taken.text(found)


def test_rights_name_the_connector_whether_it_is_written_or_managed_already(run, world):
    for name in ("A", "B"):
        guid = world.send(name)
        right = {"connector": guid, "user": "CONTOSO\\X", "extended_right": RIGHT}
        world.make("send_connector_permission", right)
    run.write(block("mine", name="A"))
    take(run, "send_connector.mine", "A")
    take_over(run)
    rights = text(run, "send_connector_permissions.hcl")
    assert "= send_connector.mine.guid\n" in rights
    assert "= send_connector.b.guid\n" in rights
    run.apply()
    assert run.plan() == ({}, {})


def test_where_no_plan_can_be_made_nothing_is_written(run, world):
    world.send("A")
    run.write(block("a", name="A"))
    with pytest.raises(ReconcilerError) as caught:
        take_over(run)
    assert [one.code for one in caught.value.diagnostics] == ["already-exists"]
    assert [path.name for path in run.root.glob("*.hcl")] == ["main.hcl"]


def test_with_system_what_is_always_there_is_adopted_without_an_import(run):
    found = take_over(run, "transport_*", system=True)
    assert names(found) == ["transport_config.hcl", "transport_services.hcl"]
    run.apply()
    assert run.plan() == ({}, {})


def test_objects_of_two_backends_say_where_they_are(run):
    cloud = 'backend "simulated" {}\nbackend "simulated" {\n  alias   = "cloud"\n  version = "EXO"\n}\n'
    run.write(cloud)
    take_over(run, "accepted_domain", "remote_domain", system=True)
    assert "  backend = simulated.cloud\n" in text(run, "accepted_domains.hcl")
    run.apply()
    assert run.plan() == ({}, {})


def test_only_its_owner_may_read_what_is_written(run, world):
    world.send("A")
    take_over(run)
    assert (run.root / "imports.hcl").stat().st_mode & 0o077 == 0


def test_the_report_says_what_to_do_next(run, world):
    world.send("A")
    report = taken.text(take_over(run, "send_connector", "remote_domain"))
    assert report == (
        "Written:\n"
        "  send_connectors.hcl  1 object in 1 resource\n"
        "  imports.hcl\n"
        "\n"
        "1 object of Exchange's own left alone: -system takes them over, too.\n"
        "\n"
        "The plan with these files: 1 to import.\n"
        "Nothing would change in Exchange. To take the objects over, run:\n"
        "    reconciler apply\n"
    )


def test_what_else_the_plan_would_do_is_counted(run, world):
    world.send("A")
    run.write(block("new"))
    found = take_over(run, "send_connector")
    assert (found.imported, found.others) == (1, 1)
    assert "1 other change planned besides." in taken.text(found)
    assert taken.document(found)["other_changes"] == 1


def test_where_nothing_is_left_that_is_said(run):
    found = take_over(run, "remote_domain")
    assert taken.text(found).startswith("There is nothing to take over.\n")
    assert taken.document(found)["files"] == []


def test_five_hundred_connectors_are_taken_over_in_one_go(run):
    """Five kinds on each of a hundred servers: five resources."""
    servers = [f"MBX{number:03}" for number in range(100)]
    run.write(f'backend "simulated" {{\n  servers = {json.dumps(servers)}\n}}\n')
    backend = open_backend(
        "simulated", {"servers": servers}, root=run.root, environment={}, user="admin"
    )
    rtype = types()["receive_connector"]
    with closing(backend):
        for port, server in product(range(2501, 2506), servers):
            values = {
                "name": f"Relay {port}",
                "server": server,
                "bindings": (f"0.0.0.0:{port}",),
                "remote_ip_ranges": ("10.0.0.0-10.0.0.255",),
                "transport_role": "FrontendTransport",
                "permission_groups": ("AnonymousUsers",),
            }
            backend.create(rtype, filled(rtype, values, backend.capabilities.platform))
    found = take_over(run, "receive_connector")
    assert (found.imported, found.changes, found.others) == (500, (), 0)
    assert text(run, "receive_connectors.hcl").count('resource "receive_connector"') == 5
    run.apply()
    assert len(run.state) == 500
    assert run.plan() == ({}, {})
