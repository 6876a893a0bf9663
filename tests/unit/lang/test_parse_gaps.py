"""Where python-hcl2's own scanner differs from HCL: each difference, and that we read it as HCL.

A: python-hcl2 reads something else without a word. B: it rejects what is valid. The numbers are those
of the list that was made before the parser was.
"""

from fractions import Fraction

import pytest

from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse
from reconciler.lang.scope import Scope
from reconciler.model.diagnostic import Collector

SCOPE = Scope(
    {
        "x": ({"a": ({"b": 1},), "y": 5}, {"a": ({"b": 2},), "y": 6}),
        "c": True,
        "é": 7,
        "if": 8,
        "name": "v",
    }
)


def worth(text):
    """The values of the arguments in a file without mistakes; blocks by type."""
    problems = Collector()
    body = parse(text, "main.hcl", problems)
    assert not problems.found, problems.found
    found = {each.name: evaluate(each.expr, SCOPE) for each in body.arguments}
    return found | {block.type: block.labels for block in body.blocks}


def mistakes(text):
    problems = Collector()
    parse(text, "main.hcl", problems)
    return [(each.code, each.span.line) for each in problems]


VALID = {
    "A1": ('a = "$${x"\nb = "}"\n', {"a": "${x", "b": "}"}),
    "A1%": ('a = "%%{x"\nb = "}"\n', {"a": "%{x", "b": "}"}),
    "A2": ('a = "$${x ${name}"\n', {"a": "${x v"}),
    "A3": ("a = <<E\n${name}%{ if c }y%{ endif }\nE\n", {"a": "vy\n"}),
    "A3 flush": (
        'a = <<-EOT\n  %{ for n in ["a"] ~}\n  item ${n}\n  %{ endfor ~}\n  EOT\n',
        {"a": "  item a\n"},
    ),
    "A4": ("a = x.*.a[0]\nb = x.*.a.0\n", {"a": ({"b": 1},), "b": ({"b": 1}, {"b": 2})}),
    "A5": ("a = x[*].a[*].b\n", {"a": ((1,), (2,))}),
    "A6": ("a = 6 /* c */ / 2\nb = (1\n+ 2)\n", {"a": 3, "b": 3}),
    "A19": ("a = 1.5\n", {"a": Fraction(3, 2)}),
    "A20": ("a = { if = 1, (name) = 2, 1e3 = 3 }\n", {"a": {"1000": 3, "if": 1, "v": 2}}),
    "B1": ('a = "p ${~ name ~} q"\nb = "p ${name ~} q"\n', {"a": "pvq", "b": "p vq"}),
    "B2": ('a = "a${\n1\n}b"\nb = "${1 /* c */}-"\n', {"a": "a1b", "b": "1-"}),
    "B3": ("a = /* c */ 1\nb = {k /* c */ = 1}\n", {"a": 1, "b": {"k": 1}}),
    "B4": ("a = --1\nb = !!c\nd = - -1\n", {"a": 1, "b": True, "d": 1}),
    "B5": (
        "a = (-\n1)\nb = (1\n- 2)\nd = [1\n- 2]\ne = (x\n[0]\n.y)\n",
        {"a": -1, "b": -1, "d": (-1,), "e": 5},
    ),
    "B6": ("a = {for n in [1] :\nn\n=> n}\n", {"a": {"1": 1}}),
    "B7": ("é2 = é\nb = {ключ = 1}.ключ\nd = [for ñ in [1] : ñ]\n", {"é2": 7, "b": 1, "d": (1,)}),
    "B8": ('a = core::upper("a")\n', {"a": "A"}),
    "B9": ("a = x[ * ].y\n", {"a": (5, 6)}),
    "B10": ("a = <<_X\ny\n_X\nb = <<é\nz\né\n", {"a": "y\n", "b": "z\n"}),
    "B11": ('a = "$${"\nb = "%%{"\n', {"a": "${", "b": "%{"}),
    "B12": ("\ufeffa = 1\n", {"a": 1}),
    "B13": (f"a = {'(' * 200}1{')' * 200}\n", {"a": 1}),
    "CRLF": ("a = 1\r\nb {\r\n}\r\n", {"a": 1, "b": ()}),
    "CRLF heredoc": ("a = <<E\r\nx\r\n\r\nE\r\n", {"a": "x\r\n\r\n"}),
    "CRLF flush": ("a = <<-E\r\n  x\r\n\r\n   y\r\n  E\r\n", {"a": "x\r\n\r\n y\r\n"}),
}
INVALID = {
    "A7 arguments": ("a = 1 b = 2\n", [("missing-newline", 1)]),
    "A7 blocks": ("b {} c {}\n", [("missing-newline", 1)]),
    "A7 inner": ("b { c {} }\n", [("invalid-one-line-block", 1)]),
    "A7 brace": ("b\n{\n}\n", [("invalid-item", 1)]),
    "A7 end": ("b { a = 1\n}\n", [("invalid-one-line-block", 1)]),
    "A8": ("a = {b = 1 c = 2}\n", [("missing-comma", 1)]),
    "A8 newline": ("a = {b = 1\n, c = 2}\n", [("missing-expression", 2)]),
    "A9": ("a = 1\n+ 2\n", [("invalid-item", 2)]),
    "A9 conditional": ("a = true ? 1\n: 2\n", [("missing-colon", 1)]),
    "A9 operator": ("a = 1 +\n2\n", [("missing-expression", 1)]),
    "A10": ("a = 1\nb = 1\na = 2\n", [("duplicate-argument", 3)]),
    "A11": (r'a = "\q"', [("invalid-escape", 1)]),
    "A11 hexadecimal": (r'a = "\x41"', [("invalid-escape", 1)]),
    "A11 surrogate": (r'a = "\uD800"', [("invalid-escape", 1)]),
    "A11 digits": (r'a = "\u00G0"', [("invalid-escape", 1)]),
    "A11 dollar": (r'a = "\${x}"', [("invalid-escape", 1)]),
    "A11 line": ('a = "b\nc"\n', [("unterminated-string", 1)]),
    "A12": ("a = x.0.1\n", [("invalid-legacy-index", 1)]),
    "A12 mixed": ("a = x[0].1.2\n", [("invalid-legacy-index", 1)]),
    "A13": ("a = x.*.*\n", [("nested-splat", 1)]),
    "A13 far": ("a = x.*.y.*.z\n", [("nested-splat", 1)]),
    "A14": ('a = "%{ if c }x"\n', [("unbalanced-directive", 1)]),
    "A14 else": ('a = "%{ else }x"\n', [("unbalanced-directive", 1)]),
    "A14 endfor": ('a = "%{ if c }x%{ endfor }"\n', [("unbalanced-directive", 1)]),
    "A14 keyword": ('a = "%{ifx}y%{endif}"\n', [("invalid-directive", 1)]),
    "A14 escape": (r'a = "%{ if name == \"a\" }x%{ endif }"', [("invalid-character", 1)]),
    "A15": ('b "l${1}" {}\n', [("invalid-label", 1)]),
    "A15 escape": (r'b "f\o" {}', [("invalid-escape", 1)]),
    "A16": ("a = {for = 1}\n", [("invalid-for", 1)]),
    "A17": ("a = <<E\nx\nE", [("unterminated-heredoc", 1)]),
    "A18": ("a = 1\rb = 2\r", [("invalid-character", 1)]),
    "A19": ("a = 1.2.3\n", [("invalid-number", 1)]),
    "heredoc": ('a = c ? <<E\nx\nE\n: "b"\n', [("missing-colon", 3)]),
}


@pytest.mark.parametrize(("text", "values"), VALID.values(), ids=VALID)
def test_what_hcl_reads_is_read_so(text, values):
    assert worth(text) == values


@pytest.mark.parametrize(("text", "wrong"), INVALID.values(), ids=INVALID)
def test_what_hcl_refuses_is_refused_in_its_place(text, wrong):
    assert mistakes(text)[:1] == wrong
