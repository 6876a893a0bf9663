"""Laws of reading and writing: what is written reads back the same, and nothing crashes."""

import tempfile
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reconciler.lang import flat, write
from reconciler.lang import syntax as s
from reconciler.lang.parse import parse, parse_expression
from reconciler.model.diagnostic import Collector
from reconciler.model.span import Span

HERE = Span("", 0, 0, 0, 0)


@pytest.fixture(autouse=True, scope="module")
def _own_cache():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("RECONCILER_CACHE_DIR", folder)
        yield


def placeless(node):
    """The node with every span HERE."""
    if isinstance(node, tuple):
        return tuple(placeless(each) for each in node)
    if isinstance(node, Span):
        return HERE
    if not is_dataclass(node):
        return node
    return replace(node, **{f.name: placeless(getattr(node, f.name)) for f in fields(node)})


names = st.sampled_from(["a", "b-c", "var", "é", "for_each", "in", "if", "x1", "_y"])
texts = st.text(
    alphabet=st.one_of(
        st.sampled_from('${}%"\\\n\t a~é'), st.characters(exclude_categories=["Cs"])
    ),
    max_size=12,
).map(lambda text: normalize("NFC", text))
numbers = st.one_of(
    st.integers(0, 10**30),
    st.tuples(st.integers(0, 10**9), st.integers(0, 9)).map(lambda p: Fraction(p[0], 10 ** p[1])),
).map(lambda n: int(n) if n.denominator == 1 else n)
literals = st.one_of(numbers, st.sampled_from([True, False, None])).map(
    lambda v: s.Literal(v, HERE)
)
leaves = st.one_of(
    literals,
    texts.map(lambda text: s.Text(text, HERE)),
    names.map(lambda name: s.Name(name, HERE)),
)
maybe_names = st.one_of(st.none(), names)
LOOSE = (s.Binary, s.Unary, s.Conditional, s.Splat)


def tight(expr):
    return s.Parens(expr, HERE) if isinstance(expr, LOOSE) else expr


def tail(expr):
    """Something that steps may follow without becoming part of a splat."""
    inner = expr
    while isinstance(inner, s.GetAttr | s.Index):
        inner = inner.of
    return s.Parens(expr, HERE) if isinstance(inner, LOOSE) else expr


def steps_of(of, steps):
    for step in steps:
        is_name = isinstance(step, str)
        of = s.GetAttr(of, step, HERE) if is_name else s.Index(of, step, HERE)
    return of


def templates(inner):
    sequence = inner.filter(lambda e: not isinstance(e, s.Text))
    text = texts.filter(bool).map(lambda value: s.Text(value, HERE))
    part = st.one_of(
        sequence,
        st.builds(s.TemplateIf, inner, st.tuples(text), st.tuples(sequence), st.just(HERE)),
        st.builds(s.TemplateFor, maybe_names, names, inner, st.tuples(text), st.just(HERE)),
    )
    pairs = st.lists(st.tuples(st.one_of(st.none(), text), part), min_size=1, max_size=3)
    joined = pairs.map(lambda ps: tuple(x for pair in ps for x in pair if x is not None))
    return joined.map(lambda parts: s.Template(parts, HERE))


def larger(inner):
    here = st.just(HERE)
    key = st.one_of(
        texts.map(lambda text: s.Text(text, HERE)), inner.map(lambda e: s.Parens(e, HERE))
    )
    operand = inner.map(tight)
    steps = st.lists(st.one_of(names, inner), min_size=1, max_size=3)
    each = st.lists(st.one_of(names, inner), max_size=2).map(
        lambda found: steps_of(s.Item(HERE), found)
    )
    plain_each = st.lists(names, max_size=2).map(lambda found: steps_of(s.Item(HERE), found))
    return st.one_of(
        st.builds(steps_of, inner.map(tail), steps),
        st.builds(s.Splat, inner.map(tail), each, st.just(value=True), here),
        st.builds(s.Splat, inner.map(tail), plain_each, st.just(value=False), here),
        st.builds(
            lambda name, args: s.Call(name, tuple(args), bool(args), HERE, HERE),
            st.sampled_from(["f", "a::b"]),
            st.lists(inner, max_size=3),
        ),
        st.builds(s.Unary, st.sampled_from("-!"), inner.map(tight), here),
        st.builds(s.Binary, st.sampled_from(["||", "==", "<=", "-", "%"]), operand, operand, here),
        st.builds(s.Conditional, operand, inner, inner, here),
        st.lists(inner, max_size=3).map(lambda items: s.Tuple(tuple(items), HERE)),
        st.lists(st.tuples(key, inner), max_size=3).map(lambda i: s.Object(tuple(i), HERE)),
        st.builds(
            lambda key, value, *rest: s.For(
                key, value, rest[0], None, *rest[1:], group=False, span=HERE
            ),
            maybe_names,
            names,
            inner,
            inner,
            st.one_of(st.none(), inner),
        ),
        st.builds(
            s.For,
            maybe_names,
            names,
            inner,
            inner,
            inner,
            st.one_of(st.none(), inner),
            st.booleans(),
            here,
        ),
        inner.map(lambda e: s.Parens(e, HERE)),
        templates(inner),
    )


expressions = st.recursive(leaves, larger, max_leaves=12)
QUICK = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(expressions)
def test_what_is_written_reads_back_the_same(expr):
    text = write.expression(expr)
    problems = Collector()
    found = parse_expression(text, "main.hcl", problems)
    assert not problems.found, (text, problems.found)
    assert placeless(found) == expr


@QUICK
@given(st.dictionaries(names, expressions, max_size=3), texts)
def test_a_body_reads_back_the_same(arguments, label):
    body = s.Body(
        tuple(s.Argument(name, expr, HERE, HERE) for name, expr in arguments.items()),
        (),
        HERE,
    )
    block = s.Block("b", (label,), body, HERE, HERE, (HERE,))
    whole = s.Body((), (block, block), HERE)
    problems = Collector()
    found = parse(write.body(whole), "main.hcl", problems)
    assert not problems.found
    assert placeless(found) == whole


@QUICK
@given(expressions)
def test_flattening_loses_nothing(expr):
    argument = s.Argument("a", expr, HERE, HERE)
    body = s.Body((argument,), (), HERE)
    assert flat.body(flat.flatten(body), "") == body


VALID = """
variable "x" {
  type = map(object({ a = string }))
}
locals {
  names = [for k, v in var.x : "${k}-${v.a}" if v.a != ""]
  text  = <<-EOT
    hello ${var.x["a"].a}
    %{ if true ~}
    yes
    %{ endif ~}
  EOT
  n = -1.5e3 + 2 * (3 - 4) % 5
}
# comment
resource "send_connector" "a" {
  for_each = { for k, v in var.x : k => v... if true }
  name     = each.key == "q" ? "a\\n\\u00e9" : local.names[0]
  all      = local.names[*].a.*.b
  lifecycle {
    precondition {
      condition = length(var.x) > 0 && !false
    }
  }
}
/* end */
output "o" { value = send_connector.a }
"""

places = st.integers(0, len(VALID))
changes = st.one_of(
    places.map(lambda at: VALID[:at]),
    st.builds(
        lambda at, text: VALID[:at] + text + VALID[at + 1 :],
        places,
        st.text("{}[]()\"'\\$%~\n\r\t =,.:;?!<>&|*/+-#ax09é\0\u2028", min_size=1, max_size=3),
    ),
    st.builds(lambda at, size: VALID[:at] + VALID[at + size :], places, st.integers(1, 30)),
    st.builds(lambda at, a, b: VALID[:at] + VALID[a:b] + VALID[at:], places, places, places),
    st.text(max_size=40),
)


@QUICK
@given(changes)
def test_broken_text_gives_diagnostics_with_a_place_and_never_a_crash(text):
    problems = Collector()
    parse(text, "main.hcl", problems)
    last = text.count("\n") + 1
    for each in problems:
        assert each.code
        assert each.detail.endswith(".")
        assert 1 <= each.span.line <= last
        assert each.span.column >= 1
        assert len(problems.found) <= 20
