import pytest

from reconciler.lang.core import List, Map, Marked, Unknown
from reconciler.lang.partial import parts
from reconciler.lang.shape import STRING

LATER = Unknown(STRING)


@pytest.mark.parametrize(
    ("value", "known", "missing"),
    [
        (LATER, None, True),
        ("x", "x", False),
        ((LATER, "z", {"q": LATER}), [None, "z", {}], [True, False, {"q": True}]),
        ({"a": 1, "b": LATER}, {"a": 1}, {"b": True}),
        (Map(STRING, {"a": "x", "b": LATER}), {"a": "x"}, {"b": True}),
        (Marked(List(STRING, ("x", LATER)), frozenset({"sensitive"})), ["x", None], [False, True]),
    ],
)
def test_what_is_known_and_what_is_missing_have_one_shape(value, known, missing):
    assert parts(value) == (known, missing)
