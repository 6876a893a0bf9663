"""What a backend block of kind "simulated" may say."""

from fractions import Fraction
from pathlib import Path

import pytest

from reconciler.backends.settings import simulated_settings
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.platform import Platform


def settings(environment=None, **given):
    return simulated_settings(given, environment or {})


def problems(environment=None, **given):
    with pytest.raises(ReconcilerError) as caught:
        settings(environment, **given)
    return caught.value.diagnostics


def test_nothing_need_be_said():
    found = settings()
    assert (found.platform, found.latency, found.parallel) == (Platform("2019", "mailbox"), 0, 10)


@pytest.mark.parametrize("version", ["2016", 2016, Fraction(2016)])
def test_a_version_is_a_number_or_a_text(version):
    assert settings(version=version).platform.version == "2016"


@pytest.mark.parametrize(
    ("latency", "seconds"),
    [(50, 0.05), (Fraction(1, 2), 0.0005), ("50ms", 0.05), ("0.25s", 0.25), ("10", 0.01), (0, 0)],
)
def test_a_latency_is_in_milliseconds_unless_it_says_otherwise(latency, seconds):
    assert settings(latency=latency).latency == pytest.approx(seconds)


def test_a_timeout_is_in_seconds_unless_it_says_otherwise():
    assert settings(timeout=2).timeout == 2
    assert settings(timeout="100ms").timeout == pytest.approx(0.1)


def test_the_first_server_executes_cmdlets_where_none_is_named():
    assert settings(servers=["AMS1", "AMS2"]).server == "AMS1"
    assert settings(role="edge").server == "EDGE1"


def test_the_environment_weighs_more_than_the_block():
    assert settings({"RECONCILER_SIM_LATENCY_MS": "60"}, latency=5).latency == pytest.approx(0.06)
    assert settings({"RECONCILER_SIM_LATENCY_MS": ""}, latency=5).latency == pytest.approx(0.005)


def test_faults_add_up_those_of_the_environment_first():
    found = settings({"RECONCILER_SIM_FAULTS": "a*=edit; b*=edit"}, faults=["c*=edit", "d*=edit"])
    assert [fault.pattern for fault in found.faults] == ["a*", "b*", "c*", "d*"]


@pytest.mark.parametrize(("value", "careless"), [("1", True), ("0", False), ("", False)])
def test_duplicates_are_allowed_from_outside_alone(value, careless):
    assert settings({"RECONCILER_SIM_DUPLICATES": value}).duplicates is careless


def test_cmdlet_parameters_are_settings():
    calls = settings(domain_controller="dc1.contoso.com", force=True, confirm=False).calls
    assert calls.parameters("Set") == {
        "DomainController": "dc1.contoso.com",
        "Confirm": False,
        "Force": True,
    }
    assert calls.parameters("Get") == {"DomainController": "dc1.contoso.com"}


def test_removals_say_that_they_are_sure():
    assert settings().calls.parameters("Remove") == {"Confirm": False}
    assert settings().calls.parameters("New") == {}


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"version": "2020"}, "2010, 2013, 2016, 2019, SE"),
        ({"role": "hub"}, "mailbox, edge"),
        ({"latency": "soon"}, '"50ms"'),
        ({"latency": -1}, '"50ms"'),
        ({"latency": True}, '"50ms"'),
        ({"seed": Fraction(1, 2)}, "whole number"),
        ({"seed": "x"}, "whole number"),
        ({"parallel": 0}, "between 1 and 1000"),
        ({"force": "maybe"}, "true or false"),
        ({"servers": ["MBX1", ""]}, "not empty"),
        ({"path": 5}, "text"),
        ({"path": "a", "url": "sqlite://"}, "Keep one"),
        ({"server": "MBX9", "servers": ["MBX1"]}, "one of servers"),
        ({"faults": "Set-*=boom"}, "unknown effect"),
        ({"latncy": 5}, '"latency"'),
        ({"colour": "red"}, "The settings are"),
    ],
)
def test_a_bad_setting_says_what_is_wrong(given, says):
    (problem,) = problems(**given)
    assert says in problem.detail
    assert problem.detail.endswith((".", "?"))


@pytest.mark.parametrize(
    ("name", "value"), [("server", "MBX1"), ("servers", ["MBX1"]), ("domain", "contoso.com")]
)
def test_what_the_organisation_file_says_stands_nowhere_else(name, value):
    (problem,) = problems(organization="o.org.hcl", **{name: value})
    assert problem.code == "invalid-backend-setting"
    assert problem.detail.startswith(f"The setting {name} ")
    assert "organization" in problem.detail


def test_all_three_beside_an_organisation_file_are_reported():
    found = problems(organization="o.org.hcl", server="A", servers=["A"], domain="x.test")
    assert len(found) == 3


def test_all_mistakes_are_reported_at_once():
    found = problems({"RECONCILER_SIM_LATENCY_MS": "x"}, role="hub", seed=-1, colour="red")
    assert len(found) == 4


def test_an_edge_server_has_no_domain_controller():
    (problem,) = problems(role="edge", domain_controller="dc1.contoso.com")
    assert problem.code == "setting-not-on-this-role"


def test_the_manual_lists_every_setting():
    page = (Path(__file__).parents[3] / "docs" / "backends.md").read_text(encoding="utf-8")
    (problem,) = problems(colour="red")
    known = problem.detail.partition("The settings are ")[2].rstrip(".").split(", ")
    assert [name for name in known if f"| `{name}` |" not in page] == []


@pytest.mark.parametrize("role", [{}, {"role": "mailbox"}, {"role": "Mailbox"}])
def test_exchange_online_is_one_platform(role):
    assert settings(version="exo", **role).platform == Platform("EXO")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("domain_controller", "dc1.contoso.com"),
        ("role", "edge"),
        ("server", "MBX1"),
        ("servers", ["MBX1"]),
    ],
)
def test_what_tells_servers_apart_is_no_setting_of_exchange_online(name, value):
    (found,) = problems(version="EXO", **{name: value})
    assert found.code == "setting-not-on-this-version"
    assert found.detail.endswith(f"Remove the setting {name}.")
