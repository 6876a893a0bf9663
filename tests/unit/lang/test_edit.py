"""Changes to the text of a file that touch nothing but what they are about."""

from textwrap import dedent

import pytest

from reconciler.lang.edit import argument, elements, heredoc
from reconciler.lang.edit.literal import is_literal
from reconciler.lang.parse import parse, parse_expression
from reconciler.model.diagnostic import Collector

ORDER = ("name", "comment", "address_spaces", "port")


def block_of(text):
    problems = Collector()
    body = parse(text, "main.hcl", problems)
    assert problems.found == []
    return body.blocks[0]


def expr_of(text, name):
    return next(a.expr for a in block_of(text).body.arguments if a.name == name)


def replaced(text, name, new):
    return argument.replaced(text, expr_of(text, name), new)


def inserted(text, name, new="1"):
    result = argument.inserted(text, block_of(text), name, new, ORDER)
    assert block_of(result)
    return result


def test_only_the_expression_is_replaced():
    text = 'x "a" {\n\tport   =  25   # the port\r\n  # more\n}\n'
    assert replaced(text, "port", "2525") == text.replace("25 ", "2525 ")


def test_brackets_around_a_value_go_with_it():
    assert replaced("x {\n  port = (25) // p\n}\n", "port", "1") == "x {\n  port = 1 // p\n}\n"


def test_a_new_argument_stands_beside_its_neighbours_of_the_type():
    text = 'x {\n  name           = "A" # n\n  address_spaces = ["a"]\n\n  other = 1\n}\n'
    lines = inserted(text, "comment", '"c"').splitlines(keepends=True)
    assert lines[2] == '  comment        = "c"\n'
    assert "".join([*lines[:2], *lines[3:]]) == text


def test_a_new_argument_comes_above_the_comments_of_what_follows_it():
    text = "x {\n  count = 2\n\n  # about the port\n  // more\n  port = 1\n}\n"
    lines = inserted(text, "name", '"A"').splitlines()
    assert lines[3] == '  name = "A"'


def test_a_longer_name_takes_its_room_and_moves_no_other_line():
    text = 'x {\n  name = "A"\n}\n'
    assert inserted(text, "address_spaces") == 'x {\n  name = "A"\n  address_spaces = 1\n}\n'


def test_a_new_argument_comes_after_what_takes_several_lines():
    text = "x {\n  address_spaces = [\n    1,\n  ] /* a\n b */ # c\n  lifecycle {}\n}\n"
    lines = inserted(text, "port").splitlines()
    assert lines[5] == "  port           = 1"


def test_a_heredoc_keeps_its_end():
    text = "x {\n  name = <<EOT\nport = 1\nEOT\n  lifecycle {}\n}\n"
    assert inserted(text, "port").splitlines()[4] == "  port = 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x {}\n", "x {\n  port = 1\n}\n"),
        ("x { name = 2 }\n", "x {\n  name = 2\n  port = 1\n}\n"),
        ("x {\n}\n", "x {\n  port = 1\n}\n"),
        ("x { # c\n}\n", "x { # c\n  port = 1\n}\n"),
        ("x {\n  lifecycle {}\n}\n", "x {\n  port = 1\n  lifecycle {}\n}\n"),
    ],
)
def test_a_block_without_arguments_of_the_type_gets_its_first_one(text, expected):
    assert inserted(text, "port") == expected


def test_a_folded_block_keeps_the_order_of_its_type():
    assert inserted("x { port = 2 }\n", "name") == "x {\n  name = 1\n  port = 2\n}\n"


def test_line_ends_are_those_of_the_file():
    assert inserted("x {\r\n  name = 2\r\n}\r\n", "port").endswith("  port = 1\r\n}\r\n")


def edited(text, drop=(), add=()):
    text = f"x {{\n  address_spaces = {text}\n}}\n"
    given = expr_of(text, "address_spaces")
    result = elements.edited(text, given, set(drop), add)
    assert block_of(result)
    return result[len("x {\n  address_spaces = ") : -len("\n}\n")]


@pytest.mark.parametrize(
    ("text", "drop", "add", "expected"),
    [
        ('["a", "b"]', [0], ['"c"'], '["b", "c"]'),
        ('[ "a" ]', [], ['"c"'], '[ "a", "c" ]'),
        ("[]", [], ['"c"'], '["c"]'),
        ('["a",]', [0], [], "[]"),
        ('["a", # a\n "b",\n]', [0, 1], [], "[]"),
    ],
)
def test_a_list_on_one_line_stays_on_one_line(text, drop, add, expected):
    assert edited(text, drop, add) == expected


TALL = dedent("""\
    [
        "a", # first, of all
        # about b
        "b",
        "c", /* c */
        "d" // last
      ]""")


def test_elements_on_lines_of_their_own_go_and_come_by_the_line():
    assert edited(TALL, [0, 2]) == dedent("""\
        [
            # about b
            "b",
            "d" // last
          ]""")
    assert edited(TALL, [], ['"e"', '"f"']) == dedent("""\
        [
            "a", # first, of all
            # about b
            "b",
            "c", /* c */
            "d", // last
            "e",
            "f"
          ]""")


def test_an_element_comes_in_the_place_of_the_last_one():
    assert edited('[\n    "a",\n    "b",\n  ]', [1], ['"c"']) == '[\n    "a",\n    "c",\n  ]'


def test_elements_that_share_a_line_go_alone():
    text = '[\n    "a", "b",\n    "c", "d"\n  ]'
    assert edited(text, [1]) == '[\n    "a",\n    "c", "d"\n  ]'
    assert edited(text, [], ['"e"']) == '[\n    "a", "b",\n    "c", "d", "e"\n  ]'


def test_a_bracket_beside_the_last_element_stays_there():
    assert edited('["a",\n    "b"]', [], ['"c"']) == '["a",\n    "b", "c"]'


def test_all_elements_may_be_others():
    text = '[\n    "a",\n    "b",\n  ]'
    assert edited(text, [0, 1], ['"c"', '"d"']) == '[\n    "c",\n    "d",\n  ]'


@pytest.mark.parametrize("dash", ["", "-"])
def test_a_heredoc_stays_a_heredoc(dash):
    source = f"<<{dash}EOT\n    one\n      two\n    EOT" if dash else "<<EOT\none\ntwo\nEOT"
    again = heredoc.rewritten(source, "three\n  ${four}\n\n%{five}\n")
    assert again.startswith(f"<<{dash}EOT\n")
    found = parse_expression(again + "\n", "f", Collector())
    assert found.value == "three\n  ${four}\n\n%{five}\n"


@pytest.mark.parametrize("value", ["no end", "bell\x07\n", ""])
def test_what_a_heredoc_cannot_say_is_left_to_quotes(value):
    assert heredoc.rewritten("<<EOT\na\nEOT", value) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"a"', True),
        ("-5", True),
        ('["a", (1), null]', True),
        ('{ a = "b" }', True),
        ("<<A\nx\nA\n", True),
        ("var.x", False),
        ('["a", local.b]', False),
        ('"${a}b"', False),
        ("max(1, 2)", False),
        ("true ? 1 : 2", False),
        ("1 + 1", False),
    ],
)
def test_what_is_written_out_is_a_literal(text, expected):
    assert is_literal(parse_expression(text, "f", Collector())) is expected
