"""Remote domains in the simulated Exchange."""

import pytest

from reconciler.backends.command import Command
from reconciler.backends.simulated.database import Database
from reconciler.backends.simulated.exchange import SimulatedExchange
from reconciler.backends.simulated.setup import setup
from reconciler.backends.simulated.world import World
from reconciler.model.platform import Platform


def new(lab, name="Fabrikam", domain="fabrikam.com"):
    return lab.run("New-RemoteDomain", Name=name, DomainName=domain)[0]


def change(lab, **parameters):
    lab.run("Set-RemoteDomain", Identity="Fabrikam", **parameters)
    (bag,) = lab.run("Get-RemoteDomain", Identity="Fabrikam")
    return bag["AllowedOOFType"], bag["IsInternal"]


@pytest.fixture
def lab(open_lab):
    opened = open_lab()
    new(opened)
    return opened


def test_a_new_one_has_the_documented_defaults(open_lab):
    bag = new(open_lab())
    assert (bag["AllowedOOFType"], bag["IsInternal"]) == ("External", False)
    assert (bag["LineWrapSize"], bag["TNEFEnabled"], bag["CharacterSet"]) == (
        "Unlimited",
        None,
        None,
    )


def test_internal_replies_make_the_domain_internal(lab):
    assert change(lab, AllowedOOFType="InternalLegacy") == ("InternalLegacy", True)


def test_a_domain_that_ceases_to_be_internal_gets_external_replies(lab):
    change(lab, AllowedOOFType="InternalLegacy")
    assert change(lab, IsInternal=False) == ("ExternalLegacy", False)


def test_what_was_not_internal_before_keeps_its_replies(lab):
    assert change(lab, IsInternal=False) == ("External", False)


def test_replies_that_the_same_call_names_stay(lab):
    change(lab, AllowedOOFType="InternalLegacy")
    assert change(lab, IsInternal=False, AllowedOOFType="None") == ("None", False)


def test_internal_replies_beside_an_external_domain_never_come_to_be(lab):
    after = change(lab, IsInternal=False, AllowedOOFType="InternalLegacy")
    assert after == ("InternalLegacy", True)


def test_a_code_page_is_answered_by_its_name(lab):
    change(lab, PreferredInternetCodePageForShiftJis="50221")
    (bag,) = lab.run("Get-RemoteDomain", Identity="Fabrikam")
    assert bag["PreferredInternetCodePageForShiftJis"] == "Esc2022Jp"


def test_new_takes_the_two_names_alone(lab):
    given = {"Name": "x", "DomainName": "x.com", "IsInternal": True}
    assert lab.refusal("New-RemoteDomain", **given).code == "parameter-unknown"


def test_the_domain_cannot_be_changed(lab):
    refused = lab.refusal("Set-RemoteDomain", Identity="Fabrikam", DomainName="x.com")
    assert refused.code == "parameter-unknown"


@pytest.mark.parametrize(
    ("parameter", "refused", "taken"),
    [
        ("LineWrapSize", "133", "132"),
        ("CharacterSet", "ascii", "utf-8"),
        ("AllowedOOFType", "Internal", "None"),
        ("RequiredCharsetCoverage", "101", "100"),
        ("Name", "x" * 65, "x" * 64),
    ],
)
def test_a_value_outside_the_documented_range_is_refused(lab, parameter, refused, taken):
    given = {"Identity": "Fabrikam", parameter: refused}
    assert lab.refusal("Set-RemoteDomain", **given).code == "value-refused"
    lab.run("Set-RemoteDomain", **{**given, parameter: taken})


def test_a_wildcard_stands_alone_or_first(lab):
    given = {"Name": "x", "DomainName": "domain.*.contoso.com"}
    assert lab.refusal("New-RemoteDomain", **given).code == "value-refused"
    assert new(lab, "y", "*.contoso.com")["DomainName"] == "*.contoso.com"


@pytest.mark.parametrize(("version", "lenient"), [("2019", False), ("EXO", True)])
def test_setup_makes_one_for_all_domains(tmp_path, version, lenient):
    world = World(platform=Platform(version))
    database = Database(f"sqlite:///{tmp_path / 'exchange.db'}", setup(world))
    exchange = SimulatedExchange(database, world)
    (bag,) = exchange.invoke(Command("Get", "RemoteDomain", {}), "alice")
    exchange.close()
    assert (bag["Name"], bag["DomainName"], bag["CharacterSet"]) == ("Default", "*", "iso-8859-1")
    assert (bag["AutoReplyEnabled"], bag["AutoForwardEnabled"]) == (lenient, lenient)
