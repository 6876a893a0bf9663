"""Accepted domains in the simulated Exchange."""

import pytest

from reconciler.backends.base import BackendError
from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport


@pytest.fixture
def call(tmp_path):
    transport = simulated_transport({}, root=tmp_path, environment={}, user="admin")

    def invoke(cmdlet, **parameters):
        return transport.invoke(Command(*cmdlet.split("-"), parameters))

    yield invoke
    transport.close()


def defaults(call):
    return {one["Name"]: one["Default"] for one in call("Get-AcceptedDomain")}


def test_setup_leaves_the_domain_of_the_organisation_as_the_default(call):
    assert defaults(call) == {"contoso.com": True}


def test_making_another_one_the_default_ends_the_first(call):
    call("New-AcceptedDomain", Name="A", DomainName="a.example")
    call("Set-AcceptedDomain", Identity="A", MakeDefault=True)
    assert defaults(call) == {"A": True, "contoso.com": False}


def test_the_default_domain_cannot_be_removed(call):
    with pytest.raises(BackendError, match="default accepted domain") as caught:
        call("Remove-AcceptedDomain", Identity="contoso.com", Confirm=False)
    assert caught.value.code == "default-domain"
    assert defaults(call) == {"contoso.com": True}


def test_a_domain_is_accepted_once(call):
    with pytest.raises(BackendError) as caught:
        call("New-AcceptedDomain", Name="A", DomainName="CONTOSO.com")
    assert caught.value.code == "domain-exists"


def test_new_does_not_take_what_only_set_takes(call):
    with pytest.raises(BackendError) as caught:
        call("New-AcceptedDomain", Name="A", DomainName="a.example", MatchSubDomains=True)
    assert caught.value.code == "parameter-unknown"


def test_the_domain_itself_cannot_be_changed(call):
    with pytest.raises(BackendError) as caught:
        call("Set-AcceptedDomain", Identity="contoso.com", DomainName="b.example")
    assert caught.value.code == "parameter-unknown"
