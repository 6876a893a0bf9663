"""Exchange Online as the simulated Exchange plays it: which cmdlets there are, and what setup makes."""

import pytest

from reconciler.backends.simulated.changes import seed
from reconciler.backends.simulated.nouns import NOUNS
from reconciler.backends.simulated.setup import setup
from reconciler.backends.simulated.world import World
from reconciler.model.platform import ONLINE, Platform


@pytest.fixture
def cloud(open_lab):
    return open_lab(ONLINE)


@pytest.mark.parametrize(
    "cmdlet",
    ["New-SendConnector", "Get-SendConnector", "New-AcceptedDomain", "Remove-AcceptedDomain"],
)
def test_a_cmdlet_that_is_not_online_is_not_known_there(cloud, cmdlet):
    refused = cloud.refusal(cmdlet, Identity="x")
    assert refused.code == "cmdlet-unknown"
    assert refused.message == f"There is no cmdlet {cmdlet} on Exchange Online."


def test_accepted_domains_are_changed_online_and_nothing_more(cloud):
    assert list(cloud.run("Get-AcceptedDomain")) == []
    assert cloud.refusal("Set-AcceptedDomain", Identity="x", OutboundOnly=True).code == "not-found"


def test_no_cmdlet_takes_a_domain_controller_online(cloud):
    refused = cloud.refusal("Get-AcceptedDomain", DomainController="dc1.contoso.com")
    assert refused.code == "parameter-version"
    assert refused.message.endswith("no parameter -DomainController in Exchange Online.")


def test_refused_cmdlets_leave_no_trace_and_the_log_can_be_searched(cloud):
    cloud.refusal("New-SendConnector", Name="x")
    cloud.refusal("Set-AcceptedDomain", Identity="x", OutboundOnly=True)
    assert [one["CmdletName"] for one in cloud.run("Search-AdminAuditLog")] == [
        "Set-AcceptedDomain"
    ]


class Kept:
    """Rows that are only put in."""

    def __init__(self):
        self.found = []

    def insert(self, noun, stored):
        self.found.append((noun, stored.name))


def test_microsoft_gives_a_tenant_a_domain_of_its_own():
    kept = Kept()
    seed(kept, NOUNS["AcceptedDomain"], World(Platform(ONLINE)))
    assert [name for _, name in kept.found] == ["contoso.com", "contoso.onmicrosoft.com"]


def test_setup_makes_only_what_exists_there():
    kept = Kept()
    setup(World(Platform(ONLINE)))(kept)
    assert {noun for noun, _ in kept.found} <= {
        name for name, noun in NOUNS.items() if noun.exists_on(Platform(ONLINE))
    }
