"""Expressions at the console: what they see, and when state is read."""

import os

import pytest
from app_bench import Run, block, out

from reconciler.app import completion, console, console_history, console_plan, inspect
from reconciler.app.project import Project
from reconciler.lang.shape import NUMBER, STRING
from reconciler.lang.value import SENSITIVE, Unknown, from_plain, mark, plain
from reconciler.model.diagnostic import ReconcilerError


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def desk(run):
    return console.open_desk(run.project, lambda: inspect.state(run.project))


def value(desk, text):
    return desk.value(console.parsed(text))


def codes(call):
    with pytest.raises(ReconcilerError) as caught:
        call()
    return [found.code for found in caught.value.diagnostics]


def unread():
    raise AssertionError("nobody needs the state")


def test_functions_work_in_a_folder_without_configuration(tmp_path):
    empty = Project(tmp_path, "default", {})
    assert value(console.open_desk(empty, unread), 'upper("a")') == "A"
    assert list(tmp_path.iterdir()) == []


def test_expressions_see_variables_locals_and_resources_as_state_has_them(run):
    run.apply(
        'variable "v" { default = "x" }\nlocals { l = send_connector.a.name }\n' + block("a")
    )
    at = desk(run)
    assert value(at, '"${var.v} ${local.l} ${send_connector.a.comment == null}"') == "x a true"


def test_options_and_files_give_variables_their_values(run):
    run.write('variable "v" {}\n')
    run.given = (("var", "v=given"),)
    assert value(desk(run), "var.v") == "given"


def test_a_variable_without_a_value_is_unknown(run):
    run.write('variable "n" { type = number }\nvariable "s" { sensitive = true }\n')
    at = desk(run)
    assert value(at, "var.n") == Unknown(NUMBER)
    assert SENSITIVE in value(at, "var.s").marks


def test_a_resource_that_was_never_made_is_unknown(run):
    run.write(block("a"))
    assert isinstance(value(desk(run), "send_connector.a"), Unknown)


def test_instances_are_seen_by_their_keys(run):
    run.apply(block("a", repeat="count = 2") + block("b", repeat='for_each = toset(["x"])'))
    at = desk(run)
    assert plain(value(at, "send_connector.a[*].name")) == ["a0", "a1"]
    assert value(at, 'send_connector.b["x"].name') == "bx"


def test_instances_under_keys_of_another_sort_are_not_seen(run):
    run.apply(block("a"))
    run.write(block("a", repeat="count = 1"))
    assert isinstance(value(desk(run), "send_connector.a"), Unknown)


def test_outputs_of_modules_are_seen(run):
    (run.root / "inner").mkdir()
    inner = block("a") + out("name", "send_connector.a.name")
    (run.root / "inner" / "main.hcl").write_text(inner, encoding="utf-8")
    run.apply('module "m" {\nsource = "./inner"\nfor_each = toset(["x"])\n}\n')
    assert value(desk(run), 'module.m["x"].name') == "a"


def test_outputs_are_not_seen(run):
    run.apply(out("o", '"x"'))
    at = desk(run)
    assert codes(lambda: value(at, "output.o")) == ["unknown-name"]


def test_state_is_not_read_before_it_is_needed(run):
    run.write('variable "v" { default = 1 }\n' + block("a"))
    at = console.open_desk(run.project, unread)
    assert value(at, "var.v + 1") == 2
    with pytest.raises(AssertionError):
        value(at, "send_connector.a")


def test_a_mistake_in_the_configuration_is_told(run):
    run.write("locals { a = }\n")
    assert codes(lambda: desk(run)) == ["missing-expression"]


def test_what_changes_from_call_to_call_is_evaluated(run):
    run.write("locals { id = uuid() }\n")
    at = desk(run)
    assert value(at, "timestamp()") >= value(at, "plantimestamp()") == at.started
    assert value(at, "local.id") == value(at, "local.id") != value(at, "uuid()")


def test_a_plan_shows_resources_as_they_will_be(run):
    run.write(block("a", 'comment = "new"'))
    at = console_plan.open_desk(run.project)
    assert value(at, "send_connector.a.comment") == "new"
    assert value(at, "send_connector.a.guid") == Unknown(STRING)


def test_a_plan_that_cannot_be_made_is_an_error(tmp_path):
    empty = Project(tmp_path, "default", {})
    assert codes(lambda: console_plan.open_desk(empty)) == ["no-configuration"]


@pytest.mark.parametrize("text", ["[1,", "{", "f(", '"${[', "<<EOT\na", "/* a", "(1 +"])
def test_an_open_bracket_asks_for_another_line(text):
    with pytest.raises(ReconcilerError) as caught:
        console.parsed(text)
    assert console.is_unfinished(caught.value)


@pytest.mark.parametrize("text", ["1 +", "[1 2", "1)", '"abc', "a b"])
def test_a_mistake_does_not_ask_for_another_line(text):
    with pytest.raises(ReconcilerError) as caught:
        console.parsed(text)
    assert not console.is_unfinished(caught.value)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("plantim", ["plantimestamp("]),
        ("va", ["values(", "var"]),
        ("var.", ["var.one", "var.two"]),
        ("var.o", ["var.one"]),
        ("local.o.", ["local.o.inner"]),
        ("send_connector.", ["send_connector.a"]),
        ("send_connector.a.comm", ["send_connector.a.comment"]),
        ("path.m", ["path.module"]),
        ("nothing.", []),
        ("var.nothing.", []),
        ("local.bad.", []),
        ("var.one.", []),
    ],
)
def test_names_are_completed(run, word, expected):
    run.apply(block("a"))
    run.write(
        'variable "one" { default = 1 }\nvariable "two" {}\n'
        'locals {\no = { inner = 1 }\nbad = tonumber("x")\n}\n' + block("a")
    )
    assert completion.completions(desk(run), word) == expected


def test_history_is_kept_in_a_project_for_its_owner_alone(run):
    run.apply(block("a"))
    console_history.save(run.project, ["1 + 1", '"Zürich"'])
    assert console_history.load(run.project) == ["1 + 1", '"Zürich"']
    mode = (run.project.own / "console_history").stat().st_mode
    assert os.name == "nt" or mode & 0o777 == 0o600


def test_history_makes_no_folder(tmp_path):
    project = Project(tmp_path, "default", {})
    console_history.save(project, ["1"])
    assert console_history.load(project) == []
    assert not project.own.exists()


def test_history_does_not_grow_for_ever(run):
    run.project.own.mkdir()
    console_history.save(run.project, [str(n) for n in range(1500)])
    assert console_history.load(run.project)[0] == "500"


@pytest.mark.parametrize(
    ("line", "found", "kept"),
    [
        ("1 + 1", 2, True),
        ("var.password", mark("x", SENSITIVE), False),
        ('[sensitive("x")]', (mark("x", SENSITIVE),), False),
        ('nonsensitive(sensitive("x"))', "x", False),
        ("var.list", from_plain(["a"]), True),
    ],
)
def test_history_keeps_nothing_sensitive(line, found, kept):
    assert console_history.may_be_kept(line, found) is kept
