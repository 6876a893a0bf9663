"""YAML in both directions; the cases were read off Terraform 1.11.4."""

import json
from pathlib import Path

import pytest

from reconciler.lang import functions
from reconciler.lang.functions.declare import FunctionError
from reconciler.lang.limits import holds_at_most
from reconciler.lang.shape import STRING
from reconciler.lang.value import (
    List,
    Map,
    Null,
    Set,
    from_plain,
    json_text,
    make_map,
    mark,
    set_of_strings,
)

CASES = Path(__file__).parents[2] / "cases"


def cases(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


def encode(value):
    return functions.load("yamlencode").body(value)


def decode(text):
    return functions.load("yamldecode").body(text)


def refusal(text):
    with pytest.raises(FunctionError) as caught:
        decode(text)
    return caught.value.message


@pytest.mark.parametrize(("text", "expected"), cases("yaml_decode"), ids=repr)
def test_yaml_means_what_it_means_to_terraform(text, expected):
    if expected == {"error": True}:
        assert refusal(text)
        return
    found = json.loads(json_text(decode(text)))
    assert json.dumps(found, sort_keys=True) == json.dumps(expected, sort_keys=True)


@pytest.mark.parametrize(("value", "expected"), cases("yaml_encode"), ids=lambda v: repr(v)[:40])
def test_values_become_the_yaml_that_terraform_writes(value, expected):
    assert encode(from_plain(value)) == expected


@pytest.mark.parametrize("value", [case[0] for case in cases("yaml_encode")], ids=repr)
def test_yaml_reads_back_as_the_value(value):
    assert decode(encode(from_plain(value))) == from_plain(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (List(STRING, ("a",)), '- "a"\n'),
        (set_of_strings(["b", "a"]), '- "a"\n- "b"\n'),
        (Set(STRING, ()), "[]\n"),
        (make_map(STRING, {"b": "1", "a": "2"}), '"a": "2"\n"b": "1"\n'),
        (Map(STRING, {}), "{}\n"),
        (Null(STRING), "null\n...\n"),
        ((mark("a", "sensitive"),), '- "a"\n'),
    ],
)
def test_collections_are_written_as_sequences_and_mappings(value, expected):
    assert encode(value) == expected


def test_a_bomb_of_aliases_is_refused_once_it_is_too_large():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 8)]
    value = decode("\n".join(lines))
    assert not holds_at_most(1_000_000, value)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opening):
    assert "valid YAML" in refusal(opening * 2000) or "nested" in refusal(opening * 2000)


def test_a_syntax_error_says_where():
    assert refusal("a: 1\nb: c: d") == "it is not valid YAML: line 2, column 5"


def test_a_very_long_text_is_refused():
    assert "longer" in refusal("x" * 1_000_001)


def test_tags_that_would_make_objects_are_refused():
    assert "means nothing here" in refusal("!!python/object/apply:os.getcwd []")
