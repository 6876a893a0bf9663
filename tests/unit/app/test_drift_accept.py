"""What accepting drift writes, and that a plan is empty then."""

from dataclasses import replace

import pytest
from drift_bench import Drifted

from reconciler.app import accept, accept_files, planning, session
from reconciler.app.inspect import state
from reconciler.model.diagnostic import ReconcilerError, error

A = """\
# Ours
resource "send_connector" "a" {
  name           = "A" # the name
  address_spaces = ["a.example"]

  # For the lab
  port = 25 // not 2525

  lifecycle { prevent_destroy = false }
}
"""


@pytest.fixture
def run(tmp_path):
    made = Drifted(tmp_path)
    made.apply(A)
    return made


def changed_lines(before, after):
    """(lines gone, lines new)."""
    old, new = before.splitlines(), after.splitlines()
    return [x for x in old if x not in new], [x for x in new if x not in old]


def refusal(run, target="send_connector.a", **options):
    before = {path: path.read_bytes() for path in run.root.glob("*.hcl*")}
    rows = state(run.project).instances
    with pytest.raises(ReconcilerError) as caught:
        run.accept(target, **options)
    assert {path: path.read_bytes() for path in run.root.glob("*.hcl*")} == before
    assert state(run.project).instances == rows
    return caught.value.diagnostics[0]


def test_a_literal_is_replaced_and_the_plan_is_empty(run):
    run.set(Port=2525)
    done = run.accept()
    assert changed_lines(A, run.text()) == (
        ["  port = 25 // not 2525"],
        ["  port = 2525 // not 2525"],
    )
    assert done.names == done.recorded == ("port",)
    assert run.plan() == ({}, {})


def test_afterwards_it_is_no_drift_any_more(run):
    run.set(Port=2525, Comment="x")
    run.accept()
    assert run.told() == {}
    assert [one.values["port"] for one in state(run.project).instances] == [2525]


def test_one_argument_is_accepted_and_the_others_stay_drift(run):
    run.set(Port=2525, Comment="x")
    assert run.accept("send_connector.a.comment").names == ("comment",)
    assert changed_lines(A, run.text()) == ([], ['  comment        = "x"'])
    assert run.told() == {"send_connector.a": {"port"}}


def test_a_value_is_written_as_a_person_would_write_it(run):
    run.set(MaxMessageSize="40MB", AddressSpaces=("b.example", "*.c.example;5"))
    run.accept()
    assert 'max_message_size = "40MB"' in run.text()
    assert '["*.c.example;5", "b.example"]' in run.text()


def test_a_rename_by_hand_can_be_accepted(run):
    run.set(Name="A relay")
    run.accept()
    assert changed_lines(A, run.text())[1] == ['  name           = "A relay" # the name']
    assert run.plan() == ({}, {})


def test_a_value_that_is_the_default_is_written_out(run):
    text = A.replace("port = 25 ", "port = 2525 ")
    run.apply(text)
    run.set(Port=25)
    run.accept()
    assert run.text() == text.replace("port = 2525 ", "port = 25 ")


def test_a_value_taken_away_is_written_as_null(run):
    text = A.replace("port = 25 // not 2525", 'comment = "x" # c')
    run.apply(text)
    run.set(Comment=None)
    run.accept()
    assert run.text() == text.replace('"x"', "null")
    assert run.plan() == ({}, {})


def test_a_dry_run_shows_the_same_and_writes_nothing(run):
    run.set(Port=2525)
    before = state(run.project)
    done = run.accept(dry=True)
    assert (run.text(), state(run.project)) == (A, before)
    assert run.accept().files == done.files


def test_where_the_configuration_says_it_already_state_alone_is_told(run):
    run.set(Port=2525)
    run.write(A.replace("port = 25 ", "port = 2525 "))
    done = run.accept()
    assert (done.names, done.recorded, done.files) == ((), ("port",), ())
    assert run.told() == {}


def test_a_configuration_that_was_edited_meanwhile_is_not_undone(run):
    run.set(Port=2525)
    run.write(A.replace('["a.example"]', '["a.example", "b.example"]'))
    assert run.accept().names == ("port",)
    assert '"b.example"' in run.text()
    assert run.plan()[0] == {"send_connector.a": "update"}


def test_what_has_not_drifted_needs_nothing(run):
    done = run.accept()
    assert (done.names, done.recorded, done.files) == ((), (), ())
    assert run.accept("send_connector.a.port").names == ()


def test_line_ends_and_a_byte_order_mark_stay(run):
    data = b"\xef\xbb\xbf" + A.replace("\n", "\r\n").encode()
    (run.root / "main.hcl").write_bytes(data)
    run.set(Port=2525, Comment="x")
    run.accept()
    after = (run.root / "main.hcl").read_bytes()
    added = data.replace(b"port = 25 ", b"port = 2525 ").splitlines(keepends=True)
    added.insert(3, b'  comment        = "x"\r\n')
    assert after == b"".join(added)


def test_the_mode_of_the_file_stays(run):
    (run.root / "main.hcl").chmod(0o640)
    run.set(Port=2525)
    run.accept()
    assert (run.root / "main.hcl").stat().st_mode & 0o777 == 0o640


def test_an_argument_of_an_overriding_file_is_edited_there(run):
    (run.root / "override.hcl").write_text('resource "send_connector" "a" {\n  port = 26\n}\n')
    run.apply()
    run.set(Port=2525, Comment="x")
    done = run.accept()
    assert [one.path for one in done.files] == ["main.hcl", "override.hcl"]
    assert "port = 2525\n" in run.text("override.hcl")
    assert run.plan() == ({}, {})


def test_a_heredoc_stays_one(run):
    run.apply(A.replace("port = 25 // not 2525", "comment = <<-EOT\n    one\n  EOT"))
    run.set(Comment="two\nthree\n")
    run.accept()
    assert "  comment = <<-EOT\n    two\n    three\n  EOT\n" in run.text()
    assert run.plan() == ({}, {})


ORIGINS = {
    "local": ("locals {\n  p = 25\n}\n", "local.p", "local.p", 3, "Nothing else uses it"),
    "locals on the way": (
        "locals {\n  q = 25\n  p = local.q\n}\n", "local.p", "local.q", 3, "Nothing else uses it",
    ),
    "variable": ('variable "p" {\n  default = 25\n}\n', "var.p", "var.p", 3, "its default"),
    "expression": ("", "20 + 5", "an expression", 8, "works it out"),
}  # fmt: skip


@pytest.mark.parametrize("case", ORIGINS)
def test_what_is_not_written_in_the_block_is_refused_with_its_origin(run, case):
    before, expr, what, line, more = ORIGINS[case]
    head = "# Ours\n"
    run.apply(head + before + A.replace(head, "").replace("port = 25", f"port = {expr}"))
    run.set(Port=2525)
    found = refusal(run)
    assert found.code == "not-written-here"
    assert what in found.detail
    assert more in found.detail
    assert "2525" in found.detail
    lines = run.text().splitlines()
    assert found.span.line == (line if before else lines.index("  port = 20 + 5 // not 2525") + 1)


def test_other_users_of_the_origin_are_counted(run):
    text = "locals {\n  p = 25\n}\n" + A.replace("= 25", "= local.p")
    run.apply(text + 'output "p" {\n  value = local.p\n}\n')
    run.set(Port=2525)
    assert "One other expression uses it" in refusal(run).detail


EACH = """\
resource "send_connector" "a" {
  for_each       = { x = 25, y = 25 }
  name           = each.key
  address_spaces = ["${each.key}.example"]
  port           = each.value
}
"""


def test_a_value_of_for_each_is_refused_with_its_place(run):
    run.apply(EACH)
    run.set("x", Port=2525)
    found = refusal(run, 'send_connector.a["x"]')
    assert (found.code, found.span.line) == ("not-written-here", 2)
    assert "for_each" in found.detail


def test_a_literal_of_several_objects_is_accepted_only_where_all_have_it(run):
    run.apply(EACH.replace("each.value", "25"))
    run.set("x", Port=2525)
    found = refusal(run, 'send_connector.a["x"]')
    assert found.code == "shared-argument"
    assert 'send_connector.a["y"]' in found.detail
    run.set("y", Port=2525)
    run.accept('send_connector.a["x"]')
    assert run.plan() == ({}, {})


MODULE = (
    'variable "port" {\n}\n'
    + A.replace('"A"', "var.name")
    .replace('["a.example"]', '["${var.name}.example"]')
    .replace("port = 25", "port = var.port")
    + 'variable "name" {\n}\n'
)


def in_module(run, calls, text=MODULE):
    (run.root / "m").mkdir(exist_ok=True)
    (run.root / "m" / "main.hcl").write_text(text)
    run.apply(
        "".join(
            f'module "{name}" {{\n  source = "./m"\n  name = "{name}"\n  port = 25\n}}\n'
            for name in calls
        )
    )


def test_an_argument_of_a_module_is_refused_with_its_call(run):
    in_module(run, ["one", "two"])
    run.set("one", Port=2525)
    found = refusal(run, "module.one.send_connector.a")
    assert (found.code, found.span.path, found.span.line) == ("not-written-here", "main.hcl", 4)


def test_a_literal_inside_a_module_is_accepted_where_one_call_uses_it(run):
    in_module(run, ["one"], MODULE.replace("var.port", "25"))
    run.set("one", Port=2525)
    run.accept("module.one.send_connector.a")
    assert "port = 2525 // not 2525" in run.text("m/main.hcl")
    assert run.plan() == ({}, {})


def test_a_literal_inside_a_module_that_is_called_twice_is_shared(run):
    in_module(run, ["one", "two"], MODULE.replace("var.port", "25"))
    run.set("one", Port=2525)
    assert refusal(run, "module.one.send_connector.a").code == "shared-argument"


def test_a_module_outside_of_the_project_is_left_alone(tmp_path):
    run = Drifted(tmp_path / "project")
    run.root.mkdir()
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "main.hcl").write_text(A)
    run.apply('module "one" {\n  source = "../m"\n}\n')
    run.set(Port=2525)
    assert refusal(run, "module.one.send_connector.a").code == "not-editable"


def test_json_is_left_alone(tmp_path):
    run = Drifted(tmp_path)
    text = (
        '{"resource": {"send_connector": {"a": {"name": "A", "address_spaces": ["a.example"]}}}}'
    )
    (tmp_path / "main.hcl.json").write_text(text)
    run.apply()
    run.set(Port=2525)
    found = refusal(run)
    assert (found.code, found.span.path) == ("not-editable", "main.hcl.json")
    assert "port = 2525" in found.detail


def test_an_object_that_is_gone_is_refused_with_the_block_to_write(run):
    run.admin("Remove", Identity="A", Confirm=False)
    found = refusal(run)
    assert found.code == "accepted-removal"
    block = found.detail[found.detail.index("removed {") : found.detail.index("\n}\n") + 3]
    run.write(block)
    assert run.plan() == ({}, {})


def test_a_sensitive_value_is_not_written(run):
    hidden = 'variable "c" {\n  default   = "hush-1"\n  sensitive = true\n}\n'
    run.apply(hidden + A.replace("port = 25", "comment = var.c"))
    run.set(Comment="hush-2")
    found = refusal(run)
    assert found.code == "sensitive-drift"
    assert "hush" not in found.detail


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("send_connector.b", "no-such-object"),
        ("send_connector", "no-such-object"),
        ("", "no-such-object"),
        ("send_connector.a.nothing", "unknown-argument"),
        ("send_connector.a.guid", "unknown-argument"),
    ],
)
def test_a_target_that_is_nothing_is_refused(run, target, code):
    assert refusal(run, target).code == code


def test_an_object_without_a_block_is_refused(run):
    run.set(Port=2525)
    run.write(
        'resource "send_connector" "b" {\n  name = "B"\n  address_spaces = ["b.example"]\n}\n'
    )
    assert refusal(run).code == "not-configured"


def test_what_the_configuration_forbids_itself_is_not_written(run):
    inside = 'postcondition {\n      condition = self.port == 25\n      error_message = "No."\n    }\n  '
    run.apply(A.replace("prevent_destroy = false ", f"\n    {inside}"))
    run.set(Port=2525)
    found = refusal(run)
    assert found.code == "cannot-be-written"
    assert found.span is None


def test_a_change_that_asks_for_another_object_is_accepted_all_the_same(run):
    """The plan itself would be refused."""
    run.apply(A.replace("prevent_destroy = false", "prevent_destroy = true"))
    run.set(Port=2525)
    run.accept()
    assert run.plan() == ({}, {})


def test_an_ignored_argument_stays_as_it_is_written(run):
    run.apply(A.replace("prevent_destroy = false", "ignore_changes = [port]"))
    before = run.text()
    run.set(Port=2525)
    done = run.accept()
    assert (done.names, done.recorded, run.text()) == ((), ("port",), before)


def test_what_uses_the_value_is_told_of(run):
    other = 'resource "send_connector" "b" {\n  name = "B"\n  address_spaces = ["b.example"]\n'
    run.apply(A + other + "  port = send_connector.a.port\n}\n")
    run.set(Port=2525)
    done = run.accept()
    assert [w.code for w in done.warnings] == ["follows-what-was-accepted"]
    assert run.plan()[0] == {"send_connector.b": "update"}


def test_coupled_arguments_come_along(run):
    run.set(SmartHosts=("mx.example",), DNSRoutingEnabled=False)
    run.accept()
    assert run.plan() == ({}, {})
    assert run.told() == {}


def test_a_link_is_not_written_through(run):
    (run.root / "inside").mkdir()
    (run.root / "main.hcl").rename(run.root / "inside" / "real.hcl")
    (run.root / "main.hcl").symlink_to("inside/real.hcl")
    run.set(Port=2525)
    assert refusal(run).code == "cannot-write"
    assert (run.root / "main.hcl").is_symlink()
    assert run.text() == A


def test_a_file_that_changed_meanwhile_is_left_as_it_is(run, monkeypatch):
    run.set(Port=2525)
    written = accept_files.write

    def late(root, files):
        with (root / "main.hcl").open("a") as file:
            file.write("# somebody else\n")
        written(root, files)

    monkeypatch.setattr("reconciler.app.accept.write", late)
    with pytest.raises(ReconcilerError) as caught:
        run.accept()
    assert [d.code for d in caught.value.diagnostics] == ["file-changed"]
    assert run.text() == A + "# somebody else\n"
    assert [path.name for path in run.root.iterdir() if "main" in path.name] == ["main.hcl"]


def test_while_somebody_else_works_nothing_is_accepted(run):
    run.set(Port=2525)
    with session.session(run.project) as at, at.store.lease(session.this_process("apply"), 0):
        assert refusal(run).code == "state-locked"
        assert run.accept(dry=True).names == ("port",)


def test_a_run_that_did_not_finish_is_finished_first(run, monkeypatch):
    def left_over(*given):
        return replace(planning.settled(*given), settlements=(object(),))

    run.set(Port=2525)
    monkeypatch.setattr(accept, "settled", left_over)
    assert refusal(run).code == "unfinished-run"


def test_history_keeps_what_was_accepted(run):
    run.set(Port=2525)
    run.accept()
    with session.session(run.project) as at:
        last = list(at.store.runs())[-1]
        (past,) = at.store.history(last.id)
    assert (last.command, last.status.value) == ("drift accept", "done")
    assert (past.before.values["port"], past.after.values["port"]) == (25, 2525)


def test_beside_a_sensitive_value_other_arguments_are_accepted(run):
    hidden = 'variable "c" {\n  default   = "hush-1"\n  sensitive = true\n}\n'
    run.apply(hidden + A.replace("  lifecycle", "  comment = var.c\n  lifecycle"))
    run.set(Port=2525)
    run.accept()
    assert run.plan() == ({}, {})
    assert run.told() == {}


def test_without_the_key_of_sealed_values_nothing_is_written(run, monkeypatch):
    hidden = 'variable "c" {\n  default   = "hush-1"\n  sensitive = true\n}\n'
    run.apply(hidden + A.replace("  lifecycle", "  comment = var.c\n  lifecycle"))
    run.set(Port=2525)

    def missing(_store):
        raise ReconcilerError(error("no-key", "No key"))

    monkeypatch.setattr("reconciler.store.sql.SqlStore.check_key", missing)
    assert refusal(run).code == "no-key"


def test_an_object_that_is_to_move_is_accepted_under_its_new_address(run):
    run.set(Port=2525)
    moved = "moved {\n  from = send_connector.a\n  to   = send_connector.new\n}\n"
    run.write(A.replace('"a" {', '"new" {') + moved)
    done = run.accept("send_connector.new")
    assert done.names == ("port",)
    assert run.plan() == ({}, {})
    run.apply()
    assert run.told() == {}


@pytest.mark.parametrize("meta", ["count = 1", 'for_each = toset(["x"])'])
def test_a_literal_of_a_repeated_block_with_one_object_is_accepted(run, meta):
    run.apply(A.replace("  name ", f"  {meta}\n  name "))
    run.set(Port=2525)
    key = "0" if meta.startswith("count") else '"x"'
    run.accept(f"send_connector.a[{key}]")
    assert "port = 2525 // not 2525" in run.text()
    assert run.plan() == ({}, {})
