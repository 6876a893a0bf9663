"""Modules: their folders found and read, put in their place, and checked against their calls."""

import pytest

from reconciler.catalog.index import types
from reconciler.config.load import load
from reconciler.config.sources import Git, git
from reconciler.config.static import check
from reconciler.model.diagnostic import Collector

CONNECTOR = 'resource "send_connector" "out" {\n  name = "Out"\n  address_spaces = ["*"]\n}\n'
CHILD = 'variable "a" {}\noutput "x" { value = var.a }\n' + CONNECTOR


def project(folder, **texts):
    """A project in `folder`: `main` is its own text, every other one a module of that name."""
    for name, text in texts.items():
        place = folder if name == "main" else folder / "modules" / name
        place.mkdir(parents=True, exist_ok=True)
        (place / "main.hcl").write_text(text, encoding="utf-8")
    problems = Collector()
    found = load(folder, problems)
    problems.extend(check(found, types()))
    return found, problems


def call(name, *lines, source="./modules/m"):
    return (
        f'module "{name}" {{\n  source = "{source}"\n' + "".join(f"  {x}\n" for x in lines) + "}\n"
    )


def codes(folder, **texts):
    return [found.code for found in project(folder, **texts)[1]]


def test_a_module_is_put_under_its_call(tmp_path):
    found, problems = project(tmp_path, main=call("one", "a = 1") + call("two", "a = 2"), m=CHILD)
    assert not problems.found
    assert [str(block.module) for block in found.blocks()] == [
        "(('one', None),)",
        "(('two', None),)",
    ]
    assert list(found.texts) == ["main.hcl", "modules/m/main.hcl"]


def test_the_digest_covers_modules(tmp_path):
    before, _ = project(tmp_path, main=call("one", "a = 1"), m=CHILD)
    after, _ = project(tmp_path, main=call("one", "a = 1"), m=CHILD + "# more\n")
    assert before.digest != after.digest


def test_modules_may_be_nested_and_are_seen_from_their_caller(tmp_path):
    middle = call("inner", "a = 1", source="../m")
    found, problems = project(
        tmp_path, main=call("mid", source="./modules/mid"), mid=middle, m=CHILD
    )
    assert not problems.found
    assert [one.folder for one in found.whole()] == [".", "modules/mid", "modules/m"]


@pytest.mark.parametrize(
    ("main", "code"),
    [
        (call("m"), "missing-argument"),
        (call("m", "a = 1", "b = 2"), "unsupported-argument"),
        (call("m", "a = 1", source="./nowhere"), "no-such-module"),
        (call("m", "a = 1", source="hashicorp/consul/aws"), "unknown-module-source"),
        (call("m", "a = 1", source="."), "module-in-itself"),
        (call("m", "a = 1", source="git::https://example.com/a.git"), "module-not-fetched"),
        (call("m", "a = 1", "version = 1"), "unknown-argument"),
        (call("m", "a = 1", "count = 1", "for_each = {}"), "count-and-for-each"),
        (call("m", "a = 1", "backend = exchange.lab"), "no-such-backend"),
        (call("m", "a = 1", "backends = { x = exchange.lab }"), "no-such-backend"),
        (call("m", "a = 1", "backends = [1]"), "invalid-backends"),
        (call("m", "a = module.m.x"), "cycle"),
        (call("m", "a = 1", "count = length(module.m)"), "cycle"),
        (call("m", "a = local.l") + "locals { l = module.m.x }\n", "cycle"),
        (call("m", "a = 1") + "locals { l = module.m.y }\n", "unsupported-attribute"),
        (call("m", "a = 1", "count = 2") + "locals { l = module.m.x }\n", "missing-key"),
        (call("m", "a = 1") + "locals { l = module.m[0].x }\n", "unexpected-key"),
        (call("m", "a = 1") + "locals { l = module }\n", "incomplete-reference"),
        (call("m", "a = 1") + call("m", "a = 1"), "duplicate-name"),
        (call("m", "a = nothing.x"), "unknown-reference"),
    ],
)
def test_a_mistake_in_a_call_is_found_once(tmp_path, main, code):
    assert codes(tmp_path, main=main, m=CHILD) == [code]


def test_a_mistake_inside_of_a_module_is_told_once_and_with_its_file(tmp_path):
    main = call("one") + call("two")
    _, (found,) = project(tmp_path, main=main, m="locals { a = local.b }\n")
    assert (found.code, found.span.path) == ("undeclared-local-value", "modules/m/main.hcl")


def test_a_module_that_has_a_use_for_its_own_result_is_no_cycle(tmp_path):
    child = CHILD + 'variable "b" { default = 0 }\noutput "y" { value = 1 }\n'
    assert not codes(tmp_path, main=call("m", "a = 1", "b = module.m.x"), m=child)


@pytest.mark.parametrize(
    "text",
    [
        'backend "simulated" {}\n',
        'reconciler {\n  state { url = "x" }\n}\n',
        "reconciler {\n  brakes {}\n}\n",
    ],
)
def test_a_module_has_no_backend_no_state_and_no_brakes_of_its_own(tmp_path, text):
    assert codes(tmp_path, main=call("m"), m=text) == ["not-in-a-module"]


def test_modules_that_call_each_other_have_no_end(tmp_path):
    one, other = call("o", source="../other"), call("m", source="../m")
    assert codes(tmp_path, main=call("m"), m=one, other=other) == ["module-in-itself"]


def test_calls_that_double_at_each_level_are_stopped(tmp_path):
    levels = {f"l{n}": "".join(call(x, source=f"../l{n + 1}") for x in "ab") for n in range(20)}
    found = codes(
        tmp_path, main=call("l", source="./modules/l0"), **levels, l20="locals { a = 1 }\n"
    )
    assert set(found) == {"too-many-modules"}


def test_backends_are_handed_down_under_the_names_that_are_given(tmp_path):
    aliases = "".join(f'backend "simulated" {{ alias = "{a}" }}\n' for a in ("west", "east"))
    lines = ("backend = simulated.west", "backends = { lab = simulated.east }")
    child = CONNECTOR.replace("{\n", "{\n  backend = simulated.lab\n")
    found, problems = project(tmp_path, main=aliases + call("m", *lines), m=child)
    assert not problems.found
    assert dict(found.children["m"].passed) == {"": "west", "lab": "east"}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("./a", None),
        ("git::https://h/a.git", Git("https://h/a.git", "", "")),
        ("git::https://h/a.git//sub/dir?ref=v1", Git("https://h/a.git", "sub/dir", "v1")),
        ("git::file:///srv/a//sub", Git("file:///srv/a", "sub", "")),
        ("git::ssh://git@h/a.git?ref=x", Git("ssh://git@h/a.git", "", "x")),
        ("git::git@h:a/b.git//sub", Git("git@h:a/b.git", "sub", "")),
    ],
)
def test_a_git_source_names_a_repository_a_folder_and_a_ref(source, found):
    assert git(source) == found
