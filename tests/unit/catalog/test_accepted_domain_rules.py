"""Rules of accepted domains, each with a valid and an invalid set."""

import pytest

from reconciler.catalog.accepted_domain import TYPE
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN
from reconciler.schema.canonical import canonicalise
from reconciler.schema.rule import Scene
from reconciler.schema.rules import check_fleet, check_scene

HERE = Platform()
FULL = {"name": "A", "domain_name": "a.example"}


def told(**raw):
    codes = []
    values = canonicalise(TYPE, {**FULL, **raw}, HERE, lambda code, *_: codes.append(code))
    return codes, values


@pytest.mark.parametrize(
    ("domain", "codes"),
    [
        ("*.contoso.com", []),
        ("domain.*.contoso.com", ["invalid-domain"]),
        ("*", ["invalid-domain"]),
    ],
)
def test_a_wildcard_is_the_whole_first_label(domain, codes):
    assert told(domain_name=domain)[0] == codes


@pytest.mark.parametrize("kind", ["Authoritative", "InternalRelay", "ExternalRelay"])
def test_only_authoritative_domains_use_the_address_book_by_default(kind):
    _, values = told(domain_type=kind)
    assert values["address_book_enabled"] is (kind == "Authoritative")


def fleet(*things, others=()):
    found = check_fleet(TYPE, list(enumerate_labels(things)), list(others), HERE)
    return [(rule.code, index) for rule, index, _ in found]


def enumerate_labels(things):
    return ((f"accepted_domain.n{n}", values) for n, values in enumerate(things))


def test_exactly_one_domain_is_the_default():
    one, other = {"make_default": True}, {"make_default": True}
    assert fleet({**one, "domain_name": "a"}, {"domain_name": "b"}) == []
    assert fleet({**one, "domain_name": "a"}, {**other, "domain_name": "b"}) == [
        ("several-default-domains", 1)
    ]


def test_a_domain_is_accepted_once():
    assert fleet({"domain_name": "a.example"}, {"domain_name": "b.example"}) == []
    assert fleet({"domain_name": "a.example"}, {"domain_name": "a.example"}) == [
        ("duplicate-domain", 1)
    ]


def test_a_domain_of_nobody_here_counts_too():
    there = [("another", {"domain_name": "a.example"})]
    assert fleet({"domain_name": "a.example"}, others=there) == [("duplicate-domain", 0)]


def test_the_next_default_takes_over_before_the_old_one_goes():
    heir = ({"make_default": False}, {"make_default": True})
    going = ({"make_default": True}, None)
    assert list(TYPE.order([going, heir])) == [(1, 0)]
    assert list(TYPE.order([going, ({"make_default": False}, {"make_default": False})])) == []


def test_a_domain_is_freed_before_another_object_takes_it():
    going, coming = ({"domain_name": "a.example"}, None), (None, {"domain_name": "A.example"})
    assert list(TYPE.order([coming, going])) == [(1, 0)]
    assert list(TYPE.order([coming, (None, {"domain_name": "b.example"})])) == []


def scene(now, *wanted, others=()):
    before = [*now, *[None] * (len(wanted) - len(now))]
    found = Scene(list(enumerate_labels(wanted)), list(others), before, HERE)
    return [(rule.code, index) for rule, index, _ in check_scene(TYPE, found)]


def test_the_default_domain_is_the_default_until_another_one_is():
    default = {"make_default": True}
    assert scene([default], {"make_default": False}) == [("no-default-domain", 0)]
    assert scene([default], {"make_default": False}, {"make_default": True}) == []
    assert scene([default], {"make_default": False}, {"make_default": UNKNOWN}) == []
    assert scene([default], {}) == []
    assert scene([{"make_default": False}], {"make_default": False}) == []


def test_without_a_refresh_another_one_may_be_the_default_by_now():
    there = [("another", {"make_default": True})]
    assert scene([{"make_default": True}], {"make_default": False}, others=there) == []
