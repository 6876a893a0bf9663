"""What becomes of one object: made, changed, left, made anew, deleted; and what is sent for it."""

import pytest
from planning_bench import World, applied, connector

from reconciler.lang.value import mark
from reconciler.model.values import UNKNOWN, Sealed

A = "send_connector.a"
BASIC = 'smart_host_auth_mechanism = "BasicAuth"'
HOSTS = ("dns_routing_enabled = false", 'smart_hosts = ["mx.example"]')
CREDENTIAL = 'authentication_credential = { username = "u", password = var.p }'
P = 'variable "p" { sensitive = true }\n'
TLS = ("require_tls = true", 'tls_auth_level = "DomainValidation"', 'tls_domain = "x.example"')


def relay(*lines):
    return P + connector("a", "A", *HOSTS, *lines)


def with_password(password, *texts):
    world = applied(*texts, variables={"p": mark(password, "sensitive")})
    world.variables = {"p": mark("other", "sensitive")}
    return world


def test_what_nobody_knows_is_created():
    planned = World().plan(connector())
    assert planned.actions == {A: "create"}
    assert planned.changes[A].before is None


def test_a_creation_sends_what_was_written_and_what_is_pinned():
    assert dict(World().plan(connector("a", "A", "port = 2525")).sent(A)) == {
        "name": "A",
        "address_spaces": ("SMTP:a.example;1",),
        "port": 2525,
        "max_message_size": 36700160,
    }


def test_what_exchange_computes_is_unknown_until_the_object_is_made():
    after = World().plan(connector()).changes[A].after
    assert {n for n, v in after.items() if v is UNKNOWN} == {
        "guid",
        "distinguished_name",
        "source_transport_servers",
    }
    assert after["require_oorg"] is False


def test_what_is_as_configured_stays():
    planned = applied(connector()).plan(connector())
    assert (planned.actions, planned.steps) == ({}, ())


@pytest.mark.parametrize(
    "line",
    [
        'max_message_size = "35MB"',
        "max_message_size = 36700160",
        'connection_inactivity_timeout = "00:10:00"',
        "enabled = true",
        'comment = ""',
        "comment = null",
        "smart_hosts = []",
        'usage = "custom"',
        "custom = true",
        "internet = false",
        "port = 25.0",
        'port = "25"',
    ],
)
def test_another_spelling_of_what_is_there_is_no_change(line):
    planned = applied(connector()).plan(connector("a", "A", line))
    assert (planned.actions, planned.codes) == ({}, [])


def test_only_what_changed_is_sent():
    planned = applied(connector()).plan(connector("a", "A", "port = 2525"))
    assert planned.differences(A) == {"port": (25, 2525)}
    assert planned.sent(A) == {"port": 2525}


def test_a_rename_is_an_update_of_the_same_object():
    world = applied(connector())
    planned = world.plan(connector(name="B"))
    (step,) = planned.steps
    assert planned.actions == {A: "update"}
    assert (step.handle, step.identity, dict(step.values)) == (world.handle(A), "A", {"name": "B"})


def test_what_follows_the_name_is_unknown_until_the_rename():
    assert (
        applied(connector()).plan(connector(name="B")).changes[A].after["distinguished_name"]
        is UNKNOWN
    )


def test_a_name_in_other_letters_is_the_same_name():
    planned = applied(connector(name="Relay")).plan(connector(name="RELAY"))
    assert planned.actions == {}
    assert UNKNOWN not in planned.changes[A].after.values()


def test_a_deleted_line_resets_the_argument():
    planned = applied(connector("a", "A", "port = 2525")).plan(connector())
    assert planned.sent(A) == {"port": 25}


def test_a_deleted_line_without_a_default_clears_the_argument():
    planned = applied(connector("a", "A", 'comment = "x"')).plan(connector())
    assert planned.sent(A) == {"comment": None}


def test_what_the_server_fills_in_is_kept_while_its_line_is_missing():
    world = applied(connector("a", "A", 'source_transport_servers = ["MBX1", "MBX2"]'))
    assert world.plan(connector()).actions == {}
    world.edit(A, source_transport_servers=("MBX9",))
    assert world.plan(connector()).actions == {}


def test_arguments_that_belong_together_travel_together():
    planned = applied(relay()).plan(relay().replace("mx.example", "mx2.example"))
    assert planned.sent(A) == {"dns_routing_enabled": False, "smart_hosts": ("mx2.example",)}


def test_a_guard_that_goes_takes_its_dependants_along_in_one_call():
    planned = applied(connector("a", "A", *TLS)).plan(connector())
    assert planned.sent(A) == {
        "require_tls": False,
        "ignore_starttls": False,
        "tls_auth_level": None,
        "tls_domain": None,
    }


def test_smart_hosts_give_way_to_dns_in_one_call():
    planned = applied(relay()).plan(P + connector())
    assert planned.sent(A) == {"dns_routing_enabled": True, "smart_hosts": ()}


def test_a_changed_password_is_sent_with_its_mechanism():
    planned = with_password("first", relay(BASIC, CREDENTIAL)).plan(relay(BASIC, CREDENTIAL))
    sent = planned.sent(A)
    assert planned.actions == {A: "update"}
    assert set(sent) == {"smart_host_auth_mechanism", "authentication_credential"}
    assert isinstance(sent["authentication_credential"], Sealed)


def test_the_same_password_is_no_change():
    world = with_password("other", relay(BASIC, CREDENTIAL))
    assert world.plan(relay(BASIC, CREDENTIAL)).actions == {}


def test_another_mechanism_sends_the_password_again():
    world = with_password("other", relay(BASIC, CREDENTIAL))
    planned = world.plan(relay(BASIC.replace("Auth", "AuthRequireTLS", 1), CREDENTIAL))
    (step,) = planned.steps
    assert list(planned.differences(A)) == ["smart_host_auth_mechanism"]
    assert step.secrets == ("authentication_credential",)


def test_without_a_mechanism_the_credential_is_cleared_with_it():
    planned = with_password("other", relay(BASIC, CREDENTIAL)).plan(relay())
    assert planned.sent(A) == {
        "smart_host_auth_mechanism": "None",
        "authentication_credential": None,
    }


def test_another_mechanism_sends_an_ignored_password_as_it_is_configured():
    ignore = "!ignore_changes = [authentication_credential]"
    world = with_password("first", relay(BASIC, CREDENTIAL, ignore))
    planned = world.plan(relay(BASIC.replace("Auth", "AuthRequireTLS", 1), CREDENTIAL, ignore))
    (step,) = planned.steps
    desired = planned.draft.desired[step.address]
    assert step.values["authentication_credential"] == desired.values["authentication_credential"]


def test_an_ignored_password_that_nobody_has_any_more_stays_behind():
    ignore = "!ignore_changes = [authentication_credential]"
    world = with_password("first", relay(BASIC, CREDENTIAL, ignore))
    planned = world.plan(relay('smart_host_auth_mechanism = "ExternalAuthoritative"', ignore))
    assert planned.sent(A) == {"smart_host_auth_mechanism": "ExternalAuthoritative"}
    assert planned.steps[0].secrets == ()


def test_a_changed_usage_is_a_warning_and_no_change():
    planned = applied(connector()).plan(connector("a", "A", 'usage = "Partner"'))
    (warned,) = planned.problems.warnings
    assert (planned.actions, warned.code) == ({}, "counts-at-creation-only")
    assert all(part in warned.detail for part in ('"Custom"', '"Partner"', "-replace="))
    assert warned.context == 'resource "send_connector" "a"'


def test_a_changed_usage_does_not_change_the_default_that_follows_from_it():
    planned = applied(connector()).plan(connector("a", "A", "internal = true"))
    assert (planned.actions, planned.codes) == ({}, ["counts-at-creation-only"])


def test_a_changed_usage_counts_where_the_object_is_made_anew():
    text = connector("a", "A", "internal = true")
    planned = applied(connector()).plan(text, replacements=[A])
    after = planned.changes[A].after
    assert (after["usage"], after["max_message_size"]) == ("Internal", "unlimited")
    assert planned.codes == []


def test_a_sensitive_usage_is_not_shown_in_the_warning():
    variables = {"u": mark("Partner", "sensitive")}
    text = 'variable "u" { sensitive = true }\n' + connector("a", "A", "usage = var.u")
    planned = applied(connector(), variables=variables).plan(text)
    (warned,) = planned.problems.warnings
    assert "Partner" not in warned.detail


def test_what_is_in_no_file_any_more_is_deleted():
    planned = applied(connector()).plan("")
    assert planned.actions == {A: "delete"}
    assert planned.reasons == {A: "delete-because-no-resource-config"}


def test_a_deletion_names_the_object_by_its_handle():
    world = applied(connector())
    (step,) = world.plan("").steps
    assert (step.handle, step.identity) == (world.handle(A), "A")


def test_an_object_whose_creation_did_not_finish_is_made_anew():
    world = applied(connector())
    world.taint(A)
    planned = world.plan(connector())
    assert planned.order == ["delete a", "create a"]
    assert planned.reasons == {A: "replace-because-tainted"}


def test_a_replacement_shows_what_will_be_different():
    planned = applied(connector()).plan(connector("a", "A", "port = 2525"), replacements=[A])
    assert planned.differences(A)["port"] == (25, 2525)


def test_a_value_that_was_sensitive_is_hidden_in_the_difference():
    text = 'variable "c" {}\n' + connector("a", "A", "comment = var.c")
    world = applied(text, variables={"c": mark("hush", "sensitive")})
    world.variables = {"c": "loud"}
    (difference,) = world.plan(text).changes[A].differences
    assert difference.sensitive


def test_state_learns_what_the_configuration_says_without_a_call():
    planned = applied(connector()).plan(connector("a", "A", "!prevent_destroy = true"))
    (step,) = planned.steps
    assert (planned.actions, step.verb, step.protected) == ({}, "record", True)


@pytest.mark.parametrize(
    ("before", "after", "actions", "reasons"),
    [
        ("count = 1", "count = 2", {"[1]": "create"}, {}),
        ("count = 2", "count = 1", {"[1]": "delete"}, {"[1]": "delete-because-count-index"}),
        (
            'for_each = toset(["x"])',
            'for_each = toset(["y"])',
            {'["x"]': "delete", '["y"]': "create"},
            {'["x"]': "delete-because-each-key"},
        ),
        (
            "count = 1",
            'for_each = toset(["x"])',
            {"[0]": "delete", '["x"]': "create"},
            {"[0]": "delete-because-wrong-repetition"},
        ),
        ("count = 1", "count = 0", {"[0]": "delete"}, {"[0]": "delete-because-count-index"}),
        (
            "",
            "!enabled = false",
            {"": "delete"},
            {"": "delete-because-not-enabled"},
        ),
        ("!enabled = false", "!enabled = true", {"": "create"}, {}),
    ],
)
def test_instances_come_and_go(before, after, actions, reasons):
    texts = [_repeated(line) for line in (before, after)]
    planned = applied(texts[0]).plan(texts[1])
    assert planned.actions == {A + key: action for key, action in actions.items()}
    assert planned.reasons == {A + key: reason for key, reason in reasons.items()}


def _repeated(line):
    key = "${each.key}" if "for_each" in line else "${count.index}" if "count" in line else ""
    return connector("a", f"A{key}", line)


def test_instances_that_stay_are_not_touched_when_others_go():
    world = applied(_repeated("count = 3"))
    before = world.handle(f"{A}[0]")
    world.apply(_repeated("count = 1"))
    assert [str(i.address) for i in world.state.instances] == [f"{A}[0]"]
    assert world.handle(f"{A}[0]") == before
