"""The plan that was reviewed is the plan that runs, on what it was made of, or none runs."""

import os
import sys

import pytest
from fault_bench import APPLY, PLAN, Bench, connector

from reconciler.app import plan_file
from reconciler.app.project import Project
from reconciler.model.diagnostic import ReconcilerError

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

SESAME = "correct-horse-battery"
LOCKED = (
    'variable "sesame" {\n  sensitive = true\n}\n'
    + connector(
        "a",
        "A",
        "dns_routing_enabled = false",
        'smart_hosts = ["mx.example"]',
        "require_tls = true",
        'smart_host_auth_mechanism = "BasicAuthRequireTLS"',
        'authentication_credential = {\n    username = "u"\n    password = var.sesame\n  }',
    )
    + connector("b")
)
SAVE = ("plan", "-out=p")
RUN = ("apply", "p")


@pytest.fixture
def saved(bench):
    bench.write(connector("a") + connector("b"))
    assert bench.run(SAVE).code == 0
    return bench.root / "p"


def assert_refused(bench: Bench, *words: str, line=RUN, **environment: str) -> None:
    calls = bench.calls() if (bench.root / ".reconciler" / "exchange.db").exists() else []
    ended = bench.run(line, **environment)
    said = " ".join(ended.err.split())
    assert ended.code == 1, ended.out
    assert all(word in said for word in words), said
    assert "Unexpected" not in said
    assert bench.calls() == calls


@pytest.mark.usefixtures("saved")
def test_a_saved_plan_runs_as_it_was_reviewed(bench):
    assert bench.run(RUN).code == 0
    assert bench.names() == ["A", "B"]
    assert bench.run(PLAN).code == 0


def test_any_altered_byte_is_refused(bench, saved):
    project = Project(bench.root, "default", {})
    original = saved.read_bytes()
    assert plan_file.load(project, saved).steps
    size = len(original)
    for at in (*range(40), *range(40, size, 7), *range(size - 12, size)):
        altered = bytearray(original)
        altered[at] ^= 1 << at % 7
        saved.write_bytes(altered)
        with pytest.raises(ReconcilerError):
            plan_file.load(project, saved)


@pytest.mark.parametrize("alter", [
    lambda data: data[:-1],
    lambda data: data + b"\n",
    lambda data: data + b" ",
    lambda data: data[:40],
    lambda _data: b"",
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: data * 2,
    lambda data: b"\xff" * len(data),
])  # fmt: skip
def test_any_other_length_is_refused(bench, saved, alter):
    saved.write_bytes(alter(saved.read_bytes()))
    assert_refused(bench)


@pytest.mark.usefixtures("saved")
def test_a_plan_runs_once(bench):
    assert bench.run(RUN).code == 0
    assert_refused(bench, "send_connector.a is new", "send_connector.b is new")


@pytest.mark.usefixtures("saved")
def test_a_stale_plan_names_what_changed(bench):
    bench.run(APPLY)
    bench.write(connector("a", "A", "port = 26"))
    bench.run(SAVE)
    bench.run((*APPLY, "-target=send_connector.b"))
    assert_refused(bench, "stale", "send_connector.b is gone")


@pytest.mark.usefixtures("saved")
def test_a_plan_is_not_stale_for_what_it_did_not_read(bench):
    """Another workspace of the same database is another state."""
    assert bench.run(APPLY, RECONCILER_WORKSPACE="other").code == 0
    bench.write(connector("c"))
    bench.run(("destroy", "-auto-approve"), RECONCILER_WORKSPACE="other")
    bench.write(connector("a") + connector("b"))
    assert bench.run(RUN).code == 0


@pytest.mark.usefixtures("saved")
def test_other_files_are_refused(bench):
    bench.write(connector("a") + connector("b", "B2"))
    assert_refused(bench, "configuration files are not those")


@pytest.mark.usefixtures("saved")
def test_another_workspace_is_refused(bench):
    assert_refused(bench, "workspace", RECONCILER_WORKSPACE="other")


def test_another_projects_plan_is_refused(bench, saved, tmp_path):
    other = Bench(tmp_path / "other")
    other.root.mkdir()
    other.write(connector("a") + connector("b"))
    other.run(SAVE)
    saved.write_bytes((other.root / "p").read_bytes())
    assert_refused(bench, "another key")


@pytest.mark.parametrize("kind", ["link", "fifo", "folder", "device"])
def test_only_an_ordinary_file_is_read(bench, saved, kind):
    kept = saved.rename(saved.with_name("kept"))
    if kind == "link":
        saved.symlink_to(kept)
    elif kind == "fifo":
        os.mkfifo(saved)
    elif kind == "folder":
        saved.mkdir()
    line = ("apply", "/dev/zero") if kind == "device" else RUN
    assert_refused(bench, "plan file could not be read", line=line)


def test_saving_follows_no_link(bench, saved, tmp_path):
    """A link with the plan's name is replaced; what it pointed to stays."""
    precious = tmp_path / "precious"
    precious.write_text("precious")
    saved.unlink()
    saved.symlink_to(precious)
    assert bench.run(SAVE).code == 0
    assert precious.read_text() == "precious"
    assert not saved.is_symlink()


@pytest.mark.usefixtures("saved")
@pytest.mark.parametrize("place", ["no/such/folder/p", ".reconciler", "/dev/null/p"])
def test_a_plan_that_cannot_be_saved_is_an_error(bench, place):
    ended = bench.run(("plan", f"-out={place}"))
    assert ended.code == 1
    assert "Unexpected" not in ended.err


def test_a_plan_with_a_secret_asks_for_it_again(bench):
    bench.write(LOCKED)
    assert bench.run(SAVE, RECONCILER_VAR_sesame=SESAME).code == 0
    assert_refused(bench, "No value for a variable")
    assert bench.run(RUN, RECONCILER_VAR_sesame=SESAME).code == 0
    assert bench.run(PLAN, RECONCILER_VAR_sesame=SESAME).code == 0


def test_a_wrong_secret_is_refused_before_anything_is_done(bench):
    bench.write(LOCKED)
    bench.run(SAVE, RECONCILER_VAR_sesame=SESAME)
    assert_refused(bench, "Not the secret that was planned", RECONCILER_VAR_sesame="wrong")
    assert bench.world() == []
