"""The default accepted domain in plans: what takes it away is found before anything is sent."""

import pytest
from app_bench import Run

from reconciler.app import planning
from reconciler.app.planning import Options
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.plan import Mode

DEFAULT = "make_default = true"
FIRST = "lifecycle { create_before_destroy = true }"
CODE = "default-domain-goes"


def domain(label, name, *lines, called=""):
    body = [f'name = "{called or label}"', f'domain_name = "{name}.example"', *lines]
    return "\n".join([f'resource "accepted_domain" "{label}" {{', *body, "}", ""])


A, B = domain("a", "a", DEFAULT), domain("b", "b")
BOTH = A + B


@pytest.fixture
def run(tmp_path):
    found = Run(tmp_path)
    found.apply(BOTH)
    return found


def made(run, **options):
    return planning.make(run.project, Options(**options), lambda _event: None)


def detail(run, text):
    """What the one mistake of a plan says."""
    run.write(text)
    with pytest.raises(ReconcilerError) as caught:
        made(run)
    [found] = caught.value.diagnostics
    return found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(B, id="removed"),
        pytest.param(B + domain("c", "c"), id="removed-beside-one-that-is-made"),
        pytest.param(domain("a", "c", DEFAULT) + B, id="replaced"),
        pytest.param(domain("a", "c") + B, id="replaced-unsaid"),
        pytest.param(domain("a", "c", FIRST, called="new") + B, id="replaced-later-unsaid"),
        pytest.param(domain("a", "b", DEFAULT) + domain("b", "a"), id="swapped"),
        pytest.param(domain("a", "b") + domain("b", "a", DEFAULT), id="swapped-with-the-default"),
        pytest.param(B + domain("c", "a", DEFAULT), id="successor-of-the-same-domain"),
        pytest.param(B + domain("c", "c", DEFAULT, called="a"), id="successor-of-the-same-name"),
        pytest.param(
            domain("a", "c") + domain("b", "b", DEFAULT, "depends_on = [accepted_domain.a]"),
            id="successor-waits-for-the-new-object",
        ),
    ],
)
def test_what_takes_the_default_domain_away_is_a_mistake_in_the_plan(run, text):
    assert run.refused(text) == [CODE]
    assert run.state == ["accepted_domain.a", "accepted_domain.b"]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param(
            domain("b", "b", DEFAULT), ("accepted_domain.a", "delete"), id="another-that-is-there"
        ),
        pytest.param(
            B + domain("c", "c", DEFAULT), ("accepted_domain.a", "delete"), id="one-that-is-made"
        ),
        pytest.param(
            domain("b", "c", DEFAULT), ("accepted_domain.a", "delete"), id="one-that-is-replaced"
        ),
        pytest.param(
            domain("a", "c", DEFAULT, FIRST, called="new") + B,
            ("accepted_domain.a", "delete"),
            id="its-own-successor",
        ),
        pytest.param(
            domain("a", "c") + domain("b", "b", DEFAULT),
            ("accepted_domain.a", "create"),
            id="another-while-it-is-replaced",
        ),
    ],
)
def test_it_may_go_where_another_one_takes_over_before(run, text, last):
    run.apply(text)
    assert run.done[-1] == last
    assert run.plan() == ({}, {})


def test_the_cure_of_a_removal_is_said(run):
    said = detail(run, B).detail
    assert "accepted_domain.a is the default domain" in said
    assert "move make_default = true to the block of another accepted_domain" in said
    assert "removed block" in said


def test_the_cure_of_a_replacement_stands_where_it_is_forced(run):
    found = detail(run, domain("a", "c", DEFAULT) + B)
    assert found.span.line == 3
    assert "create_before_destroy" in found.detail
    assert "removed block" not in found.detail


def test_a_successor_that_comes_too_late_is_named(run):
    said = detail(run, B + domain("c", "a", DEFAULT)).detail
    assert "accepted_domain.c is to follow it" in said
    assert 'it takes the domain_name "a.example"' in said
    assert "moved block" in said


def test_a_successor_may_wait_by_way_of_others(run):
    said = detail(run, domain("b", "b", called="a") + domain("c", "c", DEFAULT, called="b")).detail
    assert 'it waits for "update accepted_domain.b", and that for this one' in said


def test_domains_that_each_wait_for_the_other_to_go_are_refused(run):
    run.apply(BOTH + domain("c", "c"))
    ring = domain("b", "c", FIRST, called="new b") + domain("c", "b", FIRST, called="new c")
    assert run.refused(A + ring) == ["not-free-in-time"]


def test_a_default_that_somebody_moved_meanwhile_is_no_obstacle(run):
    run.apply(A.replace(DEFAULT, "") + domain("b", "b", DEFAULT))
    run.apply(domain("b", "b", DEFAULT))
    assert run.done == [("accepted_domain.a", "delete")]


def test_without_a_refresh_nothing_is_refused_that_may_have_changed(run):
    run.apply(A.replace(DEFAULT, "") + domain("b", "b", DEFAULT))
    assert run.plan(domain("b", "b"), refresh=False)[0] == {"accepted_domain.a": "delete"}


def test_what_is_let_go_stays_the_default(run):
    letting = "removed {\n from = accepted_domain.a\n lifecycle { destroy = false }\n}\n"
    run.apply(letting + B)
    assert run.state == ["accepted_domain.b"]


def test_nobody_can_take_the_default_from_a_domain_without_giving_it_to_another(run):
    denied = A.replace("true", "false")
    assert run.refused(denied + B) == ["no-default-domain"]
    run.apply(denied + domain("b", "b", DEFAULT))
    assert run.plan() == ({}, {})


def test_destroying_all_lets_the_default_domain_go_and_says_so(run):
    plan = made(run, mode=Mode.DESTROY)
    assert {str(one.address): one.action for one in plan.changes} == {
        "accepted_domain.a": "forget",
        "accepted_domain.b": "delete",
    }
    assert [found.code for found in plan.warnings] == ["stays-in-exchange"]
    tally = run.apply(mode=Mode.DESTROY)
    assert (tally.failed, run.state) == (0, [])


def test_destroying_all_stops_at_a_protected_default_domain(run):
    run.apply(domain("a", "a", DEFAULT, "lifecycle { prevent_destroy = true }") + B)
    assert run.refused(mode=Mode.DESTROY) == ["protected"]


def test_destroying_a_part_refuses_to_take_the_default_domain_away(run):
    assert run.refused(mode=Mode.DESTROY, targets=("accepted_domain.a",)) == [CODE]
    assert run.refused(mode=Mode.DESTROY, excludes=("accepted_domain.b",)) == [CODE]
    run.apply(mode=Mode.DESTROY, excludes=("accepted_domain.a",))
    assert run.state == ["accepted_domain.a"]


@pytest.mark.parametrize("parallelism", [1, 10])
def test_a_domain_that_another_object_has_is_freed_before_it_is_taken(run, parallelism):
    run.apply(A + domain("ab", "b"), parallelism=parallelism)
    assert run.done == [("accepted_domain.b", "delete"), ("accepted_domain.ab", "create")]
    assert run.plan() == ({}, {})


@pytest.mark.parametrize("parallelism", [1, 10])
def test_domains_that_are_not_the_default_change_places(run, parallelism):
    run.apply(BOTH + domain("c", "c"))
    run.apply(A + domain("b", "c") + domain("c", "b"), parallelism=parallelism)
    assert run.plan() == ({}, {})
    assert len(run.done) == 4


def test_an_undo_that_would_remove_the_default_domain_is_refused(run):
    run.apply(BOTH.replace(DEFAULT, "") + domain("c", "c", DEFAULT))
    assert run.refused(mode=Mode.UNDO, undo=2) == [CODE]
