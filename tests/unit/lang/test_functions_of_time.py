"""Functions whose results change from call to call: time, chance, salt."""

import re

import pytest

from reconciler.lang.evaluate import evaluate
from reconciler.lang.parse import parse_expression
from reconciler.lang.scope import Moment, Scope
from reconciler.lang.shape import STRING
from reconciler.lang.value import SENSITIVE, Unknown, marks, plain
from reconciler.model.diagnostic import Collector, ReconcilerError

PLANNED = Moment("2026-01-02T03:04:05Z")
APPLIED = Moment("2026-01-02T03:04:05Z", "2026-01-02T04:00:00Z")
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


def value(text, moment=APPLIED, **names):
    expr = parse_expression(text, "main.hcl", Collector())
    return evaluate(expr, Scope(names, moment=moment))


def refusal(text):
    with pytest.raises(ReconcilerError) as caught:
        value(text)
    return caught.value.diagnostics[0].detail


@pytest.mark.parametrize("call", ["timestamp()", "uuid()", 'bcrypt("x")'])
@pytest.mark.parametrize("moment", [PLANNED, None])
def test_what_changes_from_call_to_call_is_unknown_until_apply(call, moment):
    assert value(call, moment) == Unknown(STRING)


def test_timestamp_is_the_time_of_the_apply():
    assert value("timestamp()") == "2026-01-02T04:00:00Z"


def test_plantimestamp_is_known_in_the_plan_and_stays():
    assert value("plantimestamp()", PLANNED) == "2026-01-02T03:04:05Z"
    assert value("plantimestamp()", APPLIED) == "2026-01-02T03:04:05Z"


def test_plantimestamp_is_unknown_where_there_is_no_plan():
    assert value("plantimestamp()", None) == Unknown(STRING)


def test_every_call_of_uuid_gives_another_one():
    found = plain(value("[for i in range(3) : uuid()]"))
    assert len(set(found)) == 3
    assert all(re.fullmatch(UUID, each) for each in found)


def test_inner_scopes_know_the_time_too():
    assert value("[for x in [1] : timestamp()][0]") == "2026-01-02T04:00:00Z"


def test_templates_know_the_time_too():
    given = {"t": "${timestamp()}"}
    assert value("templatestring(t, {})", **given) == "2026-01-02T04:00:00Z"
    assert value("templatestring(t, {})", PLANNED, **given) == Unknown(STRING)


def test_bcrypt_salts_at_random():
    first, second = plain(value('[bcrypt("x", 4), bcrypt("x", 4)]'))
    assert first != second
    assert first.startswith("$2a$04$")
    assert len(first) == 60


def test_bcrypt_costs_10_where_it_is_told_nothing_or_too_little():
    assert value('bcrypt("x")').startswith("$2a$10$")
    assert value('bcrypt("x", 3)').startswith("$2a$10$")


def test_a_digest_of_something_sensitive_is_sensitive():
    assert marks(value('bcrypt(sensitive("x"), 4)')) == {SENSITIVE}
    assert marks(value('bcrypt(sensitive("x"), 4)', PLANNED)) == {SENSITIVE}


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ('bcrypt("x", 17)', "16 at most"),
        ('bcrypt("x", 4.5)', "whole number"),
        ('bcrypt("x", 4, 4)', "one cost"),
        (f'bcrypt("{"x" * 73}", 4)', "72 bytes"),
    ],
)
def test_bcrypt_refuses_what_it_cannot_do(call, reason):
    assert reason in refusal(call)
