"""Certificates of the simulated Exchange: who has which, and which of them cannot be removed."""

import pytest
from settled import described

ORGANISATION = """
server "MBX1" {}
server "MBX2" {}
certificate "setup" {
  subject            = "CN=MBX1"
  thumbprint         = "1111111111111111111111111111111111111111"
  not_before         = "2020-01-01"
  not_after          = "2090-01-01"
  servers            = ["MBX1"]
  internal_transport = true
}
certificate "mail" {
  subject    = "CN=mail.contoso.com, O=Contoso"
  issuer     = "CN=Contoso CA"
  thumbprint = "2222222222222222222222222222222222222222"
  not_before = "2020-01-01"
  not_after  = "2090-01-01"
}
"""
SETUP, MAIL = "1" * 40, "2" * 40
NAME = "<I>CN=Contoso CA<S>CN=mail.contoso.com,O=Contoso"


@pytest.fixture
def lab(tmp_path):
    with described(tmp_path, ORGANISATION) as found:
        yield found


def there(lab, server="MBX1"):
    return [one["Thumbprint"] for one in lab.run("Get-ExchangeCertificate", Server=server)]


def remove(lab, thumbprint, **more):
    return lab.code("Remove-ExchangeCertificate", Thumbprint=thumbprint, Confirm=False, **more)


def test_a_certificate_that_nothing_needs_is_removed_from_one_server(lab):
    lab.run("Remove-ExchangeCertificate", Thumbprint=MAIL, Confirm=False)
    assert there(lab) == [SETUP]
    assert there(lab, "MBX2") == [MAIL]


def test_the_internal_transport_certificate_stays(lab):
    assert remove(lab, SETUP) == "internal-transport-certificate"
    assert remove(lab, SETUP, WhatIf=True) == "internal-transport-certificate"
    assert SETUP in there(lab)


@pytest.mark.parametrize("server", ["MBX1", "MBX2"])
def test_a_certificate_that_a_send_connector_names_stays_on_every_server(lab, server):
    lab.run("New-SendConnector", Name="Out", AddressSpaces=("*",), TlsCertificateName=NAME)
    assert remove(lab, MAIL, Server=server) == "certificate-in-use"
    assert MAIL in there(lab, server)


def test_a_certificate_is_free_once_no_send_connector_names_it(lab):
    lab.run("New-SendConnector", Name="Out", AddressSpaces=("*",), TlsCertificateName=NAME)
    lab.run("Set-SendConnector", Identity="Out", TlsCertificateName=None)
    lab.run("Remove-ExchangeCertificate", Thumbprint=MAIL, Confirm=False)
    assert there(lab) == [SETUP]


def test_a_receive_connector_does_not_hold_a_certificate_back(lab):
    lab.run(
        "New-ReceiveConnector",
        Name="In",
        Bindings=("10.1.1.1:2525",),
        RemoteIPRanges=("10.9.9.9",),
    )
    lab.run("Set-ReceiveConnector", Identity="MBX1\\In", TlsCertificateName=NAME)
    lab.run("Remove-ExchangeCertificate", Thumbprint=MAIL, Confirm=False)
    assert there(lab) == [SETUP]


def test_what_is_not_there_is_not_found(lab):
    assert remove(lab, "3" * 40) == "not-found"
    assert remove(lab, MAIL, Server="MBX9") == "not-found"
