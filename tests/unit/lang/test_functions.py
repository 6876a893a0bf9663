"""Functions that Terraform lacks, what all functions share, and patterns."""

import pytest

from reconciler.lang import functions
from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import Scope
from reconciler.lang.value import mark, plain
from reconciler.model.diagnostic import Collector, ReconcilerError


def run(text, **names):
    problems = Collector()
    expr = parse_expression(text, "main.hcl", problems)
    assert not problems.found
    return plain(evaluate(expr, Scope(names)))


def refusal(text, **names):
    with pytest.raises(ReconcilerError) as caught:
        run(text, **names)
    return caught.value.diagnostics[0]


@pytest.mark.parametrize("name", [n for n in functions.NAMES if n not in {"can", "try"}])
def test_every_function_loads_and_explains_itself(name):
    assert functions.load(name).help.strip().endswith((".", "`"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('addressspace("SMTP", "*.contoso.com", 10)', "SMTP:*.contoso.com;10"),
        ('addressspace_matches("SMTP:*.contoso.com;5", "a@mail.contoso.com")', True),
        ('addressspace_matches("*.contoso.com", "contoso.com")', True),
        ('addressspace_matches("contoso.com", "mail.contoso.com")', False),
        ('addressspace_matches("SMTP:*;1", "a@b.example")', True),
        ('addressspace_matches("*.contoso.com", "notcontoso.com")', False),
        ('x509name("CN=CA", "CN=mail")', "<I>CN=CA<S>CN=mail"),
        ('cidrcontains("10.0.0.0/8", "10.2.3.4")', True),
        ('cidrcontains("10.0.0.0/8", "11.0.0.0/8")', False),
        ('cidrcontains("10.0.0.0/8", "::1")', False),
        ('cidroverlaps("10.0.0.0/8", "10.1.0.0/16")', True),
        ('cidroverlaps("10.0.0.0/9", "10.128.0.0/9")', False),
        ('iprange("10.0.0.0/30")', ["10.0.0.0", "10.0.0.3"]),
        ('iprange("10.0.0.1", "10.0.0.4")', "10.0.0.1-10.0.0.4"),
        ('iprange("2001:DB8::1", "2001:db8::0f")', "2001:db8::1-2001:db8::f"),
        ('iprange_to_cidrs("10.0.0.2", "10.0.0.4")', ["10.0.0.2/31", "10.0.0.4/32"]),
        ('iprange_to_cidrs("10.0.0.1-10.0.0.4")', ["10.0.0.1/32", "10.0.0.2/31", "10.0.0.4/32"]),
        ('urldecode("a%20b+c")', "a b c"),
        ('base64gunzip(base64gzip("hello"))', "hello"),
        ("length(range(5000))", 5000),
        ('indent(40000000000, "a")', "a"),
        ('textencodebase64("ab", "UTF-16")', "AGEAYg=="),
    ],
)
def test_our_own_functions_answer(text, expected):
    assert run(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        'addressspace("SMTP", "a;b", 1)',
        'addressspace("SMTP", "a", 101)',
        'addressspace_matches("FAX:*;1", "a@b")',
        'x509name("", "CN=x")',
        'cidrcontains("10.0.0.0", "10.0.0.1")',
        'iprange("10.0.0.9-10.0.0.1")',
        'iprange("10.0.0.9", "10.0.0.1")',
        'iprange("10.0.0.1", "10.0.0.0/8")',
        'iprange("10.0.0.1", "10.0.0.2", "10.0.0.3")',
    ],
)
def test_our_own_functions_refuse_with_the_argument_at_fault(text):
    found = refusal(text)
    assert found.code == "invalid-function-argument"


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"(?i:a)b", "Ab", "Ab"),
        (r"x(?i)ab|c", "xAB", "xAB"),
        (r"[[:alpha:]]+", "1ab2", "ab"),
        (r"[^[:alpha:]]", "a1", "1"),
        (r"[\D]", "1a", "a"),
        (r"\x41\x{42}", "AB", "AB"),
        (r"a.*?b", "aXbYb", "aXb"),
        (r"(?U)a.*b", "aXbYb", "aXb"),
        (r"(?m)^b$", "a\nb", "b"),
        (r"[a\]b]+", "a]b", "a]b"),
        (r"[]a]+", "]a", "]a"),
        (r"\pL+", "1é2", "é"),
        (r"a{2}{", "aa{", "aa{"),
        (r"[a-c-]+", "b-", "b-"),
        (r"(?s).", "\n", "\n"),
        (r"\*\-", "*-", "*-"),
        (r"[&&]", "&", "&"),
        (r"[a||b]+", "a|", "a|"),
    ],
)
def test_patterns_mean_what_they_mean_in_re2(pattern, text, expected):
    assert run("regex(p, t)", p=pattern, t=text) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "a(?!b)",
        r"(a)\1",
        "a**",
        "(",
        ")",
        "[a",
        "*",
        r"\y",
        "a{1001}",
        "(a{100}){100}",
        "(?<a>x)(?<a>y)",
        r"a++",
        "(?>a)",
    ],
)
def test_what_re2_lacks_is_refused(pattern):
    assert refusal("regex(p, t)", p=pattern, t="a").code == "invalid-function-argument"


def test_what_an_encoding_cannot_say_is_refused():
    assert refusal('textencodebase64("\u0080", "idna")').code == "invalid-function-argument"
    assert refusal('textencodebase64("é", "ascii")').code == "invalid-function-argument"


def test_a_refusal_of_a_sensitive_argument_gives_nothing_away():
    found = refusal("parseint(s, 10)", s=mark("hunter2", "sensitive"))
    assert "hunter2" not in found.detail
    assert "sensitive" in found.detail


def test_a_refusal_is_placed_at_the_argument():
    assert refusal('join(",", 5)').span.column == 11


def test_text_is_cut_between_what_people_see_as_characters():
    assert run('substr("👨‍👩‍👧x", 0, 1)') == "👨‍👩‍👧"


def test_a_function_reads_only_inside_the_project(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "a.txt").write_text("hello", encoding="utf-8")
    (tmp_path / "b.txt").write_text("secret", encoding="utf-8")
    scope = Scope({}, None, project, project)

    def read(path):
        return evaluate(
            parse_expression(f'try(file("{path}"), "refused")', "m", Collector()), scope
        )

    assert (read("a.txt"), read("../b.txt"), read(".")) == ("hello", "refused", "refused")


def test_a_template_is_evaluated_with_the_given_names_alone(tmp_path):
    (tmp_path / "t.tftpl").write_text("Hello, ${name}!", encoding="utf-8")
    scope = Scope({"other": 1}, None, tmp_path, tmp_path)
    expr = parse_expression('templatefile("t.tftpl", {name = "you"})', "m", Collector())
    assert evaluate(expr, scope) == "Hello, you!"
