"""Laws of the door: what is remembered of a value is the value, and the same for equal ones only."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from reconciler.app import plan_codec
from reconciler.engine.freezing import frozen, thawed
from reconciler.lang import number
from reconciler.lang.compare import make_set
from reconciler.lang.types import BOOL, DYNAMIC, NUMBER, STRING, ListType, MapType, SetType, of
from reconciler.lang.value import (
    SENSITIVE,
    List,
    Null,
    is_null,
    make_map,
    make_object,
    mark,
    marks,
    unknown,
    unmark,
)
from reconciler.model.address import Address
from reconciler.model.anything import Anything
from reconciler.model.plan import Action, Change, Mode, Plan

TYPES = st.recursive(
    st.sampled_from([STRING, NUMBER, BOOL]),
    lambda inner: inner.map(ListType) | inner.map(SetType) | inner.map(MapType),
    max_leaves=3,
)
SCALARS = {
    STRING: st.text(max_size=5).map(lambda raw: raw if raw.isascii() else "\u00fc<&>"),
    NUMBER: st.integers(-(10**60), 10**60) | st.fractions().map(number.rounded),
    BOOL: st.booleans(),
}


def of_type(shape, *, bare=False):
    """Values of one type; in sets neither marks nor unknown ones."""
    match shape:
        case ListType(inner):
            found = st.lists(of_type(inner, bare=bare), max_size=2).map(
                lambda items: List(inner, tuple(items))
            )
        case SetType(inner):
            found = st.lists(of_type(inner, bare=True), max_size=2).map(
                lambda items: make_set(inner, items)
            )
        case MapType(inner):
            found = st.dictionaries(st.text("ab", max_size=1), of_type(inner, bare=bare)).map(
                lambda items: make_map(inner, items)
            )
        case _:
            found = SCALARS[shape]
    if bare:
        return found
    return marked(found | st.just(Null(shape)) | st.just(unknown(shape)))


def marked(found):
    return st.one_of(found, found.map(lambda value: mark(value, SENSITIVE)))


VALUES = st.recursive(
    TYPES.flatmap(of_type) | marked(st.sampled_from([None, unknown(DYNAMIC)])),
    lambda inner: marked(
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text("abc", max_size=1), inner, max_size=3).map(make_object)
    ),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(VALUES)
def test_a_value_comes_back_with_its_type_and_marks(value):
    kept = frozen(value)
    if kept is None:
        assert is_null(value)
        return
    back = thawed(kept)
    assert (unmark(back), of(back)) == (unmark(value), of(value))
    assert frozen(back) == kept
    assert bool(kept.sensitive) == (SENSITIVE in marks(value))


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_what_is_not_known_yet_is_of_the_same_type_and_no_less_sensitive(value):
    kept = frozen(value)
    if kept is not None:
        later = thawed(kept.later)
        assert of(later) == of(value)
        assert marks(later) == marks(value)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_it_passes_through_a_saved_plan(value):
    kept = frozen(value)
    change = Change(Address("t", "n"), Action.CREATE, None, {"input": kept})
    plan = Plan(Mode.NORMAL, "1", "", 0, {}, "", changes=(change,))
    assert plan_codec.decoded(Plan, json.loads(json.dumps(plan_codec.encoded(plan)))) == plan


def test_text_for_people_hides_what_is_sensitive():
    assert "s3same" not in repr(Anything('"string"', '"s3same"', (), ((),)))
