"""Property bags of real servers against those of the simulated Exchange."""

import json
from pathlib import Path

import pytest

from reconciler.backends.simulated.world import Organisation

CASES = Path(__file__).parents[2] / "cases"
SAMPLE = json.loads((CASES / "get_send_connector.json").read_text("utf-8"))
SET = [
    "DNSRoutingEnabled",
    "SmartHosts",
    "CloudServicesMailEnabled",
    "Fqdn",
    "TlsCertificateName",
    "RequireTLS",
    "TlsAuthLevel",
    "AddressSpaces",
    "SourceTransportServers",
]
OWN = {"Guid", "WhenChanged", "WhenCreated", "WhenChangedUTC", "WhenCreatedUTC", "RunspaceId"}


def form(text):
    """Digits and letters alike, and the sign of a time zone."""
    return "".join("x" if c.isalnum() else c for c in text).replace("+", "-")


@pytest.fixture
def made(open_lab, request):
    real = request.param
    organisation = Organisation(
        server=real["SourceTransportServers"][0],
        domain="exlab.dom",
        controller=real["OriginatingServer"],
    )
    given = {n: tuple(v) if isinstance(v, list) else v for n, v in real.items() if n in SET}
    lab = open_lab(organisation=organisation)
    lab.new(real["Name"], **{n: v for n, v in given.items() if v is not None})
    return real, lab.get(real["Name"])


@pytest.mark.parametrize("made", SAMPLE, indirect=True, ids=lambda real: real["Name"])
class TestSample:
    def test_the_properties_are_those_of_a_real_server_in_its_order(self, made):
        real, ours = made
        assert list(ours) == list(real)

    def test_the_same_settings_give_the_same_values(self, made):
        real, ours = made
        assert {n: v for n, v in ours.items() if n not in OWN} == {
            n: v for n, v in real.items() if n not in OWN
        }

    def test_what_the_server_makes_up_has_the_form_of_the_real_one(self, made):
        real, ours = made
        assert {n: form(ours[n]) for n in OWN} == {n: form(real[n]) for n in OWN}
