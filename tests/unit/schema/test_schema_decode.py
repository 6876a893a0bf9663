"""Property bags to values, and values to cmdlet parameters."""

import pytest

from reconciler.catalog.send_connector import TYPE
from reconciler.model.platform import Platform
from reconciler.model.values import UNKNOWN, Sealed, Secret
from reconciler.schema.canonical import canonicalise
from reconciler.schema.decode import decode, encode

HERE = Platform()


def wanted(platform: Platform = HERE, **arguments):
    raw = {"name": "x", "address_spaces": ["*"], **arguments}
    return canonicalise(TYPE, raw, platform, lambda *problem: pytest.fail(str(problem)))


def test_everything_readable_is_read_and_nothing_else():
    readable = {a.name for a in TYPE.attributes if a.reads and a.exists_on(HERE)}
    assert set(decode(TYPE, {}, HERE)) == readable
    assert not readable & {"usage", "authentication_credential"}


def test_absent_properties_mean_nothing_set():
    values = decode(TYPE, {}, HERE)
    assert (values["comment"], values["smart_hosts"], values["require_tls"]) == (None, (), False)


def test_a_choice_that_only_a_newer_server_knows_is_kept_as_text():
    record = {"ProtocolLoggingLevel": "Extreme", "ErrorPolicies": "Brand, New", "Port": "many"}
    values = decode(TYPE, record, HERE)
    assert values["protocol_logging_level"] == "Extreme"
    assert values["error_policies"] == ("Brand, New",)
    assert values["port"] == "many"


def test_one_unknown_element_does_not_change_the_others():
    values = decode(TYPE, {"SmartHosts": ["MX.x.com", "a b"]}, HERE)
    assert values["smart_hosts"] == ("a b", "mx.x.com")


def test_a_set_of_one_may_come_as_a_single_word():
    assert decode(TYPE, {"AddressSpaces": "*"}, HERE)["address_spaces"] == ("SMTP:*;1",)


def test_an_address_space_that_only_a_newer_server_knows_is_no_route_of_ours():
    values = decode(TYPE, {"AddressSpaces": ["SMTP:*;1", "NEW::;;"]}, HERE)
    assert values["address_spaces"] == ("NEW::;;", "SMTP:*;1")
    assert not list(TYPE.order([(values, values)]))


def test_a_creation_leaves_out_what_is_null():
    sent = encode(TYPE, wanted(), HERE, creating=True)
    assert None not in sent.values()
    assert sent["MaxMessageSize"] == "35MB"
    assert sent["Usage"] == "Custom"


def test_an_update_clears_with_null_and_never_sends_the_usage():
    sent = encode(TYPE, wanted(), HERE)
    assert (sent["TlsDomain"], sent["SmartHosts"]) == (None, None)
    assert "Usage" not in sent


def test_computed_values_are_never_sent():
    values = {"name": "x", "guid": "0292c782-9804-4d8b-ae0e-e1c7ab90852b"}
    assert encode(TYPE, values, HERE) == {"Name": "x"}


def test_the_linked_parameter_set_sends_only_its_own():
    old = Platform("2010")
    sent = encode(
        TYPE, wanted(old, address_spaces=None, linked_receive_connector="r"), old, creating=True
    )
    assert sent["LinkedReceiveConnector"] == "r"
    assert not {"AddressSpaces", "IsScopedConnector"} & set(sent)


def test_a_secret_passes_through_whole():
    secret = Secret("relay", "s3cret")
    sent = encode(TYPE, {"authentication_credential": secret}, HERE)
    assert sent == {"AuthenticationCredential": secret}


@pytest.mark.parametrize("value", [UNKNOWN, Sealed("relay", "digest")])
def test_what_cannot_be_sent_never_is(value):
    with pytest.raises(AssertionError):
        encode(TYPE, {"authentication_credential": value}, HERE)
