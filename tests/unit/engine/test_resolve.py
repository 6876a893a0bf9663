"""From a block to what it wants: arguments, secrets, backends, and where mistakes are."""

import pytest
from planning_bench import World, connector

from reconciler.catalog.index import types
from reconciler.engine.exposure import exposed
from reconciler.lang.shape import STRING
from reconciler.lang.value import Null, is_known, marks
from reconciler.model.values import UNKNOWN, Sealed

A = "send_connector.a"
HOSTS = ("dns_routing_enabled = false", 'smart_hosts = ["mx.example"]')
BASIC = 'smart_host_auth_mechanism = "BasicAuth"'


def only(text, **variables):
    planned = World(variables=variables).plan(text)
    assert planned.codes == []
    (desired,) = planned.draft.desired.values()
    return desired


def problem(*lines, **variables):
    text = "".join(f'variable "{name}" {{}}\n' for name in variables)
    (found,) = World(variables=variables).plan(text + connector("a", "A", *lines)).problems.errors
    return found


def test_defaults_are_filled_in_and_not_taken_for_given():
    desired = only(connector("a", "A", "port = 25", "comment = null"))
    assert (desired.values["port"], desired.values["comment"]) == (25, None)
    assert desired.given == {"name", "address_spaces", "port"}


def test_a_secret_is_sealed_and_stands_open_only_where_it_is_sent():
    credential = 'authentication_credential = { username = "u", password = "hush" }'
    desired = only(connector("a", "A", *HOSTS, BASIC, credential))
    assert isinstance(desired.values["authentication_credential"], Sealed)
    assert desired.secrets["authentication_credential"].hidden == "hush"
    assert "hush" not in str(desired)


def test_a_secret_with_a_part_that_is_not_known_is_not_known():
    credential = f'authentication_credential = {{ username = "u", password = {A}.guid }}'
    text = connector() + connector("b", "B", *HOSTS, BASIC, credential, spaces='["b.example"]')
    after = World().plan(text).changes["send_connector.b"].after
    assert after["authentication_credential"] is UNKNOWN


@pytest.mark.parametrize(
    "line",
    ["port = 70000", 'port = "many"', "port = upper(1, 2)", "smart_hosts = {}", "port = [25]"],
)
def test_a_mistake_is_placed_at_the_argument(line):
    found = problem(line)
    assert (found.span.line, found.address) == (4, A)


def test_what_is_missing_by_its_value_is_placed_at_the_argument():
    text = 'variable "n" {}\n' + connector().replace('"A"', "var.n")
    (found,) = World(variables={"n": None}).plan(text).problems.errors
    assert (found.code, found.span.line, found.address) == ("missing-argument", 3, A)


def test_a_mistake_in_an_instance_names_the_instance():
    lines = ("count = 2", "port = count.index == 0 ? 25 : 70000")
    (found,) = World().plan(connector("a", "A${count.index}", *lines)).problems.errors
    assert found.address == f"{A}[1]"


def test_one_value_said_twice_is_a_mistake_even_where_both_agree():
    found = problem('usage = "Partner"', "partner = true")
    assert found.code == "usage-given-twice"


def test_a_value_that_may_be_said_twice_is_not_a_mistake_yet():
    text = connector() + connector(
        "b", "B", "partner = true", f'internet = {A}.guid == "x"', spaces='["b.example"]'
    )
    planned = World().plan(text)
    assert planned.codes == []
    assert planned.changes["send_connector.b"].after["usage"] is UNKNOWN


def test_others_see_an_object_with_all_its_attributes():
    rtype = types()["send_connector"]
    values = {
        "name": "A",
        "port": 25,
        "guid": UNKNOWN,
        "authentication_credential": Sealed("", ""),
    }
    seen = exposed(rtype, values, ["port"])
    assert set(seen) == set(rtype.by_name)
    assert (seen["name"], marks(seen["port"])) == ("A", {"sensitive"})
    assert not is_known(seen["guid"])
    assert isinstance(seen["authentication_credential"], Null)


def test_what_is_marked_that_is_not_there_harms_nothing():
    assert exposed(types()["send_connector"], {}, ["nope"])["name"] == Null(STRING)
