"""Laws of kinds, tried with invented values."""

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from reconciler.lang.parser.escapes import quoted
from reconciler.schema.kind import KindError
from reconciler.schema.kinds.choice import flags
from reconciler.schema.kinds.net import smart_hosts
from reconciler.schema.kinds.number import integer, size, timespan
from reconciler.schema.kinds.routing import address_spaces, parse_one, read
from reconciler.schema.kinds.server import servers
from reconciler.schema.kinds.text import text
from reconciler.schema.literal import quote

SPAN = timespan(0, 10**7)
LABELS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=8)
DOMAINS = st.lists(LABELS, min_size=2, max_size=4).map(
    lambda labels: ".".join(["x", *labels, "y"])
)
SPACES = st.builds(
    lambda kind, wild, domain, cost: f"{kind}{wild}{domain}{cost}",
    st.sampled_from(["", "SMTP:", "smtp:", "Local:SMTP:"]),
    st.sampled_from(["", "*."]),
    DOMAINS,
    st.one_of(st.just(""), st.integers(1, 100).map(lambda cost: f";{cost}")),
)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_any_text_survives_being_quoted(value):
    canonical = text.parse(value)
    assert quoted(quote(canonical)[1:-1]) == canonical


@given(st.text('${%}"\\\n', max_size=12))
def test_text_that_looks_like_a_template_survives_being_quoted(value):
    assert quoted(quote(value)[1:-1]) == value


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_quoted_text_holds_no_raw_control_character(value):
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", quote(value))


@given(st.integers(0, 2**31 - 1))
def test_sizes_round_up_to_whole_kilobytes_and_stay_there(count):
    canonical = size.parse(count)
    assert 0 <= canonical - count < 1024
    assert size.parse(size.encode(canonical)) == canonical


@given(st.integers(0, 2**31 - 1))
def test_a_size_reads_back_from_what_exchange_shows(count):
    canonical = size.parse(count)
    shown = f"{canonical / 2**20:.4g} MB ({canonical:,} bytes)"
    assert size.parse(shown) == canonical


@given(st.integers(0, 10**7))
def test_a_time_span_is_what_it_is_written_as(seconds):
    assert SPAN.parse(SPAN.encode(seconds)) == seconds


@given(st.integers(-10, 110))
def test_a_whole_number_is_taken_within_its_range_only(number):
    kind = integer(0, 100)
    try:
        taken = kind.parse(number)
    except KindError:
        taken = None
    assert (taken == number) == (0 <= number <= 100)


@given(st.lists(SPACES))
def test_address_spaces_are_stable_whatever_their_order(spaces):
    canonical = address_spaces.parse(spaces)
    assert address_spaces.parse(list(reversed(canonical))) == canonical
    assert address_spaces.parse([*spaces, *canonical]) == canonical


@given(SPACES)
def test_an_address_space_says_the_same_in_all_its_parts(space):
    (found,) = read(address_spaces.parse([space]))
    assert parse_one(str(found)) == found
    assert (found.type, found.address) == ("SMTP", found.address.lower())


@given(st.lists(DOMAINS))
def test_smart_hosts_are_a_set_that_knows_no_case(hosts):
    canonical = smart_hosts.parse(hosts)
    assert smart_hosts.parse([host.upper() for host in hosts] + hosts) == canonical


@given(st.lists(LABELS), DOMAINS)
def test_a_server_is_known_by_its_first_label(names, domain):
    longer = [f"{name}.{domain}".lower() for name in names]
    assert servers.parse(longer) == servers.parse(names)


@given(st.lists(st.sampled_from(["A", "B", "C"])))
def test_flags_read_back_from_the_joined_word(chosen):
    kind = flags("Zero", "A", "B", "C")
    assert kind.parse(kind.encode(kind.parse(chosen))) == tuple(sorted(set(chosen)))
