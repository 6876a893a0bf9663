"""`plan -generate-config-out`: what import blocks lack, written as a person would."""

from pathlib import Path

import pytest
from app_bench import Run, block
from world_bench import World

from reconciler.app import generating, planning, saving
from reconciler.app.planning import Options
from reconciler.lang.format.style import canonical
from reconciler.model.diagnostic import ReconcilerError
from reconciler.views import written

CLOUD = """
backend "simulated" {}
backend "simulated" {
  alias   = "cloud"
  version = "EXO"
}
"""


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def take(label, name, kind="send_connector"):
    return f'import {{\n  to = {kind}.{label}\n  id = "{name}"\n}}\n'


def generate(run, path="made.hcl"):
    prepare = generating.into(Path(path), written.blocks, lambda _event: None)
    return planning.make(run.project, Options(), lambda _event: None, prepare)


def refusal(run, path="made.hcl"):
    with pytest.raises(ReconcilerError) as caught:
        generate(run, path)
    return [found.code for found in caught.value.diagnostics]


def text(run):
    return (run.root / "made.hcl").read_text(encoding="utf-8")


def test_only_what_differs_from_defaults_is_written_in_canonical_style(run, world):
    world.send("A", port=2525, comment="by ${hand}")
    run.write(take("a", "A"))
    made = generate(run)
    assert text(run) == (
        'resource "send_connector" "a" {\n'
        '  name                     = "A"\n'
        '  comment                  = "by $${hand}"\n'
        '  address_spaces           = ["a.example"]\n'
        '  source_transport_servers = ["MBX1"]\n'
        "  port                     = 2525\n"
        "}\n"
    )
    assert canonical(text(run)) == text(run)
    assert [(str(c.address), c.action.value, bool(c.imported)) for c in made.changes] == [
        ("send_connector.a", "no-op", True)
    ]


def test_the_plan_after_it_shows_the_imports_alone(run, world):
    world.send("A", max_message_size=None)
    world.send("B", enabled=False)
    run.write(take("a", "A") + take("b", "B"))
    generate(run)
    assert run.plan() == ({}, {})
    run.apply()
    assert run.state == ["send_connector.a", "send_connector.b"]
    assert run.plan() == ({}, {})


def test_a_plan_saved_with_it_can_be_applied(run, world):
    world.send("A")
    run.write(take("a", "A"))
    prepare = generating.into(Path("made.hcl"), written.blocks, lambda _event: None)
    made, basis = saving.make(run.project, Options(), lambda _event: None, prepare)
    saving.save(run.project, made, run.root / "plan", basis)
    run.apply_saved()
    assert run.state == ["send_connector.a"]


def test_a_file_that_exists_is_never_overwritten(run, world):
    world.send("A")
    run.write(take("a", "A"))
    (run.root / "made.hcl").write_text("# mine\n", encoding="utf-8")
    assert refusal(run) == ["file-exists"]
    assert text(run) == "# mine\n"


def test_a_link_is_not_followed(run, world):
    world.send("A")
    run.write(take("a", "A"))
    (run.root / "sub").mkdir()
    (run.root / "sub" / "made.hcl").symlink_to(run.root / "elsewhere.hcl")
    assert refusal(run, "sub/made.hcl") == ["file-exists"]
    assert not (run.root / "elsewhere.hcl").exists()


def test_a_file_that_would_not_be_read_is_refused(run):
    run.write(take("a", "A"))
    assert refusal(run, "made.txt") == ["not-a-configuration-file"]
    assert refusal(run, "nowhere/made.hcl") == ["import-not-found"]


def test_a_folder_that_is_not_there_is_told(run, world):
    world.send("A")
    run.write(take("a", "A"))
    assert refusal(run, "nowhere/made.hcl") == ["cannot-write"]


def test_where_nothing_is_missing_nothing_is_written(run, world):
    world.send("A")
    run.write(block("a", name="A") + take("a", "A"))
    generate(run)
    assert not (run.root / "made.hcl").exists()


def test_repeated_resources_are_not_written_from_imports(run, world):
    world.send("A")
    run.write('import {\n  to = send_connector.a["x"]\n  id = "A"\n}\n')
    assert refusal(run) == ["cannot-generate"]


def test_what_exchange_computed_stands_in_a_comment(run, world):
    world.make(
        "receive_connector",
        {"name": "R", "server": "MBX1", "bindings": ("10.0.0.9:2600",),
         "remote_ip_ranges": ("10.0.0.0-10.255.255.255",), "permission_groups": ("AnonymousUsers",)},
    )  # fmt: skip
    run.write(take("r", r"MBX1\\R", "receive_connector"))
    generate(run)
    assert '  # fqdn = "mbx1.contoso.com"\n' in text(run)
    assert run.plan() == ({}, {})


def test_an_object_of_another_backend_says_so(run):
    cloud = '\nresource "inbound_connector" "p" {\n  name = "P"\n  backend = simulated.cloud\n  sender_domains = ["*"]\n}\n'
    run.apply(CLOUD + cloud)
    run.write(
        CLOUD
        + "removed {\n  from = inbound_connector.p\n  lifecycle {\n    destroy = false\n  }\n}\n"
    )
    run.apply()
    run.write(CLOUD + take("q", "P", "inbound_connector"))
    generate(run)
    assert "  backend = simulated.cloud\n" in text(run)
    assert run.plan() == ({}, {})


def test_a_password_that_nobody_can_read_is_asked_for_in_a_comment(run):
    basic = (
        'resource "send_connector" "basic" {\n  name = "Basic"\n  address_spaces = ["b.example"]\n'
        '  dns_routing_enabled = false\n  smart_hosts = ["mx.b.example"]\n  require_tls = true\n'
        '  smart_host_auth_mechanism = "BasicAuthRequireTLS"\n'
        '  authentication_credential = { username = "u", password = "hush-4711" }\n}\n'
    )
    run.apply(basic)
    run.write(
        "removed {\n  from = send_connector.basic\n  lifecycle {\n    destroy = false\n  }\n}\n"
    )
    run.apply()
    run.write(take("b", "Basic"))
    with pytest.raises(ReconcilerError):
        generate(run)
    assert "  # Attention: Basic authentication needs" in text(run)
    assert "  # authentication_credential = { username = …, password = … }\n" in text(run)
    assert "hush-4711" not in text(run)
    assert canonical(text(run)) == text(run)


def test_what_lives_in_state_alone_is_not_written(run):
    run.write(take("d", "x", "reconciler_data"))
    assert refusal(run) == ["cannot-generate"]
