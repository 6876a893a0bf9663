"""What parameters make of the values they are given."""

import pytest

from reconciler.backends.simulated import coerce, coerce_names, mailnames
from reconciler.backends.simulated.refusal import UnfitError
from reconciler.backends.simulated.world import World
from reconciler.model.values import Secret

HERE = World()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("35MB", "35 MB (36,700,160 bytes)"),
        ("35 MB (36,700,160 bytes)", "35 MB (36,700,160 bytes)"),
        (26_214_400, "25 MB (26,214,400 bytes)"),
        ("1", "1 KB (1,024 bytes)"),
        ("1025B", "2 KB (2,048 bytes)"),
        ("1500kb", "1.465 MB (1,536,000 bytes)"),
        ("0", "0 B (0 bytes)"),
        ("1gb", "1 GB (1,073,741,824 bytes)"),
        ("UNLIMITED", "Unlimited"),
        ("2147483647", "2 GB (2,147,483,647 bytes)"),
    ],
)
def test_sizes_are_shown_as_a_server_shows_them(given, shown):
    assert coerce.size(given, HERE) == shown


@pytest.mark.parametrize(
    ("given", "shown"),
    [("00:10:00", "00:10:00"), ("0.00:15:00", "00:15:00"), ("1.00:00:00", "1.00:00:00")],
)
def test_times_are_shown_in_one_form(given, shown):
    assert coerce.span(1, 86_400)(given, HERE) == shown


@pytest.mark.parametrize("given", ["24:00:00", "00:60:00", "00:00:60", "ten minutes", "", None])
def test_what_is_no_time_is_refused(given):
    with pytest.raises(UnfitError):
        coerce.span(1, 86_400)(given, HERE)


@pytest.mark.parametrize(("given", "read"), [(True, True), ("$FALSE", False), ("True", True)])
def test_truth_is_read_in_every_spelling(given, read):
    assert coerce.boolean(given, HERE) is read


@pytest.mark.parametrize("given", ["yes", "", None, 2, ("true",)])
def test_what_is_neither_true_nor_false_is_refused(given):
    with pytest.raises(UnfitError):
        coerce.boolean(given, HERE)


@pytest.mark.parametrize("given", [True, "9" * 5000, "1.5", None, -1, 2_147_483_648])
def test_what_is_no_whole_number_in_range_is_refused(given):
    with pytest.raises(UnfitError):
        coerce.whole(0)(given, HERE)


@pytest.mark.parametrize("given", ["9" * 400 + "TB", "35 megabytes", "", None, "1e3"])
def test_what_is_no_size_is_refused(given):
    with pytest.raises(UnfitError):
        coerce.size(given, HERE)


@pytest.mark.parametrize(
    ("given", "short"),
    [("MBX2", "MBX2"), ("mbx2.contoso.com", "mbx2"), ("CN=MBX2,CN=Servers,DC=x", "MBX2")],
)
def test_servers_are_known_by_their_short_names(given, short):
    assert coerce_names.servers((given,), HERE) == [short]


def test_at_least_one_source_server_stays():
    with pytest.raises(UnfitError):
        coerce_names.servers(None, HERE)


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("contoso.com", "SMTP:contoso.com;1"),
        ("smtp:*;100", "smtp:*;100"),
        ("FAX:a;b;5", "FAX:a;b;5"),
        ("FAX:+1 555", "FAX:+1 555;1"),
        ("X400:c=us;a=x;7", "X400:c=us;a=x;7"),
    ],
)
def test_address_spaces_are_completed(given, stored):
    assert mailnames.address_space(given) == stored


@pytest.mark.parametrize("label", ["-a", "a-", "a" * 64, "", "a b", "ä"])
def test_a_label_of_a_domain_keeps_to_the_rules(label):
    assert not mailnames.is_domain(f"{label}.example")
    assert mailnames.is_domain("x" * 63 + ".example")


@pytest.mark.parametrize(
    ("read", "given"),
    [
        (coerce.text, ("a", "b")),
        (coerce.flags(lambda _: ("Default", "A")), None),
        (coerce_names.named(str), 5),
        (coerce_names.each(str), 5),
        (coerce_names.ip_address, "10.0.0.256"),
        (coerce_names.ip_address, None),
        (coerce_names.domain_controller, None),
        (coerce_names.each(mailnames.address_space), ("FAX:",)),
    ],
)
def test_a_value_of_another_type_is_refused(read, given):
    with pytest.raises(UnfitError):
        read(given, HERE)


def test_a_credential_is_read_without_its_password():
    assert coerce_names.credential(Secret("relay", "hunter2"), HERE) == "relay"
    assert coerce_names.credential(None, HERE) is None


def test_an_address_is_shown_in_its_short_form():
    assert coerce_names.ip_address("2001:DB8:0::1", HERE) == "2001:db8::1"
