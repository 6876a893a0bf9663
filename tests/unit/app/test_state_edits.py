"""Changes to the record alone, on both databases: atomic, journalled, backed up."""

import json
import stat

import pytest

from reconciler.app import amend, backups, inspect, push
from reconciler.app.amend import Wish
from reconciler.app.project import Project
from reconciler.engine import edits
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import (
    Handle,
    Instance,
    InstanceStatus,
    Intent,
    IntentVerb,
    Output,
    State,
)
from reconciler.store import runs
from reconciler.store.amending import Amendment
from reconciler.store.base import Holder, Run, Settled

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "why", "digest", "2026-01-01T00:00:00Z")
A, B = (Address("send_connector", "relay", key) for key in "ab")
KEY = "QUJD" * 10 + "QUI="
USER = Address("send_connector", "user")
ROWS = (
    Instance(A, Handle("g-a"), {"name": "A", "pin": "1234"}, frozenset({"pin"}), protected=True),
    Instance(B, Handle("g-b"), {"name": "B"}, status=InstanceStatus.TAINTED),
    Instance(USER, Handle("g-u"), {"name": "U"}, dependencies=(A.block,)),
)


@pytest.fixture(params=["sqlite", "postgres"])
def project(request, tmp_path):
    in_file = request.param == "sqlite"
    url = "sqlite:///.reconciler/state.db" if in_file else request.getfixturevalue("postgres_url")
    made = Project(tmp_path, "default", {"RECONCILER_STATE_URL": url, "RECONCILER_STATE_KEY": KEY})
    fill(made)
    return made


def fill(project):
    store = inspect.opened(project)
    outcomes = [Settled("", str(row.address), None, row, row.deposed) for row in ROWS]
    with store.lease(ANN, 0) as lease:
        hidden = Output("s3cret", "string", sensitive=True)
        store.amend(lease, RUN, Amendment(outcomes, {"o": hidden}))


def edit(project, work, *arguments, **wish):
    return amend.amend(project, Wish("state mv", **wish), lambda at: work(at, *arguments))


def refused(call, *arguments, **options):
    with pytest.raises(ReconcilerError) as caught:
        call(*arguments, **options)
    return [found.code for found in caught.value.diagnostics]


def rows(project):
    return {str(row.address): row for row in inspect.state(project).instances}


def test_a_move_takes_along_what_others_remember_of_it(project):
    edit(project, edits.moved, "send_connector.relay", "module.m.send_connector.out")
    moved = rows(project)
    assert set(moved) == {
        'module.m.send_connector.out["a"]',
        'module.m.send_connector.out["b"]',
        "send_connector.user",
    }
    (used,) = moved["send_connector.user"].dependencies
    assert str(used) == "module.m.send_connector.out"
    assert moved['module.m.send_connector.out["a"]'].values == ROWS[0].values


@pytest.mark.parametrize(
    ("source", "target", "there"),
    [
        ('send_connector.relay["a"]', "send_connector.one", "send_connector.one"),
        ('send_connector.relay["*"]', 'send_connector.x["n-*"]', 'send_connector.x["n-b"]'),
        ("send_connector.user", "send_connector.user[0]", "send_connector.user[0]"),
        ("send_connector.*", "module.m.send_connector.*", "module.m.send_connector.user"),
    ],
)
def test_instances_patterns_and_keys_move(project, source, target, there):
    edit(project, edits.moved, source, target)
    assert there in rows(project)
    assert len(rows(project)) == 3


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        ("send_connector.nope", "send_connector.x", "no-such-object"),
        ('send_connector.relay["a"]', 'send_connector.relay["b"]', "address-taken"),
        ("send_connector.user", "send_connector.relay", "address-taken"),
        ("send_connector.user", "send_connector.user", "move-to-itself"),
        ("send_connector.user", "receive_connector.user", "move-to-another-type"),
        ("send_connector.user", "module.m", "move-of-unlike"),
        ("send_connector.user", 'send_connector.x["*"]', "move-pattern"),
        ("send_connector.user", "send_connector.x[var.y]", "key-not-constant"),
        ('se"', "send_connector.x", "invalid-address"),
        ("send_connector.user", "", "invalid-address"),
    ],
)
def test_a_move_that_cannot_be_is_refused_and_changes_nothing(project, source, target, code):
    before = inspect.state(project)
    assert refused(edit, project, edits.moved, source, target) == [code]
    assert inspect.state(project) == before


def test_a_module_moves_with_all_that_is_in_it(project):
    edit(project, edits.moved, "send_connector.relay", "module.m.send_connector.out")
    edit(project, edits.moved, "module.m", 'module.n["eu"]')
    assert 'module.n["eu"].send_connector.out["a"]' in rows(project)


def test_what_is_removed_is_forgotten_by_pattern_module_or_address(project):
    edit(project, edits.forgotten, ['send_connector.relay["*"]'])
    assert set(rows(project)) == {"send_connector.user"}
    assert refused(edit, project, edits.forgotten, ["send_connector.relay"]) == ["no-such-object"]


def test_of_several_addresses_each_must_mean_something(project):
    wrong = ["send_connector.user", "send_connector.nope"]
    assert refused(edit, project, edits.forgotten, wrong) == ["no-such-object"]
    assert len(rows(project)) == 3


def test_protection_is_lifted_for_those_who_have_it(project):
    edit(project, edits.unprotected, ["send_connector.relay"])
    assert not any(row.protected for row in rows(project).values())
    assert refused(edit, project, edits.unprotected, ["*"]) == ["not-protected"]


def test_a_mark_for_replacement_is_set_and_taken_back(project):
    edit(project, edits.untainted, str(B))
    assert rows(project)[str(B)].status is InstanceStatus.READY
    assert refused(edit, project, edits.untainted, str(B)) == ["not-tainted"]
    edit(project, edits.tainted, str(B))
    assert rows(project)[str(B)].status is InstanceStatus.TAINTED
    assert refused(edit, project, edits.tainted, "send_connector.relay") == ["no-such-object"]


def test_history_keeps_each_edit_as_a_run(project):
    edit(project, edits.forgotten, [str(USER)], message="not ours")
    store = inspect.opened(project)
    last = list(store.runs())[-1]
    assert (last.command, last.message, last.status) == ("state mv", "not ours", "done")
    (past,) = store.history(last.id)
    assert (past.address, past.before.handle, past.after) == (str(USER), "g-u", None)


def test_a_dry_run_says_the_same_and_writes_nothing(project):
    before = inspect.opened(project).pull()
    done = edit(project, edits.forgotten, [str(USER)], dry_run=True)
    assert done.told == ((USER, USER),)
    assert inspect.opened(project).pull() == before
    assert not (project.own / "backups").exists()


def test_an_edit_that_changes_nothing_is_no_run(project):
    assert edit(project, edits.tainted, str(B)).is_empty
    assert len(list(inspect.opened(project).runs())) == 1


def test_an_edit_is_refused_while_another_run_works(project):
    with inspect.opened(project).lease(ANN, 0):
        assert refused(edit, project, edits.forgotten, [str(USER)]) == ["state-locked"]


def test_what_a_call_is_under_way_for_is_not_edited(project):
    store = inspect.opened(project)
    with store.lease(ANN, 0) as lease:
        intent = Intent("i", 9, USER, IntentVerb.UPDATE, Handle("g-u"), "U", {"name": "U"})
        store.intend(lease, [intent])
    assert refused(edit, project, edits.forgotten, [str(USER)]) == ["state-unsettled"]
    text = pulled(project)
    assert refused(put, project, text, force=True) == ["state-unsettled"]
    edit(project, edits.forgotten, [str(A)])


def test_a_mistake_in_the_files_keeps_edits_from_the_wrong_state(tmp_path):
    (tmp_path / "main.hcl").write_text("reconciler { state { url = } }\n")
    with pytest.raises(ReconcilerError):
        edit(Project(tmp_path, "default", {}), edits.forgotten, [str(USER)])


# Pull and push


def pulled(project):
    return inspect.opened(project).pull().encode()


def put(project, content, **options):
    wish = Wish("state push", dry_run=options.pop("dry_run", False))
    return push.push(project, wish, content, **{"force": False, **options})


def facts(state):
    """What state says, without the numbers that count its changes."""
    kept = {(str(i.address), i.handle, i.status, i.protected, *i.values.items()) for i in
            state.instances}  # fmt: skip
    return kept, dict(state.outputs)


def test_what_was_pulled_is_put_back_whole_by_force(project):
    text, before = pulled(project), inspect.state(project)
    edit(project, edits.forgotten, ["*"])
    assert refused(put, project, text) == ["older-serial"]
    put(project, text, force=True)
    assert facts(inspect.state(project)) == facts(before)
    assert list(inspect.opened(project).history())


def test_a_pulled_document_holds_no_sensitive_value_in_the_clear(project):
    assert b"s3cret" not in pulled(project)
    assert b"1234" not in pulled(project)


def test_pushing_what_is_there_changes_nothing(project):
    assert put(project, pulled(project)).is_empty
    assert len(list(inspect.opened(project).runs())) == 1


def test_a_dry_push_tells_each_row_and_writes_nothing(project):
    text = pulled(project)
    edit(project, edits.forgotten, [str(USER)])
    before = pulled(project)
    done = put(project, text, force=True, dry_run=True)
    assert [outcome.address for outcome in done.outcomes] == [str(USER)]
    assert pulled(project) == before


def test_a_document_of_another_lineage_needs_force(project, tmp_path):
    (tmp_path / "other").mkdir()
    other = Project(tmp_path / "other", "default", {"RECONCILER_STATE_KEY": KEY})
    fill(other)
    edit(other, edits.forgotten, [str(USER)])
    assert refused(put, project, pulled(other)) == ["foreign-lineage"]
    put(project, pulled(other), force=True)
    assert facts(inspect.state(project)) == facts(inspect.state(other))


def test_an_empty_workspace_takes_any_document(project):
    text = pulled(project)
    fresh = Project(project.root, "fresh", project.environment)
    put(fresh, text)
    assert facts(inspect.state(fresh)) == facts(inspect.state(project))


def test_a_document_that_went_another_way_is_refused(project):
    text = json.loads(pulled(project))
    text["instances"][0]["version"] = 0
    text["serial"] += 5
    sealed_elsewhere = [row for row in text["instances"] if "sealed" not in row["body"]]
    text["instances"] = [{**row, "version": 0} for row in sealed_elsewhere]
    assert refused(put, project, signed(text)) == ["older-version"]


def signed(said):
    from reconciler.store import document  # noqa: PLC0415  # a forger would do this

    said.pop("digest", None)
    return json.dumps({**said, "digest": document._digest(said)}).encode()  # noqa: SLF001


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda text: text[: len(text) // 2], "document-damaged"),
        (lambda _: b"", "document-damaged"),
        (lambda _: b"\xff\xfe", "document-damaged"),
        (lambda _: b"[]", "document-damaged"),
        (lambda _: b'{"version": 4, "serial": 1, "lineage": "x"}', "document-damaged"),
        (lambda _: b"[" * 100_000, "document-damaged"),
        (lambda text: text.replace(b'"g-b"', b'"g-c"'), "document-damaged"),
        (lambda text: text.replace(b'"serial": ', b'"serial": 1'), "document-damaged"),
        (lambda text: signed({**json.loads(text), "format": 2}), "document-damaged"),
        (lambda text: signed({**json.loads(text), "instances": [{}]}), "document-damaged"),
        (lambda text: signed({**json.loads(text), "serial": True}), "document-damaged"),
        (lambda text: signed(doubled(json.loads(text))), "document-damaged"),
        (lambda text: signed(hollow(json.loads(text))), "document-damaged"),
        (lambda text: signed(named(json.loads(text), "outputs", "\ud800")), "document-damaged"),
        (lambda text: signed(named(json.loads(text), "outputs", "\0")), "document-damaged"),
        (
            lambda text: signed(named(json.loads(text), "instances", 'a.b["\\u0061"]')),
            "document-damaged",
        ),
        (lambda text: signed({**json.loads(text), "lineage": "x"}), "seal-broken"),
        (lambda text: signed({**json.loads(text), "workspace": "x"}), "seal-broken"),
        (lambda text: signed({**json.loads(text), "seal": "x"}), "key-wrong"),
        (lambda text: signed(swapped(json.loads(text))), "seal-broken"),
    ],
)
def test_a_document_that_is_not_what_was_pulled_is_refused(project, spoil, code):
    before = pulled(project)
    assert refused(put, project, spoil(before), force=True) == [code]
    assert pulled(project) == before


def doubled(said):
    return {**said, "instances": [*said["instances"], said["instances"][0]]}


def hollow(said):
    return {**said, "instances": [{**row, "body": {}} for row in said["instances"]]}


def named(said, sort, name):
    """With a harmless row under a name of its own."""
    body = {"type": "string", "value": "x", "plain": {}}
    return {**said, sort: [{"key": name, "deposed": "", "version": 1, "body": body}]}


def swapped(said):
    """The sealed value of one object in the place of another."""
    first, second, *rest = said["instances"]
    body = {**second["body"], "sealed": first["body"]["sealed"]}
    return {**said, "instances": [first, {**second, "body": body}, *rest]}


def test_the_state_before_each_edit_is_kept_for_its_owner_alone(project):
    before = pulled(project)
    edit(project, edits.forgotten, [str(USER)])
    (kept,) = (project.own / "backups").iterdir()
    assert kept.read_bytes() == before
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    put(project, kept.read_bytes(), force=True)
    assert len(rows(project)) == 3


def test_the_newest_backups_of_each_workspace_are_kept(tmp_path):
    one, other = (Project(tmp_path, name, {}) for name in ("default", "default-2"))
    backups.keep(other, "other")
    for number in range(backups.KEPT + 5):
        backups.keep(one, str(number))
    kept = sorted((one.own / "backups").glob("default@*"))
    assert [path.read_text() for path in kept] == [str(n) for n in range(5, backups.KEPT + 5)]
    assert len(list((one.own / "backups").glob("default-2@*"))) == 1
    assert backups.keep(one, "") is None


def test_nothing_is_pulled_from_nothing(tmp_path):
    assert inspect.opened(Project(tmp_path, "default", {})).pull() == ""
    assert inspect.state(Project(tmp_path, "default", {})) == State()


def test_an_edit_that_cannot_be_backed_up_is_not_made(project):
    (project.own / "backups").write_text("in the way")
    before = pulled(project)
    assert refused(edit, project, edits.forgotten, [str(USER)]) == ["cannot-write"]
    assert pulled(project) == before


def test_an_edit_that_fails_at_its_end_has_changed_nothing(project, monkeypatch):
    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(runs, "finish", fail)
    before = pulled(project)
    with pytest.raises(RuntimeError):
        edit(project, edits.forgotten, ["*"])
    assert pulled(project) == before
    assert len(list(inspect.opened(project).runs())) == 1
