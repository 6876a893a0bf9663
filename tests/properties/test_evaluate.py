"""Laws of evaluation: nothing crashes, nothing loses a mark, numbers are exact."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.lang import functions, number
from reconciler.lang.compare import equal, make_set
from reconciler.lang.evaluate import evaluate
from reconciler.lang.functions.encoding import jsondecode
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Binary, Call, Name
from reconciler.lang.types import DYNAMIC, NUMBER, STRING, ListType, convert, of, unify
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


def call(name, arguments):
    names = {f"a{i}": value for i, value in enumerate(arguments)}
    node = Call(
        name, tuple(Name(each, HERE) for each in names), expand=False, span=HERE, name_span=HERE
    )
    return evaluate(node, Scope(names))


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(functions.NAMES), st.lists(values, max_size=4))
def test_a_function_answers_or_refuses_but_never_crashes(name, arguments):
    try:
        answer = call(name, arguments)
    except ReconcilerError as refusal:
        assert refusal.diagnostics[0].span == HERE  # noqa: PT017 - both outcomes are fine
    else:
        assert of(answer) is not None


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from([name for name in functions.NAMES if name not in UNMARKING]),
    st.lists(values, min_size=1, max_size=3),
)
def test_no_function_loses_the_mark_of_its_only_argument_that_has_one(name, arguments):
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
