"""A saved plan and the files that its expressions read: those must be as they were."""

from base64 import b64encode

import pytest
from app_bench import Run, block, out

from reconciler.app import inspect
from reconciler.model.diagnostic import ReconcilerError


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def put(run, name, text):
    path = run.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def stale(run):
    """What a saved plan that is refused says."""
    with pytest.raises(ReconcilerError) as caught:
        run.apply_saved()
    (found,) = caught.value.diagnostics
    assert found.code == "stale-plan"
    assert run.state == []
    return found.detail


READING = [
    'file("a.txt")',
    'filebase64("a.txt")',
    'filesha256("a.txt")',
    'templatefile("a.txt", {})',
    'try(file("a.txt"), "")',
    'trimspace(file("./x/../a.txt"))',
]


@pytest.mark.parametrize("expression", READING)
@pytest.mark.parametrize("then", ["two", None], ids=["changed", "gone"])
def test_a_file_that_has_changed_is_named(run, expression, then):
    put(run, "a.txt", "one")
    run.write(block("a", f"comment = {expression}"))
    run.save()
    if then is None:
        (run.root / "a.txt").unlink()
    else:
        put(run, "a.txt", then)
    assert "a.txt" in stale(run)


@pytest.mark.parametrize("expression", READING)
def test_files_that_are_as_they_were_are_no_hindrance(run, expression):
    put(run, "a.txt", "one")
    run.write(block("a", f"comment = {expression}"))
    run.save()
    put(run, "a.txt", "one")
    put(run, "b.txt", "nobody reads it")
    assert run.apply_saved().added == 1


def test_a_file_that_has_come_since_is_named(run):
    run.write(block("a", 'comment = try(file("late.txt"), "none")'))
    run.save()
    put(run, "late.txt", "there")
    assert "late.txt" in stale(run)


def test_whether_a_file_exists_counts_as_well(run):
    run.write(block("a", 'comment = fileexists("late.txt") ? "yes" : "no"'))
    run.save()
    put(run, "late.txt", "there")
    assert "late.txt" in stale(run)


def test_another_text_of_a_file_of_which_only_its_being_counts_is_fine(run):
    put(run, "a.txt", "one")
    run.write(block("a", 'comment = fileexists("a.txt") ? "yes" : "no"'))
    run.save()
    put(run, "a.txt", "two")
    assert run.apply_saved().added == 1


def test_a_new_file_that_fits_a_pattern_is_noticed(run):
    put(run, "d/a.txt", "one")
    run.write(block("a", 'comment = join(",", fileset("d", "*.txt"))'))
    run.save()
    put(run, "d/other.md", "fits not")
    put(run, "d/b.txt", "two")
    assert "*.txt" in stale(run)


def test_a_file_of_a_module_is_named_by_its_path_in_the_project(run):
    put(run, "m/a.txt", "one")
    put(run, "m/main.hcl", block("a", 'comment = file("${path.module}/a.txt")'))
    run.write('module "m" {\n  source = "./m"\n}\n')
    run.save()
    put(run, "m/a.txt", "two")
    assert "m/a.txt" in stale(run)


def test_a_file_that_only_an_output_shows_counts(run):
    put(run, "a.txt", "one")
    run.write(out("o", 'file("a.txt")'))
    run.save()
    put(run, "a.txt", "two")
    assert "a.txt" in stale(run)


def test_what_an_import_block_reads_counts(run):
    run.apply(block("a"))
    (row,) = inspect.state(run.project).instances
    put(run, "id.txt", row.handle)
    run.write("removed {\n  from = send_connector.a\n  lifecycle {\n    destroy = false\n  }\n}\n")
    run.apply()
    run.write(
        'locals {\n  x = { k = file("id.txt") }\n}\n'
        "import {\n  for_each = local.x\n  to = send_connector.a\n  id = each.value\n}\n"
        + block("a")
    )
    run.save()
    put(run, "id.txt", "another")
    assert "id.txt" in stale(run)


def test_the_file_of_an_edge_subscription_must_be_the_one_that_was_planned(run):
    def file(password):
        text = f"<EdgeServerName>EDGE1</EdgeServerName><P>{password}</P>"
        return b64encode(text.encode()).decode()

    put(run, "edge.xml", file("one"))
    run.write(
        'resource "edge_subscription" "e" {\n  site = "Ams"\n  file_data = file("edge.xml")\n}\n'
    )
    run.save()
    put(run, "edge.xml", file("two"))
    assert "edge.xml" in stale(run)
