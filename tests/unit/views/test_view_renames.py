"""What a plan says besides its changes: what looks renamed, and what holds it up."""

from reconciler.model.address import Address
from reconciler.model.brake import Brake, BrakeReason
from reconciler.model.plan import Mode, Plan
from reconciler.model.rename import Likeness, Rename
from reconciler.views import json_plan, renames

OLD = Address("send_connector", "old", 'a"${b}')
NEW = Address("send_connector", "new", 3, (("m", "k"), ("n", None)))


def test_keys_are_written_as_hcl_reads_them():
    assert renames.block(Rename(OLD, NEW, Likeness.BODY)) == (
        "moved {\n"
        '  from = send_connector.old["a\\"$${b}"]\n'
        '  to   = module.m["k"].module.n.send_connector.new[3]\n'
        "}\n"
    )


def test_nothing_is_said_where_nothing_looks_renamed():
    assert list(renames.section(())) == []


def test_a_plan_for_programs_has_both():
    rename = Rename(OLD.family, NEW.family, Likeness.IDENTITY, 2)
    brakes = (
        Brake(BrakeReason.SHARE, "send_connector", (OLD,), 12),
        Brake(BrakeReason.ONLY_ROUTE, "a.example", (OLD,)),
    )
    made = Plan(Mode.NORMAL, "0", "l", 1, {}, "d", renames=(rename,), brakes=brakes)
    found = json_plan.document(made, {})
    assert found["renames"] == [
        {
            "from": "send_connector.old",
            "to": 'module.m["k"].module.n.send_connector.new',
            "because": "identity",
            "objects": 2,
            "block": renames.block(rename),
        }
    ]
    assert found["brakes"] == [
        {
            "reason": "share",
            "subject": "send_connector",
            "objects": [str(OLD)],
            "total": 12,
        },
        {"reason": "only-route", "subject": "a.example", "objects": [str(OLD)]},
    ]
