"""Reading JSON: places, several mistakes at once, and no text that does harm."""

import json

import pytest

from reconciler.lang.jsonfile import strings
from reconciler.lang.jsonfile.document import Array, Object, Scalar, String
from reconciler.lang.jsonfile.read import read
from reconciler.model.diagnostic import Collector


def good(text):
    problems = Collector()
    found = read(text, "x.json", problems)
    assert not problems.found
    return found


def bad(text):
    problems = Collector()
    read(text, "x.json", problems)
    return [(d.code, d.span.line, d.span.column) for d in problems]


def plain(node):
    match node:
        case Array(items=items):
            return [plain(item) for item in items]
        case Object(members=members):
            return {name.value: plain(value) for name, value in members}
        case String() | Scalar():
            return node.value


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        " [ ] ",
        '{"a": [1, -2, 0, true, false, null, "x"], "b": {"c": {}}}',
        r'"\" \\ \/ \b \f \n \r \t \u00e9 \ud83d\ude00 \\u0041 é"',
        '\r\n\t{"":\r\n[\n]}\n',
    ],
)
def test_what_is_read_is_what_python_reads(text):
    assert plain(good(text)) == json.loads(text)


def test_numbers_are_exact():
    assert [str(n.value) for n in good("[0.1, 1e3, 2.50, 12345678901234567890123]").items] == [
        "1/10",
        "1000",
        "5/2",
        "12345678901234567890123",
    ]


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert plain(good("\ufeff{}")) == {}


def test_every_value_knows_its_place():
    found = good('{\n  "é": [true,\n "x"]\n}')
    ((name, array),) = found.members
    places = [
        (s.line, s.column, s.end_line, s.end_column)
        for s in (found.span, name.span, array.span, *(i.span for i in array.items))
    ]
    assert places == [(1, 1, 4, 2), (2, 3, 2, 6), (2, 8, 3, 6), (2, 9, 2, 13), (3, 2, 3, 5)]


def test_a_name_that_stands_twice_is_kept_twice():
    assert len(good('{"a": 1, "a": 2}').members) == 2


@pytest.mark.parametrize(
    ("raw", "at", "column"),
    [
        ("abc", (1, 3), 13),
        (r"a\nbc", (2, 1), 14),
        (r"a\nbc", (2, 3), 16),
        (r"\"\u00e9\ud83d\ude00x", (1, 4), 31),
        (r"\"", (1, 2), 13),
    ],
)
def test_a_place_in_what_a_string_means_is_one_in_the_file(raw, at, column):
    string = good('\n         "' + raw + '"')
    assert strings.place(string)(*at) == (2, column)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [("invalid-json", 1, 1)]),
        ("{", [("invalid-json", 1, 1)]),
        ("[[\n1", [("invalid-json", 1, 2)]),
        ('{"a": 1,}', [("invalid-json", 1, 8)]),
        ("[1,]", [("invalid-json", 1, 3)]),
        ("[1,,2]", [("invalid-json", 1, 4)]),
        ("[,1]", [("invalid-json", 1, 2)]),
        ("[1 2]", [("invalid-json", 1, 4)]),
        ('{"a" 1}', [("invalid-json", 1, 6)]),
        ('{"a" = 1}', [("invalid-json", 1, 6)]),
        ('{"a": = 1}', [("invalid-json", 1, 7)]),
        ('{"a"}', [("invalid-json", 1, 5)]),
        ('{"a":}', [("invalid-json", 1, 6)]),
        ('{"a":, "b": 1}', [("invalid-json", 1, 6)]),
        ('{"a": 1 "b": 2}', [("invalid-json", 1, 9)]),
        ('{"a": "b": 1}', [("invalid-json", 1, 10)]),
        ("{a: 1}", [("invalid-json", 1, 2)]),
        ("{1: 1}", [("invalid-json", 1, 2)]),
        ("{[]: 1}", [("invalid-json", 1, 2)]),
        ("{'a': 'b'}", [("invalid-json", 1, 2), ("invalid-json", 1, 7)]),
        ("[NaN, True, yes]", [("invalid-json", 1, c) for c in (2, 7, 13)]),
        ("[01, +1, 1., .5, 0x1]", [("invalid-json", 1, c) for c in (2, 6, 10, 14, 18)]),
        ("[1e99999]", [("number-too-large", 1, 2)]),
        ("[@]", [("invalid-json", 1, 2), ("invalid-json", 1, 3)][:1]),
        ('["a\tb"]', [("invalid-json", 1, 4)]),
        ('["a\n"]', [("invalid-json", 1, 2)]),
        ('["a', [("invalid-json", 1, 2)]),
        ("['a", [("invalid-json", 1, 2)]),
        (r'["\q", "\u12", "\ud800"]', [("invalid-escape", 1, c) for c in (3, 9, 17)]),
        ("[1] // a", [("invalid-json", 1, 5)]),
        ("# a\n[/* b\n */ 1]", [("invalid-json", 1, 1), ("invalid-json", 2, 2)]),
        ("[1]]", [("invalid-json", 1, 4)]),
        ("[1}", [("invalid-json", 1, 3)]),
        ("[1] 2", [("invalid-json", 1, 5)]),
        (",", [("invalid-json", 1, 1)]),
        ("[1, 2\n3 4,]", [("invalid-json", 2, 1), ("invalid-json", 2, 3), ("invalid-json", 2, 4)]),
    ],
)
def test_each_mistake_has_its_place(text, found):
    assert bad(text) == found


@pytest.mark.parametrize("many", ["[" * 10_000, '{"a":' * 10_000, "[" * 251 + "]" * 251])
def test_nesting_is_limited(many):
    ((code, line, _),) = bad(many)
    assert (code, line) == ("nested-too-deep", 1)


def test_nesting_up_to_the_limit_is_read():
    assert plain(good("[" * 250 + "]" * 250))


def test_at_most_twenty_mistakes_are_told():
    assert len(bad("[" + "x," * 1000 + "1]")) == 20


def test_the_number_of_words_and_signs_is_limited():
    ((code, _, _),) = bad("[" + "1," * 300_000 + "1]")
    assert code == "file-too-large"


@pytest.mark.parametrize(
    "text",
    ['"' + '\\"' * 500_000, "'" + "a" * 1_000_000, "\n" * 1_000_000, "/" * 1_000_000, "\x00"],
)
def test_long_and_strange_text_is_refused_quickly(text):
    assert bad(text)
