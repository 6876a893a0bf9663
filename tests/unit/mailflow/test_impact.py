import pytest

from reconciler.mailflow.impact import impact
from reconciler.mailflow.router import Router
from reconciler.model.route import Route


def route(name, *spaces, **rest):
    return Route(name, tuple((kind, address, cost) for kind, address, cost in spaces), **rest)


def smtp(name, *addresses, cost=1, **rest):
    return route(name, *(("SMTP", address, cost) for address in addresses), **rest)


EVERYTHING = smtp("Internet", "*")


def carrier(routes, address, kind="SMTP"):
    found = Router(dict(enumerate(routes))).carrier(kind, address)
    return found and found.name


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("marketing.contoso.com", "Exact"),
        ("sales.contoso.com", "Below"),
        ("contoso.com", "Below"),
        ("*.contoso.com", "Below"),
        ("fabrikam.com", "Internet"),
        ("*", "Internet"),
    ],
)
def test_the_most_specific_address_space_wins(address, name):
    routes = (EVERYTHING, smtp("Below", "*.contoso.com"), smtp("Exact", "marketing.contoso.com"))
    assert carrier(routes, address) == name


def test_cost_never_beats_specificity():
    assert carrier((EVERYTHING, smtp("Dear", "contoso.com", cost=100)), "contoso.com") == "Dear"


def test_among_equals_the_lower_cost_wins_and_then_the_name():
    routes = (
        smtp("B", "a.example", cost=5),
        smtp("C", "a.example", cost=2),
        smtp("a", "a.example", cost=2),
    )
    assert carrier(routes, "a.example") == "a"


def test_a_disabled_or_scoped_connector_carries_nothing():
    routes = (
        EVERYTHING,
        smtp("Off", "a.example", enabled=False),
        smtp("Here", "a.example", scoped=True),
    )
    assert carrier(routes, "a.example") == "Internet"


def test_other_address_types_have_nothing_to_do_with_smtp():
    assert carrier((EVERYTHING,), "12345", kind="FAX") is None
    assert carrier((route("Fax", ("FAX", "*", 1)),), "12345", kind="FAX") == "Fax"


def rows(before, changes):
    return [(r.destination, r.before, r.after) for r in impact(before, changes)]


def test_a_new_connector_takes_mail_from_the_default_route():
    new = [("p", smtp("Partner", "fabrikam.com"))]
    assert rows({"i": EVERYTHING}, new) == [("fabrikam.com", "Internet", "Partner")]


def test_a_connector_that_goes_leaves_its_mail_to_the_next():
    before = {"i": EVERYTHING, "p": smtp("Partner", "fabrikam.com")}
    assert rows(before, [("p", None)]) == [("fabrikam.com", "Partner", "Internet")]


def test_the_last_route_leaves_nothing():
    assert rows({"i": EVERYTHING}, [("i", None)]) == [("*", "Internet", "")]


def test_a_rename_that_carries_on_is_no_change():
    assert rows({"i": EVERYTHING}, [("i", smtp("The Internet", "*"))]) == []


def test_a_connector_behind_a_cheaper_one_changes_nothing():
    assert rows({"i": EVERYTHING}, [("x", smtp("Spare", "*", cost=50))]) == []


def test_what_only_a_scoped_connector_names_is_not_told():
    new = [("s", smtp("Site", "a.example", scoped=True))]
    assert rows({"i": EVERYTHING}, new) == []
