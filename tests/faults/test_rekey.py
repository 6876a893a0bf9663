"""Another key for what is sealed: everything opens with it, nothing with the old one, and a run
that dies on the way changes nothing or everything.
"""

import sqlite3
import sys

import pytest
from fault_bench import APPLY, PLAN, Bench, die_at
from test_shared_state import HIDDEN, OUTPUT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")

REKEY = ("state", "rekey")
HORSE, MULE = ({"RECONCILER_STATE_PASSPHRASE": word} for word in ("horse", "mule"))


@pytest.fixture
def sealed(bench: Bench) -> Bench:
    bench.write(HIDDEN + OUTPUT)
    assert bench.run(APPLY).code == 0
    return bench


def note(bench: Bench, **given: str) -> str:
    return bench.run(("output", "-raw", "note"), **given).out.strip()


def test_the_key_beside_the_database_is_made_anew(sealed):
    key = sealed.root / ".reconciler" / "key"
    before = key.read_bytes()
    done = sealed.run(REKEY, PLAN)
    assert done.code == 0, done.err
    assert "2 rows are sealed" in done.out
    assert key.read_bytes() != before
    assert note(sealed) == "hush"
    key.write_bytes(before)
    assert "another key" in sealed.run(PLAN).err


def test_the_history_opens_with_the_new_key_and_proves_sound(sealed):
    assert sealed.run(REKEY).code == 0
    past = sealed.past()
    assert [one.after.values["comment"] for one in past if one.after] == ["hush"]


def test_rows_and_history_stay_alike_under_the_new_key(sealed):
    assert sealed.run(REKEY).code == 0
    verified = sealed.run(("history", "verify"))
    assert verified.code == 0, verified.err


def test_no_old_sealed_text_is_left(sealed):
    store = sealed.root / ".reconciler" / "state.db"
    with sqlite3.connect(store) as database:
        rows = database.execute("SELECT body FROM entry WHERE body LIKE '%sealed%'").fetchall()
    assert sealed.run(REKEY).code == 0
    old = rows[0][0].split('"comment":"')[1].split('"')[0]
    with sqlite3.connect(store) as database:
        assert old not in str(list(database.iterdump()))


def test_without_a_new_key_one_from_outside_is_not_replaced(bench):
    bench.write(HIDDEN)
    assert bench.run(APPLY, **HORSE).code == 0
    assert "RECONCILER_STATE_NEW_KEY" in bench.run(REKEY, **HORSE).err
    given = {"RECONCILER_STATE_NEW_PASSPHRASE": "mule"}
    assert bench.run(REKEY, **HORSE, **given).code == 0
    assert bench.run(PLAN, **MULE).code == 0
    assert bench.run(PLAN, **HORSE).code == 1


def test_a_key_on_a_server_is_replaced_as_well(bench, postgres_url):
    shared = Bench(bench.root, {"RECONCILER_STATE_URL": postgres_url})
    shared.write(HIDDEN)
    assert shared.run(APPLY, **HORSE).code == 0
    given = {"RECONCILER_STATE_NEW_PASSPHRASE": "mule"}
    done = shared.run(REKEY, **HORSE, **given)
    assert done.code == 0, done.err
    assert shared.run(PLAN, **MULE).code == 0


def test_workspaces_that_share_the_key_go_along(sealed):
    lab = {"RECONCILER_WORKSPACE": "lab"}
    sealed.run(("sim", "Remove-SendConnector", "-Identity", "A"))
    assert sealed.run(APPLY, **lab).code == 0
    assert sealed.run(REKEY).code == 0
    assert note(sealed, **lab) == "hush"


@pytest.mark.parametrize("number", range(1, 18))
def test_a_kill_on_the_way_leaves_one_key_that_opens_everything(sealed, number):
    ended = sealed.run(REKEY, hook=die_at(number))
    assert note(sealed) == "hush", ended.err
    assert sealed.run(REKEY, PLAN).code == 0
    assert note(sealed) == "hush"
