"""Which of several certificates a data source means: the choice that Exchange makes itself."""

import pytest

from reconciler.catalog.exchange_certificate import TYPE, choose

NOW = "2026-06-01T00:00:00Z"


def certificate(mark="A", until="2027", services=("SMTP",), since="2020", server="MBX1", name="n"):
    return {
        "thumbprint": mark,
        "server": server,
        "subject": f"CN={name}",
        "tls_certificate_name": f"<I>CN=CA<S>CN={name}",
        "not_before": f"{since}-01-01T00:00:00Z",
        "not_after": f"{until}-01-01T00:00:00Z",
        "services": services,
    }


def test_the_type_makes_the_choice():
    assert TYPE.choose is choose


def test_one_certificate_is_taken_without_a_word():
    assert (choose([certificate()], NOW).index, choose([certificate()], NOW).code) == (0, "")


@pytest.mark.parametrize(
    ("others", "best"),
    [
        ([certificate("A", "2027"), certificate("B", "2028")], 1),
        ([certificate("A", "2028"), certificate("B", "2027")], 0),
        ([certificate("A", "2026"), certificate("B", "2027", since="2020")], 1),
        ([certificate("A", "2030", since="2027"), certificate("B", "2027")], 1),
        ([certificate("A", "2030", ("IIS",)), certificate("B", "2027")], 1),
    ],
    ids=["longest", "longest-first", "not-expired", "begun", "for-smtp"],
)
def test_what_is_valid_and_for_smtp_counts_and_of_that_what_is_so_longest(others, best):
    assert choose(others, NOW).index == best


def test_the_choice_hangs_on_no_order():
    found = [certificate("A"), certificate("B"), certificate("C", "2029")]
    assert found[choose(found, NOW).index] == found[2]
    assert found[::-1][choose(found[::-1], NOW).index] == found[2]


def test_a_certificate_that_is_not_valid_is_taken_with_a_warning():
    pick = choose([certificate(until="2025")], NOW)
    assert (pick.index, pick.code) == (0, "certificate-not-valid")
    assert "until 2025-01-01" in pick.detail


def test_certificates_of_one_name_are_told_with_what_servers_lack_the_new_one():
    found = [
        certificate("OLD", "2027"),
        certificate("OLD", "2027", server="MBX2"),
        certificate("NEW", "2028"),
    ]
    pick = choose(found, NOW)
    assert (pick.index, pick.code) == (2, "certificate-renewed")
    assert "NEW, until 2028" in pick.detail
    assert "OLD until 2027" in pick.detail
    assert "MBX2 has only another one" in pick.detail


def test_one_certificate_on_several_servers_is_no_renewal():
    found = [certificate("A"), certificate("A", server="MBX2")]
    assert choose(found, NOW).code == ""


def test_certificates_of_other_names_are_no_renewal():
    assert choose([certificate("A", name="n"), certificate("B", name="o")], NOW).code == ""
