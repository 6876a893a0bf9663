"""A workspace copied between databases is the same afterwards, or nothing was copied."""

from dataclasses import replace

import pytest

from reconciler.app import inspect
from reconciler.app.migrate import migrate
from reconciler.app.project import Project
from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, Intent, IntentVerb, Output, State
from reconciler.model.values import Sealed
from reconciler.store import transfer
from reconciler.store.amending import Amendment
from reconciler.store.base import Holder, Run, RunStatus, Settled
from reconciler.store.keys import Given, Nowhere
from reconciler.store.sql import open_store, open_view

ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "why", "digest", "2026-01-01T00:00:00Z")
FILE = "sqlite:///.reconciler/state.db"
OTHER = "sqlite:///.reconciler/other.db"
KEY, ANOTHER = ("QUJD" * 10 + "QUI=", "REVG" * 10 + "REU=")
A = Address("send_connector", "a", "é\x00", (("m", 3),))


def row(number):
    values = {"name": f"N{number}", "pin": "1234", "credential": Sealed("u", "scrypt$x")}
    return Instance(A, Handle("g"), values, frozenset({"pin"}))


@pytest.fixture(params=["to postgres", "from postgres", "between files"])
def way(request):
    """The addresses of the source and of the target."""
    if request.param == "between files":
        return FILE, OTHER
    server = request.getfixturevalue("postgres_url")
    return (FILE, server) if request.param == "to postgres" else (server, FILE)


@pytest.fixture
def project(way, tmp_path):
    made = Project(tmp_path, "lab", {"RECONCILER_STATE_URL": way[0], "RECONCILER_STATE_KEY": KEY})
    fill(made)
    return made


def fill(project):
    """Many lines of history, an output, and a call under way of a run that died."""
    store = inspect.opened(project)
    with store.lease(ANN, 0) as lease:
        outputs = {"o": Output("s3cret", "string", sensitive=True)}
        store.amend(lease, RUN, Amendment([Settled("", str(A), None, row(0))], outputs))
        run = store.begin(lease, RUN)
        for number in range(1, 4):
            store.settle(lease, run, [Settled("", str(A), None, row(number))])
        store.finish(lease, run, RunStatus.PARTIAL)
        dead = store.begin(lease, RUN)
        values = {"name": "N9", "pin": "9"}
        hidden = frozenset({"pin"})
        intent = Intent("i", dead, A, IntentVerb.UPDATE, Handle("g"), "N3", values, (), hidden)
        store.intend(lease, [intent])


def at(project, url, key=KEY):
    return open_store(url, project.workspace, root=project.root, key=Given(key))


def view(project, url, key):
    return open_view(url, project.workspace, project.root, key)


def everything(store):
    return store.read(), list(store.runs()), list(store.history())


def refused(call, *arguments):
    with pytest.raises(ReconcilerError) as caught:
        call(*arguments)
    return [found.code for found in caught.value.diagnostics]


def test_a_copy_has_everything_and_the_original_stays(project, way):
    before = everything(at(project, way[0]))
    done = migrate(project, way[1])
    assert everything(at(project, way[1])) == before
    assert everything(at(project, way[0])) == before
    assert (done.copied.runs, done.copied.state.intents[0].id) == (3, "i")


def test_work_goes_on_in_the_copy(project, way):
    migrate(project, way[1])
    store = at(project, way[1])
    with store.lease(ANN, 0) as lease:
        assert lease.fence == 2
        store.amend(lease, RUN, Amendment([Settled("i", str(A), None, row(7))], {}))
    state = store.read()
    assert (state.instances[0].values["name"], state.intents) == ("N7", ())
    assert [run.status for run in store.runs()] == ["done", "partial", "interrupted", "done"]


def test_a_file_that_is_copied_from_is_not_written(project, way):
    path = project.own / "state.db"
    migrate(project, way[1])
    before = path.read_bytes()
    other = "sqlite:///third.db"
    there = replace(project, environment={**project.environment, "RECONCILER_STATE_URL": FILE})
    migrate(there, other)
    assert path.read_bytes() == before
    assert not path.with_name("state.db-wal").exists()


def test_nothing_is_copied_over_what_is_there(project, way):
    migrate(project, way[1])
    before = everything(at(project, way[1]))
    assert refused(migrate, project, way[1]) == ["workspace-in-use"]
    assert refused(migrate, project, way[0]) == ["workspace-in-use"]
    assert everything(at(project, way[1])) == before


def test_an_empty_workspace_may_be_copied_over(project, way):
    with at(project, way[1]).lease(ANN, 0):
        pass
    migrate(project, way[1])
    assert at(project, way[1]).read() == at(project, way[0]).read()


def test_nothing_is_copied_while_a_run_works_on_either_side(project, way):
    for url in way:
        with at(project, url).lease(ANN, 0):
            assert refused(migrate, project, way[1]) == ["state-locked"]
    assert at(project, way[1]).read().instances == ()


def test_a_workspace_without_state_is_not_copied(project, way):
    other = Project(project.root, "nowhere", project.environment)
    assert refused(migrate, other, way[1]) == ["nothing-stored"]
    assert at(project, way[1]).read() == State()


def test_a_copy_without_a_key_is_refused_whole(project, way):
    source, target = view(project, way[0], Given(KEY)), view(project, way[1], Nowhere("x"))
    assert refused(transfer.copied, source, target) == ["key-elsewhere"]
    assert at(project, way[1]).read() == State()


def test_a_copy_with_another_key_is_sealed_anew_with_its_history(project, way):
    new = {**project.environment, "RECONCILER_STATE_NEW_KEY": ANOTHER}
    before = everything(at(project, way[0]))
    migrate(replace(project, environment=new), way[1])
    assert everything(at(project, way[1], ANOTHER)) == before
    assert everything(at(project, way[0])) == before
    assert refused(at(project, way[1]).read) == ["key-wrong"]


@pytest.fixture
def beside(tmp_path):
    """A state that is sealed with the key in its folder, and what the environment says besides."""
    made = Project(tmp_path, "lab", {})
    fill(made)
    return lambda **given: replace(made, environment=given)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"RECONCILER_STATE_KEY": KEY}, KEY),
        ({"RECONCILER_STATE_KEY": KEY, "RECONCILER_STATE_NEW_KEY": ANOTHER}, ANOTHER),
        ({"RECONCILER_STATE_KEY": ANOTHER, "RECONCILER_STATE_NEW_KEY": ANOTHER}, ANOTHER),
        ({"RECONCILER_STATE_NEW_KEY": ANOTHER}, ANOTHER),
    ],
)
def test_a_key_from_outside_is_the_copys_where_the_original_has_its_own(beside, given, key):
    before = everything(inspect.opened(beside()))
    project = beside(**given)
    migrate(project, OTHER)
    assert everything(at(project, OTHER, key)) == before
    assert everything(inspect.opened(beside())) == before


def test_an_original_that_no_key_opens_is_refused(beside):
    project = beside(RECONCILER_STATE_KEY=KEY, RECONCILER_STATE_NEW_KEY=ANOTHER)
    (project.own / "key").unlink()
    assert refused(migrate, project, OTHER) == ["key-wrong"]
    assert not (project.own / "key").exists()


def test_a_copy_that_a_run_overtakes_is_refused_whole(project, way, monkeypatch):
    compare = transfer._compare  # noqa: SLF001  # the moment before the end

    def overtaken(*arguments, **options):
        compare(*arguments, **options)
        store = at(project, way[0])
        with store.lease(ANN, 0) as lease:
            store.begin(lease, RUN)

    monkeypatch.setattr(transfer, "_compare", overtaken)
    assert refused(migrate, project, way[1]) == ["state-changed"]
    assert at(project, way[1]).read() == State()


def test_a_damaged_original_is_not_copied(project, way):
    database = view(project, way[0], Given(KEY)).database
    with database.writer().connect() as connection, connection.begin():
        database.enter(connection, "lab")
        connection.exec_driver_sql("UPDATE run SET message = 'other'")
    assert refused(migrate, project, way[1]) == ["state-damaged"]
    assert at(project, way[1]).read() == State()
