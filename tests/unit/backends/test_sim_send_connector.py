"""How New, Set, Get and Remove behave where they are not refused."""

import pytest

from reconciler.backends.command import Edit
from reconciler.backends.simulated.world import Organisation
from reconciler.model.values import Secret

HOST = {"DNSRoutingEnabled": False, "SmartHosts": ("mx.example",)}


@pytest.mark.parametrize(
    ("version", "size"),
    [
        ("2010", "10 MB (10,485,760 bytes)"),
        ("2013", "25 MB (26,214,400 bytes)"),
        ("2016", "35 MB (36,700,160 bytes)"),
        ("SE", "35 MB (36,700,160 bytes)"),
    ],
)
def test_the_largest_message_depends_on_the_version(open_lab, version, size):
    assert open_lab(version).new()["MaxMessageSize"] == size


@pytest.mark.parametrize("given", [{"Internal": True}, {"Usage": "internal"}])
def test_internal_usage_has_no_largest_message_since_2016(lab, given):
    assert lab.new(**given)["MaxMessageSize"] == "Unlimited"


def test_a_given_size_weighs_more_than_the_usage(lab):
    assert lab.new(Internal=True, MaxMessageSize="1MB")["MaxMessageSize"].startswith("1 MB")


@pytest.mark.parametrize(
    ("version", "absent", "present"),
    [
        ("2010", "FrontendProxyEnabled", "IsCoexistenceConnector"),
        ("2013", "ConnectorType", "CloudServicesMailEnabled"),
        ("2019", "LinkedReceiveConnector", "ConnectorType"),
    ],
)
def test_a_property_exists_only_in_its_versions(open_lab, version, absent, present):
    shown = open_lab(version).new()
    assert absent not in shown
    assert present in shown


def test_the_executing_server_is_the_source_where_none_is_named(open_lab):
    made = open_lab(organisation=Organisation(server="MBX7")).new()
    assert (made["SourceTransportServers"], made["HomeMtaServerId"]) == (["MBX7"], "MBX7")


def test_types_of_address_spaces_keep_their_case_and_the_rest_is_completed(lab):
    made = lab.new(AddressSpaces=("smtp:*", "Contoso.com", "*.contoso.com;7", "CONTOSO.COM"))
    assert made["AddressSpaces"] == ["smtp:*;1", "SMTP:CONTOSO.COM;1", "SMTP:*.contoso.com;7"]


def test_error_policies_come_back_joined_in_their_own_order(lab):
    made = lab.new(ErrorPolicies=("upgradecustomfailures", "Default", "DowngradeDnsFailures"))
    assert made["ErrorPolicies"] == "DowngradeDnsFailures, UpgradeCustomFailures"


def test_addresses_of_smart_hosts_come_back_in_brackets(lab):
    made = lab.new(DNSRoutingEnabled=False, SmartHosts=("MX.example", "10.1.1.1", "2001:db8::0:1"))
    assert made["SmartHosts"] == ["MX.example", "[10.1.1.1]", "[2001:db8::1]"]
    assert made["SmartHostsString"] == "MX.example,[10.1.1.1],[2001:db8::1]"


def test_a_set_changes_what_it_names_and_nothing_else(lab):
    before = lab.new(Comment="old")
    lab.run("Set-SendConnector", Identity="Lab", Port=2525)
    after = lab.get()
    assert {n for n in after if after[n] != before[n]} == {"Port", "WhenChanged", "WhenChangedUTC"}


def test_a_set_that_changes_nothing_leaves_the_time_of_change(lab):
    before = lab.new(Port=2525)
    lab.run("Set-SendConnector", Identity="Lab", Port="2525")
    assert lab.get() == before


def test_a_rename_keeps_the_guid_and_moves_every_name(lab):
    before = lab.new("Old, one")
    lab.run("Set-SendConnector", Identity=before["Guid"], Name="New")
    after = lab.get("New")
    assert after["Guid"] == before["Guid"]
    assert (after["Identity"], after["Id"]) == ("New", "New")
    assert before["DistinguishedName"].startswith("CN=Old\\, one,CN=Connections,")
    assert after["DistinguishedName"].startswith("CN=New,CN=Connections,")
    assert lab.refusal("Get-SendConnector", Identity="Old, one").code == "not-found"


@pytest.mark.parametrize("by", ["Name", "Guid", "DistinguishedName"])
@pytest.mark.parametrize("spelt", [str, str.upper, str.lower])
def test_an_object_is_found_by_name_guid_and_dn_in_any_case(lab, by, spelt):
    made = lab.new('A "quoted", name\\')
    assert lab.get(spelt(made[by]))["Guid"] == made["Guid"]


def test_without_an_identity_get_answers_everything_sorted(lab):
    lab.new("b")
    lab.new("A")
    assert [r["Name"] for r in lab.run("Get-SendConnector", Identity=None)] == ["A", "b"]


@pytest.mark.parametrize(
    "cmdlet", ["Get-SendConnector", "Set-SendConnector", "Remove-SendConnector"]
)
def test_an_unknown_identity_is_an_error(lab, cmdlet):
    assert lab.refusal(cmdlet, Identity="Nobody").code == "not-found"


def test_set_and_remove_need_an_identity(lab):
    lab.new()
    assert lab.refusal("Remove-SendConnector", Identity=None).code == "parameter-missing"
    assert lab.refusal("Set-SendConnector", Port=1).code == "parameter-missing"


def test_a_name_is_taken_in_any_case(lab):
    lab.new("Lab")
    other = lab.new("Other")
    assert lab.refusal("New-SendConnector", Name="LAB", AddressSpaces=("a.com",)).code == (
        "already-exists"
    )
    rename = lab.refusal("Set-SendConnector", Identity=other["Guid"], Name="lab")
    assert rename.code == "already-exists"


def test_the_case_of_a_name_can_be_changed(lab):
    lab.new("lab")
    lab.run("Set-SendConnector", Identity="lab", Name="LAB")
    assert lab.get("lab")["Name"] == "LAB"


def test_a_careless_target_takes_one_name_twice_and_tells_them_apart_by_guid(open_lab):
    lab = open_lab(duplicates=True)
    first, second = lab.new(), lab.new()
    assert first["DistinguishedName"] != second["DistinguishedName"]
    assert lab.refusal("Set-SendConnector", Identity="Lab", Port=1).code == "ambiguous-identity"
    lab.run("Remove-SendConnector", Identity=first["Guid"])
    assert lab.get(second["DistinguishedName"])["Guid"] == second["Guid"]


def test_null_clears(lab):
    lab.new(Fqdn="mail.example", Comment="x", **HOST)
    lab.run("Set-SendConnector", Identity="Lab", Fqdn=None, Comment=None, SmartHosts=None,
            DNSRoutingEnabled=True)  # fmt: skip
    after = lab.get()
    assert (after["Fqdn"], after["Comment"], after["SmartHosts"]) == (None, "", [])


def test_an_edit_adds_and_removes_without_overwriting(lab):
    lab.new(AddressSpaces=("a.com", "b.com"))
    lab.run("Set-SendConnector", Identity="Lab",
            AddressSpaces=Edit(("c.com", "A.com"), ("B.com",)))  # fmt: skip
    assert lab.get()["AddressSpaces"] == ["SMTP:a.com;1", "SMTP:c.com;1"]


@pytest.mark.parametrize(
    ("made", "changes", "code"),
    [
        ({}, {"DNSRoutingEnabled": False}, "smart-hosts-missing"),
        (HOST, {"DNSRoutingEnabled": True}, "smart-hosts-with-dns"),
        (HOST, {"SmartHosts": None}, "smart-hosts-missing"),
        ({}, {"AddressSpaces": None}, "address-spaces-missing"),
        ({}, {"AddressSpaces": Edit((), ("lab.example",))}, "address-spaces-missing"),
        ({"RequireTLS": True}, {"IgnoreSTARTTLS": True}, "tls-required-and-ignored"),
        (
            {"RequireTLS": True, "TlsAuthLevel": "EncryptionOnly"},
            {"RequireTLS": False},
            "tls-level-without-tls",
        ),
        (
            {"RequireTLS": True, "TlsAuthLevel": "DomainValidation", "TlsDomain": "x.com"},
            {"TlsAuthLevel": "EncryptionOnly"},
            "tls-domain-without-validation",
        ),
        ({}, {"SmartHostAuthMechanism": "BasicAuth"}, "credential-missing"),
    ],
)
def test_what_a_set_leaves_behind_must_still_hold(lab, made, changes, code):
    before = lab.new(**made)
    assert lab.refusal("Set-SendConnector", Identity="Lab", **changes).code == code
    assert lab.get() == before


def test_guard_and_dependants_may_go_in_one_call(lab):
    lab.new(RequireTLS=True, TlsAuthLevel="DomainValidation", TlsDomain="x.com")
    lab.run(
        "Set-SendConnector", Identity="Lab", RequireTLS=False, TlsAuthLevel=None, TlsDomain=None
    )
    assert lab.get()["TlsAuthLevel"] is None


def test_a_credential_reads_back_as_its_user_name(lab):
    made = lab.new(AuthenticationCredential=Secret("relay", "hunter2"))
    assert made["AuthenticationCredential"] == "relay"
    lab.run("Set-SendConnector", Identity="Lab", SmartHostAuthMechanism="BasicAuth")
    assert lab.get()["SmartHostAuthMechanism"] == "BasicAuth"


def test_a_new_password_counts_as_a_change(lab):
    before = lab.new(AuthenticationCredential=Secret("relay", "hunter2"))
    lab.run("Set-SendConnector", Identity="Lab", AuthenticationCredential=Secret("relay", "other"))
    assert lab.get()["WhenChanged"] != before["WhenChanged"]


def test_what_if_checks_and_changes_nothing(lab):
    before = lab.new()
    assert lab.run("New-SendConnector", Name="B", AddressSpaces=("b.com",), WhatIf=True) == []
    lab.run("Set-SendConnector", Identity="Lab", Port=1, WhatIf=True)
    lab.run("Remove-SendConnector", Identity="Lab", WhatIf=True)
    assert lab.run("Get-SendConnector") == [before]
    refused = lab.refusal(
        "Set-SendConnector", Identity="Lab", DNSRoutingEnabled=False, WhatIf=True
    )
    assert refused.code == "smart-hosts-missing"


def test_what_if_sees_that_a_name_is_taken(lab):
    lab.new()
    refused = lab.refusal("New-SendConnector", Name="lab", AddressSpaces=("b.com",), WhatIf=True)
    assert refused.code == "already-exists"


def test_the_domain_controller_that_was_asked_is_the_one_that_answers(lab):
    lab.new()
    (bag,) = lab.run("Get-SendConnector", Identity="Lab", DomainController="dc9.contoso.com")
    assert bag["OriginatingServer"] == "dc9.contoso.com"


def test_names_are_kept_to_the_byte(lab):
    name = "x'; DROP TABLE exchange_object; -- \x1b[31m \u202e $(rm) \U0001f4e7"
    assert lab.new(name)["Name"] == name
    assert lab.get(name)["Identity"] == name


def test_a_cmdlet_that_does_not_exist_is_refused(lab):
    assert lab.refusal("Get-Connector").code == "cmdlet-unknown"
    assert lab.refusal("Enable-SendConnector", Identity="x").code == "cmdlet-unknown"
