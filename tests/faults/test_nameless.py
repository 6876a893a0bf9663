"""Objects that Exchange names, not the configuration: after a lost answer or SIGKILL the same
command takes over what is proven ours, and names what is not.
"""

import signal
import sys
from base64 import b64encode

import pytest
from fault_bench import APPLY, PLAN, Bench, die_at

from reconciler.model.values import Secret

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and forks")

NEW = "New-EdgeSubscription"
QUIET = "create_internet_send_connector = false\n  create_inbound_send_connector = false"


def subscription(server: str = "EDGE1") -> str:
    data = b64encode(f"<EdgeServerName>{server}</EdgeServerName>".encode()).decode()
    return (
        f'resource "edge_subscription" "{server.lower()}" {{\n  site = "Ams"\n'
        f'  file_data = "{data}"\n  {QUIET}\n}}\n'
    )


ON_EDGE = (
    'backend "simulated" {\n  role = "edge"\n}\n'
    'resource "edge_subscription" "own" {\n  file_name = "C:\\\\Edge.xml"\n}\n'
)
"""The name is known to nobody before the call."""


def there(bench: Bench) -> list[object]:
    return [each["Name"] for each in bench.ask("Get-EdgeSubscription")]


def subscribe(bench: Bench, server: str, site: str = "Ams") -> None:
    file = b64encode(f"<EdgeServerName>{server}</EdgeServerName>".encode()).decode()
    quiet = {"CreateInternetSendConnector": False, "CreateInboundSendConnector": False}
    bench.ask(NEW, Site=site, FileData=Secret("", file), **quiet)


def killed_after_the_call(bench: Bench, made: int) -> None:
    """The run dies as soon as Exchange has `made` objects, before it knows."""
    for number in range(1, 60):
        ended = bench.run(APPLY, hook=die_at(number))
        if len(there(bench)) == made:
            break
    assert ended.code == -signal.SIGKILL
    assert [intent.handle for intent in bench.state().intents] == [None]


def assert_healed(bench: Bench, *names: str) -> None:
    healed = bench.run(APPLY, PLAN)
    assert healed.code == 0, healed.out + healed.err
    assert sorted(map(str, there(bench))) == list(names)
    assert bench.state().intents == ()


@pytest.mark.parametrize("text", [subscription(), ON_EDGE])
def test_a_lost_answer_is_made_good_in_the_same_run(bench, text):
    bench.write(text)
    ended = bench.run(APPLY, PLAN, RECONCILER_SIM_FAULTS=f"{NEW}#1=lost-answer")
    assert ended.code == 0, ended.out + ended.err
    assert there(bench) == ["EDGE1"]


@pytest.mark.parametrize("text", [subscription(), ON_EDGE])
def test_a_lost_call_is_made_again(bench, text):
    bench.write(text)
    ended = bench.run(APPLY, PLAN, RECONCILER_SIM_FAULTS=f"{NEW}#1=lost-call")
    assert ended.code == 0, ended.out + ended.err
    assert there(bench) == ["EDGE1"]


@pytest.mark.parametrize("text", [subscription(), ON_EDGE])
def test_a_kill_after_the_call_is_healed_by_the_same_command(bench, text):
    bench.write(text)
    killed_after_the_call(bench, 1)
    assert_healed(bench, "EDGE1")


def test_an_object_that_was_there_before_is_not_taken_for_ours(bench):
    subscribe(bench, "EDGE9")
    bench.write(ON_EDGE)
    killed_after_the_call(bench, 2)
    assert_healed(bench, "EDGE1", "EDGE9")


def test_of_several_new_objects_none_is_taken_and_all_are_named(bench):
    bench.write(ON_EDGE)
    for number in range(1, 60):
        bench.run(APPLY, hook=die_at(number))
        if bench.state().intents and not there(bench):
            break
    for server in ("EDGE8", "EDGE9"):
        subscribe(bench, server)
    stopped = bench.run(APPLY)
    assert stopped.code == 1
    assert "edge_subscription.own" in stopped.err
    assert '""' not in stopped.err
    assert all(str(each["Guid"]) in stopped.err for each in bench.ask("Get-EdgeSubscription"))


def test_somebody_elses_subscription_of_the_same_edge_server_is_not_taken_over(bench):
    bench.write(subscription())
    for number in range(1, 60):
        bench.run(APPLY, hook=die_at(number))
        if bench.state().intents and not there(bench):
            break
    subscribe(bench, "EDGE1", site="Berlin")
    stopped = bench.run(APPLY)
    assert stopped.code == 1
    assert '"EDGE1"' in stopped.err
    assert there(bench) == ["EDGE1"]


def test_an_edge_server_that_is_subscribed_already_is_found_by_the_plan(bench):
    subscribe(bench, "EDGE1", site="Berlin")
    bench.write(subscription())
    refused = bench.run(PLAN)
    assert refused.code == 1
    assert "already-exists" in refused.err or "The name is taken" in refused.err
