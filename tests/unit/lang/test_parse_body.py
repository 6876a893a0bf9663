"""Bodies: items, labels, lines, places, and as many errors as there are mistakes."""

import pytest

from reconciler.lang.parse import parse
from reconciler.model.diagnostic import Collector


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("RECONCILER_CACHE_DIR", str(tmp_path))


def errors(text):
    problems = Collector()
    parse(text, "main.hcl", problems)
    return [(each.code, each.span.line, each.span.column) for each in problems]


def body(text):
    problems = Collector()
    parsed = parse(text, "main.hcl", problems)
    assert not problems.found
    return parsed


def place(span):
    return (span.path, span.line, span.column, span.end_line, span.end_column)


def test_a_block_knows_its_labels_and_places():
    block = body('a "b" c {\n  x = 1\n}\n').blocks[0]
    assert (block.type, block.labels) == ("a", ("b", "c"))
    assert place(block.span) == ("main.hcl", 1, 1, 3, 2)
    assert place(block.header) == ("main.hcl", 1, 1, 1, 8)
    assert [place(span)[2:] for span in block.label_spans] == [(3, 1, 6), (7, 1, 8)]
    assert place(block.body.span) == ("main.hcl", 1, 9, 3, 2)


def test_an_argument_knows_its_places():
    argument = body("\n  name = [1,\n 2]\n").arguments[0]
    assert place(argument.span) == ("main.hcl", 2, 3, 3, 4)
    assert place(argument.name_span) == ("main.hcl", 2, 3, 2, 7)
    assert place(argument.expr.span) == ("main.hcl", 2, 10, 3, 4)


def test_labels_undo_escapes():
    assert body('a "$${x}\\n\\"" {}\n').blocks[0].labels == ('${x}\n"',)


def test_columns_count_characters_and_not_the_byte_order_mark():
    argument = body('\ufeffgrüße = "ä"\n').arguments[0]
    assert place(argument.expr.span)[2:] == (9, 1, 12)


def test_crlf_counts_as_one_line_break():
    assert [each.name_span.line for each in body("a = 1\r\nb = 2\r\n").arguments] == [1, 2]


@pytest.mark.parametrize("name", ["for", "in", "if", "null", "true", "endfor", "for_each", "é-1"])
def test_any_word_may_name_an_argument_and_a_block(name):
    parsed = body(f"{name} = 1\n{name} {{\n}}\n")
    assert (parsed.arguments[0].name, parsed.blocks[0].type) == (name, name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a = 1 b = 2\n", ("missing-newline", 1, 7)),
        ("a = 1, b = 2\n", ("missing-newline", 1, 6)),
        ("b {} c {}\n", ("missing-newline", 1, 6)),
        ("b { c {} }\n", ("invalid-one-line-block", 1, 7)),
        ("b { a = 1\n}\n", ("invalid-one-line-block", 1, 10)),
        ("b {\na = 1 }\n", ("missing-newline", 2, 7)),
        ("b\n{\n}\n", ("invalid-item", 1, 2)),
        ("a = 1\n+ 2\n", ("invalid-item", 2, 1)),
        ("a = 1 +\n2\n", ("missing-expression", 1, 8)),
        ("a = 1\nb = 2\na = 3\n", ("duplicate-argument", 3, 1)),
        ("x {\n  a = 1\n  a = 3\n}\n", ("duplicate-argument", 3, 3)),
        ('b "l${1}" {}\n', ("invalid-label", 1, 3)),
        ("a = 'x'\n", ("invalid-character", 1, 5)),
        ("a = 1\rb = 2\r", ("invalid-character", 1, 6)),
        ("a = 1\n\0\n", ("invalid-character", 2, 1)),
        ("a = <<E # c\nx\nE\n", ("invalid-character", 1, 5)),
        ("/* never ends\n", ("unterminated-comment", 1, 1)),
        ('a = "x\nb = 1\n', ("unterminated-string", 1, 5)),
        ("a = <<E\nx\nE", ("unterminated-heredoc", 1, 5)),
        ("a = 1\n}\n", ("unexpected-brace", 2, 1)),
        ("a = (1]\n", ("unbalanced-bracket", 1, 7)),
        ("a = 1 € 2\n", ("invalid-character", 1, 7)),
    ],
)
def test_a_mistake_is_reported_where_it_is(text, expected):
    assert errors(text)[0] == expected


def test_each_broken_block_reports_its_own_mistake_and_the_good_ones_come_out():
    problems = Collector()
    text = "a {\n  x = = 1\n}\ngood {\n}\nb {\n  y = [1 2]\n}\nfine = 1\n"
    parsed = parse(text, "main.hcl", problems)
    assert [each.span.line for each in problems] == [2, 7]
    assert [each.type for each in parsed.blocks] == ["good"]
    assert [each.name for each in parsed.arguments] == ["fine"]


def test_every_broken_argument_of_a_block_is_reported():
    text = 'a {\n  x = = 1\n  y = 2\n  z = "\\q"\n  b {\n    c = *\n  }\n}\n'
    assert [line for _, line, _ in errors(text)] == [2, 4, 6]


def test_a_bracket_left_open_does_not_hide_the_next_mistake():
    text = "a {\n  x = [1,\n  y = 2\n}\nb {\n  z = @\n}\n"
    assert [line for _, line, _ in errors(text)] == [3, 6]


def test_a_block_left_open_does_not_swallow_the_next():
    problems = Collector()
    parsed = parse("a {\n  x = 1\n\nb {\n}\n", "main.hcl", problems)
    assert [(each.code, each.span.line) for each in problems] == [("unclosed-block", 1)]
    assert [each.type for each in parsed.blocks] == ["b"]


def test_a_forgotten_bracket_is_hinted_at():
    problems = Collector()
    parse("a = [\n  1,\n  2\n  3\n]\n", "main.hcl", problems)
    assert "[ of line 1" in problems.found[0].detail


def test_a_file_with_countless_mistakes_reports_twenty():
    assert len(errors("a = = 1\n" * 500)) == 20


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "(" * 10_000,
        "a = " + "(" * 10_000 + "1" + ")" * 10_000 + "\n",
        "a = " + "[" * 10_000,
        "a = " + "{x = " * 10_000,
        "a {\n" * 10_000,
        'a = "${' + '"${' * 10_000,
        "a = " + "-!" * 10_000 + "1\n",
        "a = " + "1 ? 2 : " * 10_000 + "1\n",
        "a = x" + "[*]" * 10_000 + "\n",
    ],
)
def test_deep_nesting_is_an_error_with_a_place(text):
    code, line, column = errors(text)[0]
    assert code == "nested-too-deep"
    assert (line, column) > (1, 1)


def test_a_long_chain_is_not_deep():
    assert errors("a = " + "1 + " * 3000 + "x" + ".y" * 3000 + "\n") == []


def test_numbers_of_absurd_size_are_refused():
    assert errors("a = 1e999999999\n") == [("number-too-large", 1, 5)]
    assert errors(f"a = {'1' * 10_000}\n") == [("number-too-large", 1, 5)]


def test_a_file_of_more_than_ten_megabytes_is_refused():
    assert errors("#" * 10_000_001) == [("file-too-large", 1, 1)]


def test_a_file_of_too_many_words_is_refused():
    assert errors("a = [" + "1," * 400_000)[0][0] == "file-too-large"


@pytest.mark.parametrize(
    "text",
    ["a " + '"x' * 50_000, "a = {" + "# " * 200_000, "a = <<E\n" * 20_000, "€" * 200_000],
)
def test_hostile_text_is_refused_quickly(text):
    assert errors(text)
