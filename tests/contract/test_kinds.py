"""What every kind promises, tried with the samples that each of them declares."""

import re
from fractions import Fraction

import pytest

from reconciler.catalog.index import found, types
from reconciler.engine.freezing import frozen
from reconciler.lang.parser.escapes import quoted
from reconciler.lang.value import from_plain
from reconciler.model.anything import Anything
from reconciler.model.values import Secret
from reconciler.schema.kind import Kind, KindError

_ITEM = re.compile(r'"(?:[^"\\]|\\.)*"|[\w.-]+')
_MEMBER = re.compile(r'"(\w+)" = ([\w.-]+)')

KINDS = [
    pytest.param(attribute.kind, id=attribute.name)
    for rtype in (*types().values(), *found().values())
    for attribute in rtype.attributes
]


def parsed(kind: Kind, data: object):
    """The canonical value of plain data, by way of the language where the kind takes any value."""
    return kind.parse(frozen(from_plain(data)) if kind.is_any else data)


def evaluated(hcl: str):
    """What a literal of HCL evaluates to: a string, a number, a bool, null, a list or an object."""
    if hcl.startswith("{"):
        return {name: evaluated(item) for name, item in _MEMBER.findall(hcl)}
    if hcl.startswith("["):
        return [evaluated(item) for item in _ITEM.findall(hcl)]
    if hcl.startswith('"'):
        return quoted(hcl[1:-1])
    return (
        {"true": True, "false": False, "null": None}.get(hcl) if hcl.isalpha() else Fraction(hcl)
    )


def samples(kind: Kind):
    return [kind.parse(raw) for group in kind.alike for raw in group]


@pytest.mark.parametrize("kind", KINDS)
def test_spellings_that_mean_the_same_have_one_canonical_value(kind: Kind):
    assert kind.alike
    for group in kind.alike:
        assert {repr(kind.parse(raw)) for raw in group} == {repr(kind.parse(group[0]))}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_of_the_kind_is_refused_with_a_sentence(kind: Kind):
    assert kind.bad
    for raw in kind.bad:
        with pytest.raises(KindError) as caught:
            kind.parse(raw)
        assert caught.value.message.endswith((".", "?"))
        assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", caught.value.code)


@pytest.mark.parametrize("kind", KINDS)
def test_a_shown_value_evaluates_to_what_is_parsed_back(kind: Kind):
    for value in [] if kind.is_secret else samples(kind):
        assert parsed(kind, evaluated(kind.show(value))) == value


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sent_reads_back_as_the_same_value(kind: Kind):
    for value in [] if kind.is_secret else samples(kind):
        sent = kind.encode(value)
        assert (kind.empty if sent is None else kind.parse(sent)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_what_other_expressions_see_is_parsed_back(kind: Kind):
    for value in [] if kind.is_secret else samples(kind):
        assert parsed(kind, kind.expose(value)) == value


@pytest.mark.parametrize("kind", KINDS)
def test_null_shows_as_null_or_as_the_empty_set(kind: Kind):
    assert kind.show(None) == ("[]" if kind.is_set else "null")


@pytest.mark.parametrize("kind", KINDS)
def test_canonical_values_can_be_stored_compared_and_sorted(kind: Kind):
    for value in samples(kind):
        assert isinstance(value, (str, int, tuple, Anything, Secret))
        assert not isinstance(value, tuple) or list(value) == sorted(set(value))


@pytest.mark.parametrize("kind", KINDS)
def test_what_values_are_compared_by_is_equal_where_they_are(kind: Kind):
    for group in kind.alike:
        fold = kind.fold or (lambda value: value)
        assert len({repr(fold(kind.parse(raw))) for raw in group}) == 1


@pytest.mark.parametrize("kind", [k for k in KINDS if k.values[0].brief])
def test_the_shortest_spelling_of_an_element_means_the_same(kind):
    for value in samples(kind):
        short = [kind.brief(item) for item in value]
        assert kind.parse(short) == value
        assert all(len(one) <= len(item) for one, item in zip(short, value, strict=True))
