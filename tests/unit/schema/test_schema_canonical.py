"""The border between what users write and canonical values."""

import pytest

from reconciler.catalog.send_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Secret
from reconciler.schema.canonical import canonicalise, given

HERE = Platform()
WRITTEN = {"name": "Internet", "address_spaces": ["*"]}


def accept(raw: dict, platform: Platform = HERE, sensitive: frozenset = frozenset()):
    problems = []
    values = canonicalise(
        TYPE, raw, platform, lambda *problem: problems.append(problem), sensitive=sensitive
    )
    return values, problems


def test_an_omitted_argument_means_its_default():
    values, problems = accept(WRITTEN)
    assert not problems
    assert (values["port"], values["enabled"], values["smart_hosts"]) == (25, True, ())


def test_null_is_the_same_as_omitted():
    assert accept({**WRITTEN, "port": None, "smart_hosts": None}) == accept(WRITTEN)


def test_an_empty_string_is_null():
    assert accept({**WRITTEN, "comment": "", "tls_auth_level": "", "fqdn": ""}) == accept(WRITTEN)


def test_what_the_server_fills_in_stays_out_unless_written():
    assert "source_transport_servers" not in accept(WRITTEN)[0]
    written = {**WRITTEN, "source_transport_servers": ["mbx1"]}
    assert accept(written)[0]["source_transport_servers"] == ("MBX1",)


def test_what_does_not_exist_on_the_platform_gets_no_default():
    assert "connector_type" not in accept(WRITTEN, Platform("2013"))[0]
    assert "source_ip_address" not in accept(WRITTEN)[0]
    assert accept(WRITTEN, Platform("2019", "edge"))[0]["source_ip_address"] == "0.0.0.0"  # noqa: S104 (a value of Exchange's)


def test_computed_values_are_never_desired():
    values, problems = accept({**WRITTEN, "guid": "x"})
    assert "guid" not in values
    assert [problem[0] for problem in problems] == ["read-only-argument"]


@pytest.mark.parametrize("usage", ["Custom", "Internal", "Internet", "Partner"])
def test_a_usage_switch_is_short_for_the_usage(usage):
    assert accept({**WRITTEN, usage.lower(): True}) == accept({**WRITTEN, "usage": usage})


def test_a_usage_switch_that_is_off_says_nothing():
    assert accept({**WRITTEN, "partner": False, "usage": "Internet"})[0]["usage"] == "Internet"


def test_a_usage_switch_not_known_yet_leaves_the_usage_unknown():
    values, problems = accept({**WRITTEN, "internet": UNKNOWN})
    assert (values["usage"], values["max_message_size"], problems) == (UNKNOWN, UNKNOWN, [])


def test_a_usage_switch_must_be_true_or_false():
    assert [problem[0] for problem in accept({**WRITTEN, "internet": "yes"})[1]] == [
        "not-true-or-false"
    ]


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("port", UNKNOWN),
        ("address_spaces", ["a.com", UNKNOWN]),
        ("authentication_credential", {"username": "u", "password": UNKNOWN}),
    ],
)
def test_something_unknown_makes_the_whole_argument_unknown(name, raw):
    values, problems = accept({**WRITTEN, name: raw})
    assert (values[name], problems) == (UNKNOWN, [])


def test_all_mistakes_are_reported_at_once():
    _, problems = accept({"name": "", "port": 99999, "address_spaces": ["*x"], "portt": 1})
    assert {problem[2] for problem in problems} == {"name", "port", "address_spaces", "portt"}


def test_a_misspelt_argument_gets_a_suggestion():
    ((code, _, name, detail),) = accept({**WRITTEN, "smarthosts": []})[1]
    assert (code, name) == ("unsupported-argument", "smarthosts")
    assert "Did you mean smart_hosts?" in detail


def test_a_misspelt_choice_gets_a_suggestion():
    ((_, _, _, detail, _),) = accept({**WRITTEN, "protocol_logging_level": "Verbos"})[1]
    assert 'Did you mean "Verbose"?' in detail


def test_the_value_is_quoted_unless_it_is_sensitive():
    raw = {**WRITTEN, "max_message_size": "hunter2"}
    assert '"hunter2"' in accept(raw)[1][0][3]
    assert "hunter2" not in accept(raw, sensitive=frozenset({"max_message_size"}))[1][0][3]


@pytest.mark.parametrize(
    "raw",
    [
        {"username": "u", "password": 12345678},
        {"username": 12345678, "password": "x"},
        {"username": "u", "passwrd": "12345678"},
        "u:12345678",
        ["12345678"],
    ],
)
def test_no_part_of_a_bad_credential_is_in_any_message(raw):
    _, problems = accept({**WRITTEN, "authentication_credential": raw})
    assert problems
    assert "12345678" not in str(problems)


def test_a_credential_is_a_secret_that_does_not_print():
    raw = {"username": "relay", "password": "s3cret"}
    secret = accept({**WRITTEN, "authentication_credential": raw})[0]["authentication_credential"]
    assert secret == Secret(open="relay", hidden="s3cret")
    assert "s3cret" not in f"{secret}{secret!r}"


def test_true_and_one_are_never_confused_by_what_was_parsed_before():
    assert not accept({**WRITTEN, "enabled": True, "port": 1})[1]
    swapped = accept({**WRITTEN, "enabled": 1, "port": True})[1]
    assert {problem[2] for problem in swapped} == {"enabled", "port"}


def test_a_shorthand_counts_as_what_it_stands_for():
    raw = {"name": "x", "internet": True, "partner": False, "comment": "", "port": None}
    assert given(TYPE, raw) == {"name", "usage"}


def test_a_switch_that_is_neither_on_nor_off_counts_as_written():
    assert given(TYPE, {"internet": "perhaps"}) == {"usage"}


def test_where_an_argument_exists_is_said():
    ((code, _, _, detail),) = accept({**WRITTEN, "is_coexistence_connector": True})[1]
    assert code == "not-on-this-version"
    assert "Exchange 2010 only" in detail
    assert "Exchange 2019, role mailbox" in detail


def test_every_bad_element_of_a_list_is_reported():
    _, problems = accept({**WRITTEN, "address_spaces": ["*x", "a.example", 5, "b.example;0"]})
    assert [(problem[0], problem[4]) for problem in problems] == [
        ("invalid-address-space-domain", 0),
        ("invalid-value", 2),
        ("invalid-address-space-cost", 3),
    ]


def test_what_is_known_of_a_list_is_looked_at():
    values, problems = accept({**WRITTEN, "error_policies": [UNKNOWN, "Default", "Nonsense"]})
    assert values["error_policies"] is UNKNOWN
    assert [(problem[0], problem[4]) for problem in problems] == [("invalid-choice", 2)]
