import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reconciler.lang.labels import label, unique


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Fabrikam (partner)", "fabrikam_partner"),
        ("Zürich / Straße", "zurich_strasse"),
        ("Bjørn's Relay", "bjorn_s_relay"),
        ("24/7", "connector_24_7"),
        ("contoso.com", "contoso_com"),
        ("日本", "connector"),
        ("", "connector"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_label_reads_like_the_name(name, expected):
    assert label(name, "connector") == expected


@given(st.text(max_size=80))
def test_a_label_is_valid_whatever_the_name(name):
    assert re.fullmatch(r"[a-z][a-z0-9_]*", label(name, "connector"))


@given(st.lists(st.sampled_from(["a", "a_2", "a_3", "b"]), max_size=12))
def test_labels_are_unique(wanted):
    taken = []
    for one in wanted:
        taken.append(unique(one, taken))
    assert len(set(taken)) == len(wanted)
