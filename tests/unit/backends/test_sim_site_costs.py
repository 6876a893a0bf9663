"""What it costs to go from one site of an organisation to another."""

import pytest

from reconciler.backends.simulated.estate import Estate, SiteLink

SITES = ("Ams", "Dub", "Nyc", "Sin", "Far")
LINKS = (
    SiteLink(("Ams", "Dub"), 10),
    SiteLink(("Dub", "Nyc", "Sin"), 20),
    SiteLink(("Ams", "Nyc"), 50),
)
ESTATE = Estate(sites=SITES, links=LINKS)


@pytest.mark.parametrize(
    ("one", "other", "cost"),
    [
        ("Ams", "Ams", 0),
        ("Ams", "Dub", 10),
        ("Ams", "Nyc", 30),
        ("Sin", "Nyc", 20),
        ("Sin", "Ams", 30),
    ],
)
def test_the_cheapest_way_counts_whatever_its_length(one, other, cost):
    assert ESTATE.cost(one, other) == cost


def test_a_site_without_links_is_out_of_reach():
    assert ESTATE.cost("Ams", "Far") is None


def test_without_links_one_link_joins_all_sites():
    assert Estate(sites=SITES).cost("Ams", "Far") == 100
