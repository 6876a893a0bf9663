"""Expressions and templates: the shape of the tree, and of what python-hcl2 alone misreads."""

from dataclasses import fields
from fractions import Fraction

import pytest

from reconciler.lang.parse import parse, parse_expression, parse_template
from reconciler.lang.syntax import (
    Call,
    Conditional,
    For,
    GetAttr,
    Index,
    Literal,
    Name,
    Object,
    Template,
    TemplateFor,
    TemplateIf,
    Text,
    Unary,
)
from reconciler.model.diagnostic import Collector


def plain(node):
    """The node as nested tuples, without places."""
    if isinstance(node, tuple):
        return tuple(plain(each) for each in node)
    if not hasattr(node, "span"):
        return node
    values = [plain(getattr(node, f.name)) for f in fields(node) if "span" not in f.name]
    return (type(node).__name__, *values)


def read(text):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert not problems.found
    return expr


def text_of(expr):
    assert isinstance(expr, Text)
    return expr.value


def test_an_escaped_interpolation_does_not_swallow_what_follows():
    assert text_of(read('"$${x"')) == "${x"
    assert text_of(read('"%%{x"')) == "%{x"


def test_an_escaped_interpolation_may_stand_beside_a_real_one():
    assert plain(read('"$${x ${y}"'))[1] == (("Text", "${x "), ("Name", "y"))


def test_a_dollar_before_an_escape_is_a_dollar():
    assert text_of(read('"$$${x}"')) == "$${x}"


def test_escapes_are_undone():
    assert text_of(read(r'"\n\r\t\"\\\u00e9\U0001F600"')) == '\n\r\t"\\é😀'


def test_text_is_in_composed_form():
    assert text_of(read('"n\u0303"')) == "\u00f1"


@pytest.mark.parametrize("bad", [r"\q", r"\x41", r"\uD800", r"\u00G0", r"\${a}", r"\U00110000"])
def test_other_escapes_are_errors_where_they_stand(bad):
    problems = Collector()
    parse_expression(f'"ab{bad}"', "main.hcl", problems)
    assert [(each.code, each.span.column) for each in problems] == [("invalid-escape", 4)]


def test_an_attribute_splat_ends_before_an_index():
    expr = read("x.*.a[0].b")
    assert isinstance(expr, GetAttr)
    assert isinstance(expr.of, Index)
    assert plain(expr.of.of) == ("Splat", ("Name", "x"), ("GetAttr", ("Item",), "a"), False)


def test_a_full_splat_repeats_the_rest_of_its_chain():
    inner = ("Splat", ("GetAttr", ("Item",), "a"), ("GetAttr", ("Item",), "b"), True)
    assert plain(read("x[*].a[*].b")) == ("Splat", ("Name", "x"), inner, True)


def test_an_attribute_splat_goes_into_a_full_one():
    inner = ("Splat", ("GetAttr", ("Item",), "a"), ("GetAttr", ("Item",), "b"), False)
    assert plain(read("x[*].a.*.b")) == ("Splat", ("Name", "x"), inner, True)


def test_parentheses_end_a_splat():
    assert isinstance(read("(x[*].a)[0]"), Index)


def test_a_legacy_index_is_an_index():
    assert plain(read("x.0.y")) == plain(read("x[0].y"))


def test_comments_are_nothing():
    assert plain(read("1 /* c */ / 2")) == plain(read("1 / 2"))


def test_lines_go_on_inside_brackets():
    assert plain(read("(1\n+ 2)")) == plain(read("(1 + 2)"))
    assert plain(read("{for x in y :\nx\n=> x}")) == plain(read("{for x in y : x => x}"))
    assert plain(read('"a${\n1\n}b"')) == plain(read('"a${1}b"'))


def test_unary_operators_may_repeat():
    expr = read("-!x")
    assert isinstance(expr, Unary)
    assert plain(expr) == ("Unary", "-", ("Unary", "!", ("Name", "x")))
    assert plain(read("(-\n-1)")) == plain(read("(--1)"))


def test_operators_bind_as_they_should():
    left = ("Binary", "+", ("Literal", 1), ("Binary", "*", ("Literal", 2), ("Literal", 3)))
    assert plain(read("1 + 2 * 3 == x")) == ("Binary", "==", left, ("Name", "x"))
    assert plain(read("1 - 2 - 3"))[2] == plain(read("1 - 2"))


def test_conditionals_nest_to_the_right():
    expr = read("a ? b : c ? d : e")
    assert isinstance(expr, Conditional)
    assert isinstance(expr.otherwise, Conditional)


def test_the_core_namespace_says_nothing():
    assert plain(read('core::upper("a")')) == plain(read('upper("a")'))


def test_other_namespaces_stay_in_the_name():
    expr = read("a::b(1...)")
    assert isinstance(expr, Call)
    assert (expr.name, expr.expand) == ("a::b", True)


def test_names_may_be_in_any_script():
    assert plain(read("é.ключ")) == ("GetAttr", ("Name", "é"), "ключ")


def test_keywords_are_names_where_they_can_be():
    assert plain(read("for.if.in.true")) == plain(
        GetAttr(
            GetAttr(GetAttr(Name("for", None), "if", None), "in", None),
            "true",
            None,
        )
    )


@pytest.mark.parametrize("word", ["a", "true", "null", "if"])
def test_a_bare_word_as_key_is_text(word):
    expr = read(f"{{{word} = 1}}")
    assert isinstance(expr, Object)
    assert text_of(expr.items[0][0]) == word


def test_a_key_in_parentheses_is_an_expression():
    assert plain(read("{(a) = 1}"))[1][0][0] == ("Parens", ("Name", "a"))


def test_numbers_are_exact():
    assert read("1e3") == Literal(1000, read("1e3").span)
    assert read("1.e3").value == 1000
    assert read("0.1").value == Fraction(1, 10)
    assert isinstance(read("2.0").value, int)


def test_a_for_expression_knows_its_parts():
    expr = read("{for k, v in m : k => v... if v}")
    assert isinstance(expr, For)
    assert (expr.key, expr.value, expr.group) == ("k", "v", True)
    assert plain(expr.condition) == ("Name", "v")


def test_directives_become_a_tree():
    expr = read('"%{ for k, v in x }${v}%{ if k }a%{ else }b%{ endif }%{ endfor }"')
    assert isinstance(expr, Template)
    (loop,) = expr.parts
    assert isinstance(loop, TemplateFor)
    assert isinstance(loop.body[1], TemplateIf)
    assert plain(loop.body[1].otherwise) == (("Text", "b"),)


def test_strip_markers_take_the_space_beside_them():
    assert plain(read('"a \\n ${~ b ~} \\n c"'))[1] == (
        ("Text", "a"),
        ("Name", "b"),
        ("Text", "c"),
    )


def test_a_strip_marker_takes_no_space_from_an_interpolation():
    assert plain(read('"${a ~}${" x"}"'))[1] == (("Name", "a"), ("Text", " x"))


def test_a_template_of_one_interpolation_stays_a_template():
    assert plain(read('"${x}"')) == ("Template", (("Name", "x"),))


def test_a_heredoc_without_sequences_is_text():
    assert text_of(read("<<E\na\n  b\\n\nE")) == "a\n  b\\n\n"


def test_a_heredoc_is_a_template():
    parts = plain(read("<<E\na ${x} $${y}\nE"))[1]
    assert parts == (("Text", "a "), ("Name", "x"), ("Text", " ${y}\n"))


def test_indentation_is_taken_from_every_line_but_blank_ones():
    assert text_of(read("<<-E\n    a\n\n      b\n   \n    E")) == "a\n\n  b\n   \n"


def test_a_sequence_at_the_start_of_a_line_has_no_indentation():
    assert plain(read("<<-E\n  a\n${x}\nE"))[1][0] == ("Text", "  a\n")


def test_a_line_after_a_strip_marker_keeps_its_indentation():
    expr = read('<<-E\n  %{ for x in ["a"] ~}\n  item ${x}\n  %{ endfor ~}\n  E')
    loop = expr.parts[1]
    assert plain(loop.body[0]) == ("Text", "  item ")


def test_a_heredoc_may_hold_a_heredoc():
    assert plain(read("<<E\n${<<F\ny\nF\n}\nE"))[1][0] == ("Text", "y\n")


def test_errors_inside_a_heredoc_have_their_true_place():
    problems = Collector()
    parse("a = <<E\nx\n  ${1 +}\nE\n", "main.hcl", problems)
    assert [(each.code, each.span.line, each.span.column) for each in problems] == [
        ("missing-expression", 3, 8)
    ]


@pytest.mark.parametrize("text", ["", "1\n2", "a = 1", "1 2", "# c", "\n1"])
def test_what_is_not_one_expression_is_an_error(text):
    problems = Collector()
    assert parse_expression(text, "main.hcl", problems) is None
    assert problems.errors


def test_a_file_can_be_a_template():
    problems = Collector()
    expr = parse_template('say "${x}" \\n\n%{ if y ~}\n  z\n%{ endif }', "t.tpl", problems)
    assert not problems.found
    assert plain(expr.parts[:3]) == (("Text", 'say "'), ("Name", "x"), ("Text", '" \\n\n'))
    assert plain(expr.parts[3].then) == (("Text", "  z\n"),)


def test_a_template_without_sequences_is_text():
    assert text_of(parse_template("a\n", "t.tpl", Collector())) == "a\n"
    assert text_of(parse_template("", "t.tpl", Collector())) == ""


def test_a_broken_template_is_an_error():
    problems = Collector()
    assert parse_template("%{ if x }", "t.tpl", problems) is None
    assert [each.code for each in problems] == ["unbalanced-directive"]
