"""Workspaces: made, selected, deleted; on both databases."""

import stat
from dataclasses import replace

import pytest

from reconciler.app import inspect, selection, unlocking, workspaces
from reconciler.app.project import Project
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, State
from reconciler.store.amending import Amendment
from reconciler.store.base import Holder, Run, Settled
from reconciler.store.keys import Given
from reconciler.store.sql import open_store

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
KEY = "QUJD" * 10 + "QUI="
RUN = Run(0, "apply", "ann", "host-a", "why", "digest", "2026-01-01T00:00:00Z")
ROW = Instance(
    Address("send_connector", "a"), Handle("g"), {"name": "A", "pin": "12"}, frozenset({"pin"})
)


@pytest.fixture(params=["sqlite", "postgres"])
def project(request, tmp_path):
    in_file = request.param == "sqlite"
    url = "sqlite:///.reconciler/state.db" if in_file else request.getfixturevalue("postgres_url")
    return Project(tmp_path, "default", {"RECONCILER_STATE_URL": url, "RECONCILER_STATE_KEY": KEY})


def fill(project, name):
    there = replace(project, workspace=name)
    store = inspect.opened(there)
    with store.lease(ANN, 0) as lease:
        store.amend(lease, RUN, Amendment([Settled("", str(ROW.address), None, ROW)], {}))
    return there


def refused(call, *arguments, **options):
    with pytest.raises(ReconcilerError) as caught:
        call(*arguments, **options)
    return [found.code for found in caught.value.diagnostics]


def test_there_is_always_the_default_workspace(project):
    assert workspaces.names(project) == ("default",)
    assert not (project.root / ".reconciler").exists()


def test_a_new_workspace_is_empty_and_selected(project):
    workspaces.create(project, "lab")
    assert workspaces.names(project) == ("default", "lab")
    assert selection.selected(project.root) == "lab"
    assert inspect.state(replace(project, workspace="lab")).instances == ()
    assert refused(workspaces.create, project, "lab") == ["workspace-exists"]
    file = project.own / "workspace"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_workspace_is_selected_or_made(project):
    assert refused(workspaces.select, project, "lab", or_create=False) == ["no-such-workspace"]
    assert workspaces.select(project, "lab", or_create=True)
    assert not workspaces.select(project, "default", or_create=False)
    assert selection.selected(project.root) == "default"


def test_an_empty_workspace_is_deleted_and_may_be_made_again(project):
    workspaces.create(project, "lab")
    workspaces.delete(project, "lab", force=False)
    assert workspaces.names(project) == ("default",)
    workspaces.create(project, "lab")
    fill(project, "lab")


def test_a_workspace_with_objects_is_deleted_by_force_alone(project):
    lab = fill(project, "lab")
    fill(project, "default")
    assert refused(workspaces.delete, project, "lab", force=False) == ["workspace-not-empty"]
    assert len(inspect.state(lab).instances) == 1
    assert workspaces.delete(project, "lab", force=True).left[0].handle == "g"
    assert inspect.state(lab) == State()
    assert len(inspect.state(project).instances) == 1
    assert len(list(inspect.opened(project).history())) == 1


def test_all_that_a_deleted_workspace_held_is_in_its_backup(project):
    lab = fill(project, "lab")
    before = inspect.state(lab)
    backup = workspaces.delete(project, "lab", force=True).backup
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    (project.root / "kept").mkdir(mode=0o700)
    backup.rename(project.root / "kept" / "state.db")
    key = Given(KEY)
    kept = open_store("sqlite:///kept/state.db", "lab", root=project.root, key=key)
    assert kept.read() == before
    assert len(list(kept.history())) == 1


def test_history_stays_append_only_after_a_deletion(project):
    fill(project, "lab")
    workspaces.delete(project, "lab", force=True)
    fill(project, "default")
    view = workspaces._view(project, "default")  # noqa: SLF001  # its database, raw
    with view.database.writer().connect() as connection:
        view.database.enter(connection, "default")
        with pytest.raises(Exception, match="append-only"):
            connection.exec_driver_sql("DELETE FROM history")


@pytest.mark.parametrize(
    ("current", "name", "code"),
    [
        ("lab", "lab", "workspace-in-use"),
        ("lab", "default", "workspace-in-use"),
        ("default", "default", "workspace-in-use"),
        ("default", "nope", "no-such-workspace"),
    ],
)
def test_what_must_stay_is_not_deleted(project, current, name, code):
    fill(project, "lab")
    here = replace(project, workspace=current)
    assert refused(workspaces.delete, here, name, force=True) == [code]


def test_a_workspace_at_work_is_not_deleted(project):
    lab = fill(project, "lab")
    with inspect.opened(lab).lease(ANN, 0):
        assert refused(workspaces.delete, project, "lab", force=True) == ["state-locked"]
    assert list((project.own / "backups").iterdir()) == []
    assert len(inspect.state(lab).instances) == 1


def test_a_selection_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / ".reconciler" / "workspace").mkdir(parents=True)
    assert refused(selection.selected, tmp_path) == ["workspace-unreadable"]


def test_a_lease_is_taken_away_by_its_number(project):
    store = inspect.opened(project)
    with store.lease(ANN, 0) as lease:
        assert refused(unlocking.held, project, lease.fence + 1) == ["no-such-lease"]
        assert unlocking.held(project, lease.fence).holder == ANN
        unlocking.unlock(project, lease.fence)
        assert refused(store.begin, lease, RUN) == ["lease-lost"]
    assert refused(unlocking.held, project, 1) == ["no-such-lease"]


def test_the_message_about_a_lock_names_the_lease(project):
    with (
        inspect.opened(project).lease(ANN, 0) as lease,
        pytest.raises(ReconcilerError) as caught,
        inspect.opened(project).lease(ANN, 0),
    ):
        pass
    assert f"force-unlock {lease.fence} " in caught.value.diagnostics[0].detail


def test_a_choice_that_cannot_be_kept_is_told(tmp_path):
    (tmp_path / ".reconciler").write_text("in the way")
    assert refused(selection.select, tmp_path, "lab") == ["cannot-write"]
    assert selection.selected(tmp_path) == ""
