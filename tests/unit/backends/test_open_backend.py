"""From the kind of a backend block to a backend."""

import os
import stat
from importlib.metadata import EntryPoint

import pytest

from reconciler.backends import plugins
from reconciler.backends.base import BackendError
from reconciler.backends.command import Command
from reconciler.backends.open import open_backend, simulated_transport
from reconciler.model.diagnostic import ReconcilerError

GET = Command("Get", "SendConnector", {})


def opened(root, kind="simulated", **settings):
    return open_backend(kind, settings, root=root, environment={}, user="alice")


def test_opening_touches_nothing(tmp_path):
    opened(tmp_path).close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_database_is_for_its_owner_alone(tmp_path):
    transport = simulated_transport({}, root=tmp_path, environment={}, user="alice")
    before = os.umask(0)
    try:
        transport.invoke(GET)
        files = {p.name: stat.S_IMODE(p.stat().st_mode) for p in tmp_path.rglob("*")}
    finally:
        os.umask(before)
        transport.close()
    assert files.pop(".reconciler") == 0o700
    assert set(files.values()) == {0o600}


@pytest.mark.parametrize(
    ("settings", "file"),
    [
        ({}, ".reconciler/exchange.db"),
        ({"path": "lab/x.db"}, "lab/x.db"),
        ({"url": "sqlite:///y.db"}, "y.db"),
    ],
)
def test_paths_are_relative_to_the_project(tmp_path, settings, file):
    transport = simulated_transport(settings, root=tmp_path, environment={}, user="alice")
    transport.invoke(GET)
    transport.close()
    assert (tmp_path / file).is_file()


def test_a_url_that_is_none_is_refused(tmp_path):
    with pytest.raises(ReconcilerError) as caught:
        opened(tmp_path, url="exchange.db")
    assert caught.value.diagnostics[0].code == "invalid-backend-setting"


@pytest.mark.parametrize("url", ["nonsense://x/y", "sqlite:///folder"])
def test_a_database_that_cannot_be_opened_fails_the_call(tmp_path, url):
    (tmp_path / "folder").mkdir()
    transport = simulated_transport({"url": url}, root=tmp_path, environment={}, user="alice")
    with pytest.raises(BackendError) as caught:
        transport.invoke(GET)
    transport.close()
    assert caught.value.code == "exchange-database"


def test_a_file_that_is_no_database_fails_the_call_and_is_left_alone(tmp_path):
    (tmp_path / "x.db").write_bytes(b"not a database" * 1000)
    transport = simulated_transport({"path": "x.db"}, root=tmp_path, environment={}, user="alice")
    with pytest.raises(BackendError):
        transport.invoke(GET)
    transport.close()
    assert (tmp_path / "x.db").read_bytes() == b"not a database" * 1000


def test_an_unknown_kind_names_the_known_ones(tmp_path):
    with pytest.raises(ReconcilerError) as caught:
        opened(tmp_path, kind="simulate")
    assert 'Did you mean "simulated"?' in caught.value.diagnostics[0].detail


def test_a_third_party_brings_its_own_kind(tmp_path, monkeypatch):
    point = EntryPoint("lab", "tests_lab:opener", plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [point] if group else [])
    monkeypatch.setattr(
        EntryPoint, "load", lambda _: lambda settings, **rest: (settings, rest["user"])
    )
    assert opened(tmp_path, kind="lab", host="x") == ({"host": "x"}, "alice")
