"""Laws of evaluation: nothing crashes, nothing loses a mark, numbers are exact."""

from fractions import Fraction
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from reconciler.lang import functions, number
from reconciler.lang.compare import equal, make_set
from reconciler.lang.evaluate import evaluate
from reconciler.lang.functions.encoding import jsondecode
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Binary, Call, Name
from reconciler.lang.types import DYNAMIC, NUMBER, STRING, ListType, convert, of, show, unify
from reconciler.lang.value import (
    Map,
    Null,
    from_plain,
    json_text,
    mark,
    marks,
    plain,
    set_of_strings,
    unknown,
)
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.span import Span

HERE_ONLY = Path(__file__).parent
HERE = Span("main.hcl", 1, 1, 1, 2)
# Those whose purpose is to take a mark off, or whose result says nothing of the value.
UNMARKING = {"nonsensitive", "issensitive", "can", "try", "templatestring"}

numbers = st.one_of(st.integers(-(10**40), 10**40), st.fractions().map(number.rounded))
scalars = st.one_of(st.text(max_size=6), st.booleans(), numbers, st.none())
data = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=6,
)
values = st.one_of(
    data.map(from_plain),
    st.lists(st.text(max_size=3), max_size=3).map(set_of_strings),
    st.sampled_from(
        [
            Null(STRING),
            unknown(STRING),
            unknown(ListType(NUMBER)),
            unknown(DYNAMIC),
            (unknown(NUMBER), "a"),
            Map(NUMBER, {"a": 1}),
            float("inf"),
            "2017-11-22T00:00:00Z",
            "10.0.0.0/8",
            "(a+)",
        ]
    ),
)


TEXTS = st.one_of(
    st.text(max_size=6),
    st.text("%[]1-+# .0sdvqxegt", max_size=8),
    st.text("()[]*+?|\\\\^$.a1{},:-", max_size=8),
    st.text("0123456789:./-TZ", max_size=14),
    st.sampled_from(
        [
            "0001-01-01T00:00:00Z",
            "9999-12-31T23:59:59+14:00",
            "-9999999h",
            "1h1.5s",
            "2001:db8::/32",
            "10.0.0.1-10.0.0.9",
            "dns",
            "UTF-16",
            "idna",
            "YYYY-MM-DD'T'hh:mm ZZZ",
            "/a*/",
            "../x",
            "\0",
            "*",
            "**/*",
            "{a,b",
        ]
    ),
)
NUMBERS = st.one_of(
    st.integers(-3, 70),
    numbers,
    st.sampled_from([float("inf"), float("-inf"), number.NEGATIVE_ZERO, 2**63, 10**30, -(2**64)]),
)
LISTS = st.lists(st.one_of(TEXTS, numbers, st.none()), max_size=3).map(tuple)
OF_TYPE = {STRING: TEXTS, NUMBER: NUMBERS}


@st.composite
def fitting(draw, names):
    """A function and as many arguments as it takes, each of a type that it may accept."""
    name = draw(st.sampled_from(names))
    if name in {"can", "try"}:
        return name, [draw(values)]
    declared = functions.load(name)
    wanted = [each.type for each in declared.parameters]
    if declared.rest is not None:
        wanted += [declared.rest.type] * draw(st.integers(0, 3))
    return name, [draw(OF_TYPE.get(each, values | LISTS)) for each in wanted]


def call(name, arguments):
    names = {f"a{i}": value for i, value in enumerate(arguments)}
    node = Call(
        name, tuple(Name(each, HERE) for each in names), expand=False, span=HERE, name_span=HERE
    )
    return evaluate(node, Scope(names, None, HERE_ONLY, HERE_ONLY))


@settings(max_examples=600, deadline=None)
@given(fitting(functions.NAMES))
def test_a_function_answers_or_refuses_but_never_crashes(called):
    name, arguments = called
    try:
        answer = call(name, arguments)
    except ReconcilerError as refusal:
        assert refusal.diagnostics[0].span == HERE  # noqa: PT017 - both outcomes are fine
    else:
        assert show(of(answer))


@settings(max_examples=400, deadline=None)
@given(fitting([name for name in functions.NAMES if name not in UNMARKING]))
def test_no_function_loses_the_marks_of_its_arguments(called):
    name, arguments = called
    assume(arguments)
    marked = [mark(value, "sensitive") for value in arguments]
    try:
        answer = call(name, marked)
    except ReconcilerError:
        return
    assert "sensitive" in marks(answer)


@given(numbers, numbers)
def test_small_sums_are_exact(a, b):
    node = Binary("+", Name("a", HERE), Name("b", HERE), HERE)
    assert evaluate(node, Scope({"a": a, "b": b})) == number.rounded(Fraction(a) + Fraction(b))


@given(numbers)
def test_a_number_is_read_as_it_was_written(value):
    assert number.parse(number.write(value)) == value


@given(data)
def test_json_is_read_as_it_was_written(raw):
    value = from_plain(raw)
    assert plain(jsondecode.body(json_text(value))) == plain(value)


@given(data, data)
def test_equality_is_symmetric_and_reflexive(a, b):
    left, right = from_plain(a), from_plain(b)
    assert equal(left, left) is True
    assert equal(left, right) is equal(right, left)


@given(st.lists(st.text(max_size=4)))
def test_the_order_of_a_set_does_not_depend_on_how_it_was_made(items):
    assert make_set(STRING, items) == make_set(STRING, reversed(items))


@given(data, data)
def test_both_values_convert_to_the_type_that_they_unify_to(a, b):
    left, right = from_plain(a), from_plain(b)
    shared = unify((of(left), of(right)))
    if shared not in {None, DYNAMIC}:
        for value in (left, right):
            try:
                found = convert(value, shared)
            except ValueError:
                continue  # a string that writes no number
            assert unify((of(found), shared)) is not None
