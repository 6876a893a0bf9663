"""Plans that unmake much say what holds them up."""

import pytest
from app_bench import Run, block

from reconciler.app import plan_file, planning
from reconciler.app.planning import Options
from reconciler.model.plan import Mode

LIST = "for_each = toset([{}])"


@pytest.fixture
def run(tmp_path):
    return Run(tmp_path)


def fleet(count, *lines):
    keys = ", ".join(f'"{number:02}"' for number in range(count))
    text = block("c", *lines, repeat=LIST.format(keys))
    return text.replace("c.example", "${each.key}.c.example")


DEFAULT = 'resource "send_connector" "all" {\n name = "All"\n address_spaces = ["*"]\n}\n'
BRAKES = "reconciler {{\n brakes {{\n  {}\n }}\n}}\n"


def brakes(run, text, **options):
    """(reason, subject, how many go, of how many)."""
    run.write(text)
    made = planning.make(run.project, Options(**options), lambda _event: None)
    return [(b.reason.value, b.subject, len(b.objects), b.total) for b in made.brakes]


def test_more_than_a_third_of_a_type_holds_a_plan_up(run):
    run.apply(DEFAULT + fleet(11))
    assert brakes(run, DEFAULT + fleet(7)) == []
    assert brakes(run, DEFAULT + fleet(6)) == [("share", "send_connector", 5, 12)]


def test_replacements_count_as_deletions(run):
    run.apply(DEFAULT + fleet(11))
    again = tuple(f'send_connector.c["{number:02}"]' for number in range(5))
    found = brakes(run, DEFAULT + fleet(11), replace=again)
    assert found == [("share", "send_connector", 5, 12)]


def test_few_objects_of_a_type_are_no_share(run):
    run.apply(DEFAULT + fleet(8))
    assert brakes(run, DEFAULT) == []


def test_the_configuration_sets_the_limits(run):
    run.apply(DEFAULT + fleet(4))
    limits = BRAKES.format("destroy_share = 0.3\n  destroy_least = 5")
    assert brakes(run, limits + DEFAULT + fleet(3)) == []
    assert brakes(run, limits + DEFAULT + fleet(2)) == [("share", "send_connector", 2, 5)]


def test_limits_may_come_from_variables(run):
    run.apply(DEFAULT + fleet(11))
    limits = 'variable "share" { default = "0.9" }\n' + BRAKES.format("destroy_share = var.share")
    assert brakes(run, limits + DEFAULT + fleet(2)) == []


@pytest.mark.parametrize(
    "argument",
    [
        "destroy_share = 2",
        'destroy_share = "much"',
        "destroy_least = 0",
        "destroy_least = 1.5",
        "only_route = 1",
    ],
)
def test_limits_that_are_none_are_refused(run, argument):
    assert run.refused(BRAKES.format(argument)) == ["invalid-brake"]


def test_limits_may_be_written_in_json(run):
    run.apply(DEFAULT + fleet(11))
    limits = '{"reconciler": {"brakes": {"destroy_share": "${1 / 2}", "only_route": true}}}'
    (run.root / "limits.hcl.json").write_text(limits)
    assert brakes(run, DEFAULT + fleet(6)) == []
    assert brakes(run, DEFAULT + fleet(5)) == []
    assert brakes(run, DEFAULT + fleet(4)) == [("share", "send_connector", 7, 12)]


def test_a_null_limit_is_the_usual_one(run):
    run.apply(DEFAULT + fleet(11))
    limits = BRAKES.format("destroy_share = null")
    assert brakes(run, limits + DEFAULT + fleet(6)) == [("share", "send_connector", 5, 12)]


def test_the_only_route_of_a_destination_holds_a_plan_up(run):
    run.apply(block("a") + block("b"))
    assert brakes(run, block("a")) == [("only-route", "b.example", 1, 0)]


def test_a_destination_that_another_route_takes_in_is_not_lost(run):
    run.apply(DEFAULT + block("b"))
    assert brakes(run, DEFAULT) == []


def test_the_default_route_is_the_only_one_for_the_rest(run):
    run.apply(DEFAULT + block("b"))
    assert brakes(run, block("b")) == [("only-route", "*", 1, 0)]


def test_a_route_is_away_while_it_is_replaced(run):
    run.apply(block("b"))
    again = {"replace": ("send_connector.b",)}
    assert brakes(run, block("b"), **again) == [("only-route", "b.example", 1, 0)]
    first = block("b", "lifecycle { create_before_destroy = true }", name="b2")
    assert brakes(run, first, **again) == []


def test_a_route_that_another_connector_takes_over_first_is_not_lost(run):
    run.apply(block("b"))
    assert brakes(run, block("other").replace("other.example", "b.example")) == []


def test_routes_that_take_no_mail_cannot_be_lost(run):
    run.apply(block("b", "enabled = false"))
    assert brakes(run, "") == []


def test_only_routes_may_go_where_the_configuration_says_so(run):
    run.apply(block("a") + block("b"))
    assert brakes(run, BRAKES.format("only_route = false") + block("a")) == []


def test_whoever_destroys_everything_means_every_route(run):
    run.apply(block("a") + block("b"))
    text = block("a") + block("b")
    assert brakes(run, text, mode=Mode.DESTROY) == []
    some = {"mode": Mode.DESTROY, "targets": ("send_connector.a",)}
    assert brakes(run, text, **some) == [("only-route", "a.example", 1, 0)]


def test_a_fleet_is_not_destroyed_without_a_word(run):
    run.apply(DEFAULT + fleet(11))
    found = brakes(run, DEFAULT + fleet(11), mode=Mode.DESTROY)
    assert found == [("share", "send_connector", 12, 12)]


def test_what_state_remembers_as_protected_holds_a_plan_up(run):
    guard = "lifecycle { prevent_destroy = %s }"
    run.apply(DEFAULT + block("b", guard % "true"))
    lifted = DEFAULT + block("b", guard % "false")
    found = brakes(run, lifted, mode=Mode.DESTROY)
    assert found == [("protected", "send_connector.b", 1, 0)]


def test_a_saved_plan_keeps_what_holds_it_up(run):
    run.apply(block("a") + block("b"))
    run.write(block("a"))
    made = run.save()
    assert made.brakes
    assert plan_file.load(run.project, run.root / "plan").brakes == made.brakes
