"""From a folder to a configuration, and what is wrong with a folder as a whole."""

import os

import pytest

from reconciler.config import files
from reconciler.config.load import load
from reconciler.lang.syntax import Text
from reconciler.model.diagnostic import Collector


def loaded(root, **texts):
    """The configuration of files whose names are given without `.hcl`, and its problems."""
    for name, text in texts.items():
        (root / f"{name}.hcl").write_text(text, encoding="utf-8")
    problems = Collector()
    return load(root, problems), list(problems)


def test_files_are_read_in_the_order_of_their_names(tmp_path):
    found, problems = loaded(
        tmp_path, b='resource "r" "two" {}', a='resource "r" "one" {}', c="locals { x = 1 }"
    )
    assert not problems
    assert [block.name for block in found.resources] == ["one", "two"]
    assert list(found.texts) == ["a.hcl", "b.hcl", "c.hcl"]
    assert found.complete


def test_the_problems_of_all_files_are_reported_in_the_order_of_the_text(tmp_path):
    _, problems = loaded(
        tmp_path, b="nope {}\n", a='output "x" {}\nnope {}\n', c="locals { a = }\n"
    )
    places = [(d.span.path, d.span.line) for d in problems]
    assert places[:3] == [("a.hcl", 1), ("a.hcl", 2), ("b.hcl", 1)]
    assert places[3][0] == "c.hcl"


def test_a_folder_without_configuration_says_what_to_write(tmp_path):
    (tmp_path / "x.vars.hcl").write_text("a = 1")
    found, (problem,) = loaded(tmp_path)
    assert problem.code == "no-configuration"
    assert 'resource "send_connector"' in problem.detail
    assert not found.complete


def test_an_empty_file_is_a_configuration(tmp_path):
    assert loaded(tmp_path, main="")[1] == []


def test_terraform_files_get_a_hint(tmp_path):
    (tmp_path / "main.tf").write_text("")
    _, (problem,) = loaded(tmp_path)
    assert ".tf files" in problem.detail


def test_a_missing_folder_is_one_error(tmp_path):
    _, (problem,) = loaded(tmp_path / "nope")
    assert problem.code == "no-such-folder"


def test_json_is_configuration_like_any_other(tmp_path):
    (tmp_path / "x.hcl.json").write_text('{"locals": {"b": 2}}')
    found, problems = loaded(tmp_path, main="locals { a = 1 }")
    assert not problems
    assert list(found.locals) == ["a", "b"]
    assert list(found.texts) == ["main.hcl", "x.hcl.json"]


def test_json_that_is_broken_is_told_with_its_place_and_the_rest_still_read(tmp_path):
    (tmp_path / "x.hcl.json").write_text('{"locals": {\n  "b": [}}')
    found, (problem,) = loaded(tmp_path, main="locals { a = 1 }")
    assert (problem.code, problem.span.path, problem.span.line) == (
        "invalid-json",
        "x.hcl.json",
        2,
    )
    assert "a" in found.locals
    assert not found.complete


def test_json_overrides_hcl_and_hcl_overrides_json(tmp_path):
    (tmp_path / "a.hcl.json").write_text('{"output": {"o": {"value": 1}, "p": {"value": 1}}}')
    (tmp_path / "override.hcl.json").write_text('{"output": {"o": {"value": "json"}}}')
    found, problems = loaded(tmp_path, x_override='output "p" { value = "hcl" }')
    assert not problems
    assert [found.outputs[name].value.value for name in "op"] == ["json", "hcl"]


def test_a_file_that_does_not_parse_makes_the_configuration_incomplete(tmp_path):
    found, problems = loaded(tmp_path, a="locals {\n  a = \n", b="locals { b = 1 }")
    assert problems
    assert not found.complete
    assert "b" in found.locals


def test_a_mistake_in_the_syntax_names_its_block_too(tmp_path):
    text = 'locals { a = 1 }\nresource "r" "a" {\n  x = "\\q"\n}\n'
    _, (problem,) = loaded(tmp_path, main=text)
    assert (problem.span.line, problem.context) == (3, 'resource "r" "a"')


def test_a_mistake_in_a_block_leaves_the_configuration_complete(tmp_path):
    found, problems = loaded(tmp_path, a="nope {}")
    assert problems
    assert found.complete


def test_one_unreadable_file_does_not_hide_the_others(tmp_path):
    (tmp_path / "bad.hcl").write_bytes(b"\xff")
    found, (problem,) = loaded(tmp_path, good="locals { a = 1 }")
    assert problem.code == "invalid-utf8"
    assert "a" in found.locals


def test_configuration_that_is_too_large_in_all_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "MAX_TOTAL", 10)
    _, problems = loaded(tmp_path, a="# eight..\n", b="# eight..\n")
    assert [d.code for d in problems] == ["configuration-too-large"]


def test_the_digest_tells_names_and_texts_apart(tmp_path):
    digests = set()
    for number, texts in enumerate([{"a": "#x", "b": ""}, {"a": "#", "b": "#"}, {"c": "#x"}]):
        folder = tmp_path / str(number)
        folder.mkdir()
        digests.add(loaded(folder, **texts)[0].digest)
    assert len(digests) == 3


def test_the_digest_does_not_depend_on_where_the_folder_is(tmp_path):
    digests = set()
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        digests.add(loaded(tmp_path / name, a="locals { a = 1 }")[0].digest)
    assert len(digests) == 1


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_a_named_pipe_among_the_files_is_refused_without_waiting(tmp_path):
    os.mkfifo(tmp_path / "x.hcl")
    _, (problem,) = loaded(tmp_path, main="")
    assert problem.code == "not-an-ordinary-file"


def test_overrides_replace_arguments_and_keep_the_others(tmp_path):
    found, problems = loaded(
        tmp_path,
        main='resource "r" "a" {\n  x = "1"\n  y = "1"\n}\nlocals {\n  p = "1"\n  q = "1"\n}',
        override='resource "r" "a" {\n  y = "2"\n  z = "2"\n}\nlocals { q = "2" }',
        z_override='resource "r" "a" { z = "3" }',
    )
    assert not problems
    (block,) = found.resources
    assert {n: a.expr.value for n, a in block.arguments.items()} == {"x": "1", "y": "2", "z": "3"}
    assert found.locals["p"].expr.value == "1"
    assert found.locals["q"].expr.value == "2"
    assert block.header.path == "main.hcl"


def test_lifecycle_blocks_are_merged_argument_by_argument(tmp_path):
    found, problems = loaded(
        tmp_path,
        main='resource "r" "a" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}',
        override='resource "r" "a" {\n  lifecycle {\n    create_before_destroy = true\n  }\n}',
    )
    assert not problems
    lifecycle = found.resources[0].lifecycle
    assert lifecycle.prevent_destroy is not None
    assert lifecycle.create_before_destroy is not None


def test_nested_blocks_that_are_no_conditions_are_replaced_as_a_whole(tmp_path):
    found, problems = loaded(
        tmp_path,
        main='reconciler {\n  state {\n    url = "a"\n  }\n}',
        override='reconciler {\n  state {\n    url = "b"\n  }\n}',
    )
    assert not problems
    assert found.settings.state is not None
    assert isinstance(found.settings.state.url, Text)
    assert found.settings.state.url.value == "b"


def test_an_override_of_the_version_replaces_all_of_it(tmp_path):
    found, problems = loaded(
        tmp_path,
        a='reconciler { required_version = ">= 9" }',
        b='reconciler { required_version = ">= 8" }',
        override='reconciler { required_version = ">= 0.1" }',
    )
    assert not problems
    assert found.settings.required_version == ">= 0.1"


def test_the_default_backend_can_be_overridden_by_one_of_another_kind(tmp_path):
    found, problems = loaded(
        tmp_path,
        main='backend "exchange" { uri = "https://a.example" }',
        override='backend "simulated" { latency = 1 }',
    )
    assert not problems
    (backend,) = found.backends
    assert (backend.kind, list(backend.arguments)) == ("simulated", ["latency"])


def test_a_backend_of_the_same_kind_keeps_what_is_not_overridden(tmp_path):
    found, _ = loaded(
        tmp_path,
        main='backend "simulated" {\n  alias = "lab"\n  role = "edge"\n}',
        override='backend "simulated" {\n  alias = "lab"\n  version = "2019"\n}',
    )
    assert list(found.backends[0].arguments) == ["role", "version"]


def test_the_default_backend_can_be_overridden_where_none_is_declared(tmp_path):
    found, problems = loaded(
        tmp_path, main="", override='backend "simulated" { version = "2019" }'
    )
    assert not problems
    assert [backend.kind for backend in found.backends] == ["simulated"]


def test_settings_can_be_overridden_and_added(tmp_path):
    found, problems = loaded(
        tmp_path,
        main="",
        a_override='reconciler { required_version = ">= 1.0" }',
        override='reconciler { required_version = ">= 0.1" }',
    )
    assert not problems
    assert found.settings.required_version == ">= 0.1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('resource "r" "nope" {}', "nothing-to-override"),
        ('variable "nope" {}', "nothing-to-override"),
        ("locals { nope = 1 }", "nothing-to-override"),
        ('backend "simulated" { alias = "lab" }', "nothing-to-override"),
        ('module "m" { source = "./m" }', "nothing-to-override"),
        ('resource "r" "a" { depends_on = [r.b] }', "unsupported-override"),
        ('resource "r" "a" {\n  lifecycle {\n    precondition {}\n  }\n}', "unsupported-override"),
        ('variable "v" {\n  validation {}\n}', "unsupported-override"),
        ('import {\n  to = r.a\n  id = "y"\n}', "nothing-to-override"),
        ('check "c" {}', "nothing-to-override"),
    ],
)
def test_an_override_that_cannot_be_is_an_error(tmp_path, text, code):
    _, problems = loaded(
        tmp_path,
        main='resource "r" "a" {}\nbackend "simulated" {}\nvariable "v" {}\n'
        'import {\n  to = r.a\n  id = "x"\n}',
        override=text,
    )
    assert (code, "override.hcl") in [(d.code, d.span.path) for d in problems]


def test_beside_a_mistake_in_the_syntax_nothing_is_said_of_what_stands_outside(tmp_path):
    # The header of the block is what is wrong, and tells of all the rest.
    _, problems = loaded(tmp_path, a='resource send a" {\n  name = "A"\n  port = 25\n}\n')
    assert problems[0].span.line == 1
    assert "unknown-argument" not in {one.code for one in problems}
