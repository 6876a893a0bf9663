"""Cmdlets as people type them."""

import pytest

from reconciler.backends.command import Command, Edit
from reconciler.backends.simulated.shell import columns, parse_cmdlet
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.values import Secret


def parameters(*words):
    return dict(parse_cmdlet(["Set-SendConnector", *words]).parameters)


def failure(*words):
    with pytest.raises(ReconcilerError) as caught:
        parse_cmdlet(words)
    return caught.value.diagnostics[0]


def test_the_example_of_the_manual_is_read():
    line = ["New-SendConnector", "-Name", "Lab", "-AddressSpaces", "lab.example,*.lab.example;5"]
    assert parse_cmdlet([*line, "-RequireTLS", "$true"]) == Command(
        "New",
        "SendConnector",
        {
            "Name": "Lab",
            "AddressSpaces": ("lab.example", "*.lab.example;5"),
            "RequireTLS": True,
        },
    )


@pytest.mark.parametrize("typed", ["get-sendconnector", "GET-SENDCONNECTOR"])
def test_cmdlets_are_known_in_any_case(typed):
    assert parse_cmdlet([typed]) == Command("Get", "SendConnector", {})


def test_a_first_word_alone_is_the_identity_or_the_name():
    assert parameters("Lab") == {"Identity": "Lab"}
    assert parse_cmdlet(["New-SendConnector", "Lab"]).parameters == {"Name": "Lab"}


@pytest.mark.parametrize("typed", ["-maxmessagesize", "-MaxM", "-max"])
def test_parameters_may_be_abbreviated(typed):
    assert parameters(typed, "1MB") == {"MaxMessageSize": "1MB"}


def test_a_switch_stands_alone_or_with_a_colon():
    assert parameters("-Force", "-Confirm:$false") == {"Force": True, "Confirm": False}
    assert parameters("-wi", "Lab") == {"WhatIf": True, "Identity": "Lab"}


@pytest.mark.parametrize(("typed", "read"), [("$null", None), ("$TRUE", True), ("$false", False)])
def test_constants_are_read(typed, read):
    assert parameters("-Enabled", typed) == {"Enabled": read}


def test_only_lists_are_split_at_commas():
    assert parameters("-Comment", "a, b") == {"Comment": "a, b"}
    assert parameters("-SmartHosts", "a, b") == {"SmartHosts": ("a", "b")}


@pytest.mark.parametrize("words", [["a,", "b"], ["a", ",", "b"], ["a", ",b"], ["a,b"]])
def test_a_list_may_have_spaces_about_its_commas(words):
    assert parameters("Lab", "-SmartHosts", *words) == {
        "Identity": "Lab",
        "SmartHosts": ("a", "b"),
    }


def test_a_parameter_is_never_part_of_the_list_before_it():
    assert parameters("-Comment", "a,", "-Port", "25") == {"Comment": "a,", "Port": "25"}


def test_quotes_keep_commas_together():
    assert parameters("-AddressSpaces", "\"FAX:a,b;1\",'c.com'") == {
        "AddressSpaces": ("FAX:a,b;1", "c.com")
    }


def test_a_value_with_a_dash_stands_after_a_colon():
    assert parameters("-Comment:-x:y") == {"Comment": "-x:y"}


def test_a_table_edits_a_list():
    assert parameters("-SmartHosts", '@{Add="a","b";Remove="c"}') == {
        "SmartHosts": Edit(("a", "b"), ("c",))
    }


def test_a_credential_is_a_table():
    given = parameters("-AuthenticationCredential", '@{UserName=relay;Password="p;w,d"}')
    assert given == {"AuthenticationCredential": Secret("relay", "p;w,d")}


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["Set-SendConector"], "cmdlet-unknown", '"Set-SendConnector"'),
        ([], "cmdlet-unknown", "Get-SendConnector"),
        (["Set-SendConnector", "-Prt", "1"], "parameter-unknown", '"Port"'),
        (["Get-SendConnector", "-Port", "1"], "parameter-unknown", "Get-SendConnector"),
        (["Set-SendConnector", "-S", "1"], "parameter-ambiguous", "-SmartHosts"),
        (["Set-SendConnector", "-Port"], "value-missing", "-Port"),
        (["Set-SendConnector", "-Comment", "-x"], "value-missing", "-Comment:-x"),
        (["Set-SendConnector", "a", "b"], "word-unexpected", '"b"'),
        (["Search-AdminAuditLog", "a"], "word-unexpected", '"a"'),
        (["Set-SendConnector", "-Port", "1", "-port", "2"], "parameter-twice", "-Port"),
        (["Set-SendConnector", "-SmartHosts", "@{Put=a}"], "value-unreadable", "Add"),
    ],
)
def test_what_cannot_be_read_says_why(words, code, says):
    problem = failure(*words)
    assert problem.code == code
    assert says in problem.detail


def test_tables_show_the_columns_of_a_management_shell():
    assert columns(parse_cmdlet(["Get-SendConnector"])) == ("Identity", "AddressSpaces", "Enabled")
    assert "CmdletName" in columns(parse_cmdlet(["Search-AdminAuditLog"]))


@pytest.mark.parametrize(
    "typed",
    [
        "([Convert]::FromBase64String('PEVkZ2UvPg=='))",
        '[System.Convert]::FromBase64String("PEVkZ2UvPg==")',
        "([convert]::frombase64string(PEVkZ2UvPg==))",
    ],
)
def test_bytes_are_a_secret(typed):
    call = parse_cmdlet(["New-EdgeSubscription", "-Site", "Ams", "-FileData", typed])
    assert call.parameters == {"Site": "Ams", "FileData": Secret("", "PEVkZ2UvPg==")}
