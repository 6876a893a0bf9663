"""Keys from every place: which one seals, what is refused, and that nothing is stored in the clear."""

import base64
import sys
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from reconciler.model.address import Address
from reconciler.model.diagnostic import ReconcilerError
from reconciler.model.state import Handle, Instance, State
from reconciler.store.base import Holder, Run, Settled
from reconciler.store.keys import Given, InFile, Key, Passphrase, from_environment
from reconciler.store.sql import open_store

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
ANN = Holder("ann", "host-a", 1, "apply", "2026-01-01T00:00:00Z")
RUN = Run(0, "apply", "ann", "host-a", "", "", "")
HUSH = Instance(
    Address("send_connector", "a"), Handle("g"), {"comment": "hush"}, frozenset({"comment"})
)
BYTES = bytes(range(32))
DIGITS = base64.b64encode(BYTES).decode()


def keep(url: str, root: Path, key: Key | None, instance: Instance = HUSH) -> None:
    store = open_store(url, root=root, key=key)
    with store.lease(ANN, 0) as lease:
        run = store.begin(lease, RUN)
        store.settle(lease, run, [Settled("", str(instance.address), None, instance)])


def read(url: str, root: Path, key: Key | None) -> State:
    return open_store(url, root=root, key=key).read()


def code(action) -> str:
    with pytest.raises(ReconcilerError) as refusal:
        action()
    return refusal.value.diagnostics[0].code


@pytest.mark.parametrize("text", [DIGITS, BYTES.hex(), f"  {DIGITS}\n"])
def test_a_key_may_be_given_in_either_spelling(tmp_path, text):
    keep("sqlite:///s.db", tmp_path, Given(text))
    seen = read("sqlite:///s.db", tmp_path, Given(DIGITS))
    assert seen.instances == (replace(HUSH, version=1),)
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("text", ["x", "é" * 44, DIGITS[:-4], BYTES.hex()[:-1] + "g"])
def test_what_spells_no_key_is_refused(tmp_path, text):
    assert code(lambda: keep("sqlite:///s.db", tmp_path, Given(text))) == "key-unreadable"


@pytest.mark.parametrize("content", [BYTES, DIGITS.encode(), BYTES.hex().encode() + b"\n"])
def test_a_key_file_seals(tmp_path, content):
    path = tmp_path / "team.key"
    path.write_bytes(content)
    path.chmod(0o600)
    keep("sqlite:///s.db", tmp_path, InFile(path))
    assert read("sqlite:///s.db", tmp_path, Given(DIGITS)).instances[0].values == HUSH.values


def test_a_key_file_that_is_not_there_is_not_made(tmp_path):
    path = tmp_path / "team.key"
    assert code(lambda: keep("sqlite:///s.db", tmp_path, InFile(path))) == "key-missing"
    assert not path.exists()


@posix
def test_a_key_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "team.key"
    path.write_bytes(BYTES)
    path.chmod(0o644)
    assert code(lambda: keep("sqlite:///s.db", tmp_path, InFile(path))) == "key-damaged"


def test_a_passphrase_seals_and_another_does_not_open(tmp_path):
    keep("sqlite:///s.db", tmp_path, Passphrase("horse"))
    assert read("sqlite:///s.db", tmp_path, Passphrase("horse")).instances[0].values
    assert code(lambda: read("sqlite:///s.db", tmp_path, Passphrase("donkey"))) == "key-wrong"


def test_a_passphrase_makes_another_key_for_each_state():
    assert Passphrase("horse").read("one") != Passphrase("horse").read("two")


def test_another_key_seals_nothing_beside_the_first(tmp_path):
    keep("sqlite:///s.db", tmp_path, Given(DIGITS))
    other = replace(HUSH, address=Address("send_connector", "b"))
    wrong = Given(bytes(32).hex())
    assert code(lambda: keep("sqlite:///s.db", tmp_path, wrong, other)) == "key-wrong"
    assert len(read("sqlite:///s.db", tmp_path, Given(DIGITS)).instances) == 1


def test_a_shared_state_without_a_key_refuses_what_is_sensitive(postgres_url, tmp_path):
    keep(postgres_url, tmp_path, None, replace(HUSH, sensitive=frozenset()))
    with pytest.raises(ReconcilerError) as refusal:
        keep(postgres_url, tmp_path, None)
    found = refusal.value.diagnostics[0]
    assert found.code == "key-needed"
    assert "RECONCILER_STATE_KEY" in found.detail
    assert read(postgres_url, tmp_path, None).instances[0].version == 1


def test_nothing_sensitive_reaches_a_shared_database_in_the_clear(postgres_url, tmp_path):
    keep(postgres_url, tmp_path, Given(DIGITS))
    with psycopg.connect(postgres_url.replace("+psycopg", "")) as connection:
        for table in ("meta", "entry", "run", "history", "lease"):
            rows = connection.execute(f"SELECT * FROM reconciler.{table}").fetchall()  # noqa: S608
            assert "hush" not in str(rows)
    assert read(postgres_url, tmp_path, Given(DIGITS)).instances[0].values == HUSH.values


def test_the_environment_gives_a_key_or_a_passphrase():
    assert from_environment({}) is None
    assert from_environment({"RECONCILER_STATE_KEY": DIGITS}) == Given(DIGITS)
    assert from_environment({"RECONCILER_STATE_PASSPHRASE": "horse"}) == Passphrase("horse")
