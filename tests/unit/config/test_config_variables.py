"""The values of variables: who wins, what text means, what is refused, and that secrets stay."""

import json

import pytest

from reconciler.config.load import load
from reconciler.config.values_files import Sources
from reconciler.config.variables import values
from reconciler.lang.value import marks, plain, unmark
from reconciler.model.diagnostic import Collector, Severity

V = 'variable "v" {}\n'
HIDDEN = "hunter2"


@pytest.fixture
def project(tmp_path):
    """Evaluates the variables of a project made of files."""

    def run(main, *, files=(), ask=None, **sources):
        for name, text in {"main.hcl": main, **dict(files)}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        problems = Collector()
        found = load(tmp_path, problems)
        assert not problems.found
        return values(found, Sources(**{"environment": {}} | sources), ask, problems), list(
            problems
        )

    return run


@pytest.fixture
def good(project):
    def run(*args, **kwargs):
        found, problems = project(*args, **kwargs)
        assert not problems
        return {name: plain(value) for name, value in found.items()}

    return run


@pytest.fixture
def bad(project):
    def run(*args, **kwargs):
        (problem,) = project(*args, **kwargs)[1]
        return problem

    return run


ORDER = [
    ("env", {"environment": {"RECONCILER_VAR_v": "env"}}),
    ("project", {"files": {"reconciler.vars.hcl": 'v = "project"'}}),
    ("project json", {"files": {"reconciler.vars.hcl.json": '{"v": "project json"}'}}),
    ("workspace", {"files": {"lab.vars.hcl": 'v = "workspace"'}}),
    ("workspace json", {"files": {"lab.vars.hcl.json": '{"v": "workspace json"}'}}),
    ("auto a", {"files": {"a.auto.vars.hcl": 'v = "auto a"'}}),
    ("auto b", {"files": {"b.auto.vars.hcl.json": '{"v": "auto b"}'}}),
    ("auto c", {"files": {"c.auto.vars.hcl": 'v = "auto c"'}}),
    ("file", {"given": [("file", "x.hclvars")], "files": {"x.hclvars": 'v = "file"'}}),
]


@pytest.mark.parametrize("upto", range(len(ORDER)), ids=[name for name, _ in ORDER])
def test_the_strongest_value_wins(good, upto):
    merged = {"files": {}, "environment": {}, "given": []}
    for _, source in ORDER[: upto + 1]:
        merged["files"].update(source.get("files", {}))
        merged["environment"].update(source.get("environment", {}))
        merged["given"] += source.get("given", [])
    assert good('variable "v" { default = "d" }', workspace="lab", **merged) == {
        "v": ORDER[upto][0]
    }


def test_without_a_value_there_is_the_default(good):
    assert good('variable "v" { default = "d" }') == {"v": "d"}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([("var", "v=1"), ("file", "x.vars")], "file"),
        ([("file", "x.vars"), ("var", "v=1")], "1"),
        ([("var", "v=1"), ("var", "v=2")], "2"),
    ],
)
def test_on_the_command_line_the_last_one_wins(good, given, expected):
    assert good(V, files={"x.vars": 'v = "file"'}, given=given) == {"v": expected}


def test_what_a_saved_plan_holds_is_strongest(good):
    assert good(V, given=[("var", "v=1")], saved={"v": [1, "a"]}) == {"v": [1, "a"]}


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("", "1", "1"),
        ("", "[1]", "[1]"),
        ("", 'a = "b"', 'a = "b"'),
        ("type = string", "true", "true"),
        ("type = string", "", ""),
        ("type = number", "25", 25),
        ("type = number", "-1", -1),
        ("type = bool", "true", True),
        ("type = any", "[1]", [1]),
        ("type = any", '"x"', "x"),
        ("type = list(string)", '["a", 1]', ["a", "1"]),
        ("type = map(number)", '{ a = 1, b = "2" }', {"a": 1, "b": 2}),
        ("type = set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("type = object({ a = optional(number, 7) })", "{}", {"a": 7}),
    ],
)
@pytest.mark.parametrize("way", ["environment", "option", "prompt"])
def test_text_from_outside_is_read_by_the_type(good, declared, text, expected, way):
    ways = {
        "environment": {"environment": {"RECONCILER_VAR_v": text}},
        "option": {"given": [("var", f"v={text}")]},
        "prompt": {"ask": lambda _: text},
    }
    assert good(f'variable "v" {{ {declared} }}', **ways[way]) == {"v": expected}


def test_a_prompt_is_told_the_variable(good):
    asked = []

    def ask(variable):
        asked.append((variable.name, variable.sensitive))
        return "x"

    good('variable "v" { sensitive = true }\nvariable "w" { default = 1 }', ask=ask)
    assert asked == [("v", True)]


def test_without_anybody_to_ask_a_missing_value_is_an_error(bad):
    found = bad(V)
    assert found.code == "no-value-for-variable"
    for way in ('-var "v=…"', "-var-file", "reconciler.vars.hcl", "RECONCILER_VAR_v"):
        assert way in found.detail


def test_all_missing_values_are_reported(project):
    _, problems = project('variable "a" {}\nvariable "b" {}')
    assert [d.context for d in problems] == ['variable "a"', 'variable "b"']


def test_the_environment_may_hold_names_that_nobody_declared(good):
    assert good('variable "v" { default = 1 }', environment={"RECONCILER_VAR_w": "x"}) == {"v": 1}


def test_an_option_for_an_undeclared_variable_is_an_error(bad):
    found = bad('variable "port" { default = 1 }', given=[("var", "prot=1")])
    assert (found.code, found.severity) == ("undeclared-variable-value", Severity.ERROR)
    assert 'Did you mean "port"?' in found.detail


def test_a_file_that_names_an_undeclared_variable_is_a_warning_with_its_place(bad):
    found = bad('variable "v" { default = 1 }', files={"reconciler.vars.hcl": "\nw = 1\n"})
    assert (found.code, found.severity) == ("undeclared-variable-value", Severity.WARNING)
    assert (found.span.path, found.span.line) == ("reconciler.vars.hcl", 2)


@pytest.mark.parametrize("option", ["v", "=1", ""])
def test_an_option_without_name_or_value_is_an_error(bad, option):
    assert (
        bad('variable "v" { default = 1 }', given=[("var", option)]).code == "invalid-var-option"
    )


def test_a_file_that_is_not_there_is_an_error(bad):
    found = bad('variable "v" { default = 1 }', given=[("file", "nope.vars.hcl")])
    assert found.code == "unreadable-file"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("v = var.w", "not-a-constant", 1),
        ('v = upper("x")', "not-a-constant", 1),
        ('v = "${local.x}"', "not-a-constant", 1),
        ('v = 1\nvariable "v" {}', "block-in-values", 2),
    ],
)
def test_files_of_values_hold_nothing_but_values(bad, text, code, line):
    found = bad(V, files={"reconciler.vars.hcl": text + "\n"})
    assert (found.code, found.span.line) == (code, line)


def test_files_of_values_may_calculate(good):
    assert good(V, files={"reconciler.vars.hcl": 'v = "a${1 + 1}"\n'}) == {"v": "a2"}


def test_values_in_json_keep_their_digits(good):
    text = '{"v": {"a": [1, 0.1, 12345678901234567890123, true, null, "x"]}}'
    found = good('variable "v" {}', files={"reconciler.vars.hcl.json": text})["v"]["a"]
    assert found[2] == 12345678901234567890123
    assert float(found[1]) == 0.1
    assert (found[0], found[3:]) == (1, [True, None, "x"])


def test_text_in_json_is_taken_as_it_stands(good):
    texts = ["x${1 + 1}", "$${y}", "%{ if", "${var.w}"]
    found = good(V, files={"reconciler.vars.hcl.json": json.dumps({"v": texts})})
    assert found == {"v": texts}


def test_a_comment_may_stand_among_values_in_json(good):
    text = '{"//": "why", "v": {"//": "kept"}}'
    found = good('variable "v" {}', files={"reconciler.vars.hcl.json": text})
    assert found == {"v": {"//": "kept"}}


def test_a_mistake_among_values_in_json_is_told_with_its_place_alone(project):
    text = '{\n"//": 1,\n"v": [\n  {"a": hunter2}\n]}'
    _, (problem,) = project('variable "v" {}', files={"reconciler.vars.hcl.json": text})
    assert (problem.span.line, problem.span.column, problem.secret) == (4, 9, True)
    assert "hunter2" not in problem.detail


def test_json_with_very_many_names_is_read(good):
    names = {f"v{n}": n for n in range(150)}
    main = "".join(f'variable "{name}" {{}}\n' for name in names)
    assert good(main, files={"reconciler.vars.hcl.json": json.dumps(names)}) == names


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{\n "v": 1,\n}', 2, "comma"),
        ("[1]", 1, "one object"),
        ('{"v": 1,\n "v": 2}', 2, '"v" already has a value in line 1'),
        ('{"v": NaN}', 1, "no value"),
        ('{"v": 1e99999999}', 1, "number"),
        ('{"v": ' + "[" * 100_000, 1, "250 levels deep"),
    ],
)
def test_json_that_is_none_is_refused_with_its_place(bad, text, line, words):
    found = bad('variable "v" { default = 1 }', files={"reconciler.vars.hcl.json": text})
    assert (found.span.path, found.span.line) == ("reconciler.vars.hcl.json", line)
    assert words in found.detail


@pytest.mark.parametrize(
    ("declared", "given", "code"),
    [
        ("type = number", "x", "invalid-variable-value"),
        ("type = list(string)", "[", "invalid-variable-value"),
        ("type = list(string)", "a", "invalid-variable-value"),
        ("type = list(string)", "upper(1)", "invalid-variable-value"),
        ("type = bool", "yes", "invalid-variable-value"),
    ],
)
def test_a_value_of_the_wrong_type_is_refused(bad, declared, given, code):
    found = bad(f'variable "v" {{ {declared} }}', given=[("var", f"v={given}")])
    assert (found.code, found.context) == (code, 'variable "v"')
    assert "var.v from -var" in found.detail


def test_null_means_the_default_where_null_is_forbidden(good):
    main = 'variable "v" {\n nullable = false\n default = "d"\n}'
    assert good(main, files={"reconciler.vars.hcl": "v = null"}) == {"v": "d"}


def test_null_stays_null_where_it_is_allowed(good):
    main = 'variable "v" {\n type = string\n default = "d"\n}'
    assert good(main, files={"reconciler.vars.hcl": "v = null"}) == {"v": None}


def test_null_is_refused_where_it_is_forbidden_and_there_is_no_default(bad):
    found = bad('variable "v" { nullable = false }', files={"reconciler.vars.hcl": "v = null"})
    assert found.code == "null-for-variable"


def test_values_carry_the_marks_of_their_variables(project):
    found, _ = project(
        'variable "s" {\n sensitive = true\n default = 1\n}\n'
        'variable "e" {\n ephemeral = true\n default = 1\n}\nvariable "p" { default = 1 }\n'
    )
    assert {n: marks(v) for n, v in found.items()} == {
        "s": {"sensitive"},
        "e": {"ephemeral"},
        "p": set(),
    }
    assert unmark(found["s"]) == 1


RULE = """
variable "v" {{
  type    = number
  default = 5
  {more}
  validation {{
    condition     = {condition}
    error_message = {message}
  }}
}}
variable "w" {{ default = 3 }}
"""


def rule(condition="var.v > 0", message='"must be positive, got ${var.v}."', more=""):
    return RULE.format(condition=condition, message=message, more=more)


def test_a_value_that_passes_its_validation_is_taken(good):
    assert good(rule())["v"] == 5


def test_a_value_that_fails_its_validation_is_refused_with_the_message_given(bad):
    found = bad(rule(), given=[("var", "v=-1")])
    assert found.code == "validation-failed"
    assert found.detail.startswith("must be positive, got -1.")
    assert (found.span.line, found.span.column) == (7, 21)
    assert found.used == (("var.v", "-1"),)


def test_a_validation_may_look_at_other_variables(bad):
    found = bad(rule("var.v > var.w"), given=[("var", "v=2")])
    assert found.used == (("var.v", "2"), ("var.w", "3"))


def test_the_values_of_sensitive_variables_are_never_shown(project):
    main = rule('var.v != 1 && var.w == "x"', '"not ${var.v}"', "sensitive = true")
    (found,) = project(main, given=[("var", "v=7193")])[1]
    assert "7193" not in repr(found)
    assert found.used == (("var.v", "(sensitive)"), ("var.w", "3"))
    assert found.secret


@pytest.mark.parametrize(
    "condition", ["var.v == 5 ? null : true", '"${var.v}x"', "[var.v]", "var.v"]
)
def test_a_validation_must_say_true_or_false(bad, condition):
    assert bad(rule(condition)).code == "invalid-validation"


def test_a_condition_that_cannot_be_evaluated_is_an_error(bad):
    assert bad(rule("var.v.x.y > 1")).context == 'variable "v"'


def test_a_validation_that_needs_a_variable_without_value_is_left_out(project):
    main = rule("var.v > var.x") + 'variable "x" {}\n'
    assert [d.code for d in project(main)[1]] == ["no-value-for-variable"]


@pytest.mark.parametrize("message", ["null", "[1]", '""'])
def test_an_error_message_must_be_text(bad, message):
    assert bad(rule("var.v > 9", message)).code == "invalid-error-message"


@pytest.mark.parametrize(
    ("declared", "given"),
    [
        ("type = number", HIDDEN),
        ("type = map(number)", f'{{ {HIDDEN} = "x" }}'),
        ("type = list(number)", f'["{HIDDEN}"]'),
        ("type = list(number)", f'["{HIDDEN}'),
        ("type = list(number)", HIDDEN),
        ("type = bool", HIDDEN),
    ],
)
@pytest.mark.parametrize("way", ["environment", "option", "prompt", "file"])
def test_no_message_holds_a_sensitive_value(project, declared, given, way):
    main = f'variable "v" {{\n {declared}\n sensitive = true\n}}'
    ways = {
        "environment": {"environment": {"RECONCILER_VAR_v": given}},
        "option": {"given": [("var", f"v={given}")]},
        "prompt": {"ask": lambda _: given},
        "file": {"files": {"reconciler.vars.hcl": f"v = <<E\n{given}\nE\n"}},
    }
    _, problems = project(main, **ways[way])
    assert problems
    assert HIDDEN not in repr(problems)
