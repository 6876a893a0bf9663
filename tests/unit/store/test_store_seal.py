import os
import subprocess
import sys

import pytest

from reconciler.model.diagnostic import ReconcilerError
from reconciler.store.keys import InFolder
from reconciler.store.seal import Keyring

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")


def ring(folder) -> Keyring:
    return Keyring(InFolder(folder))


def code(refusal) -> str:
    return refusal.value.diagnostics[0].code


def test_what_is_sealed_opens_in_its_place_and_says_nothing_outside(tmp_path):
    sealed = ring(tmp_path).seal("hush 🙂", "here")
    assert "hush" not in sealed
    assert ring(tmp_path).unseal(sealed, "here") == "hush 🙂"


def test_a_sealed_value_opens_nowhere_else(tmp_path):
    keyring = ring(tmp_path)
    with pytest.raises(ReconcilerError) as refusal:
        keyring.unseal(keyring.seal("hush", "here"), "there")
    assert code(refusal) == "seal-broken"


@pytest.mark.parametrize("text", ["", "!", "AAAA", "A" * 80])
def test_what_was_never_sealed_does_not_open(tmp_path, text):
    keyring = ring(tmp_path)
    keyring.seal("x", "y")
    with pytest.raises(ReconcilerError) as refusal:
        keyring.unseal(text, "here")
    assert code(refusal) == "seal-broken"


def test_sealing_twice_never_gives_the_same_text(tmp_path):
    keyring = ring(tmp_path)
    assert keyring.seal("hush", "here") != keyring.seal("hush", "here")


def test_without_its_key_nothing_opens_and_no_new_key_is_made(tmp_path):
    sealed = ring(tmp_path).seal("hush", "here")
    (tmp_path / "key").unlink()
    with pytest.raises(ReconcilerError) as refusal:
        ring(tmp_path).unseal(sealed, "here")
    assert code(refusal) == "key-missing"
    assert "RECONCILER_STATE_KEY" in str(refusal.value.diagnostics[0].detail)
    assert not (tmp_path / "key").exists()


@posix
def test_the_key_is_ours_alone_whatever_the_umask(tmp_path):
    before = os.umask(0)
    try:
        ring(tmp_path / "new" / "folder").seal("x", "y")
    finally:
        os.umask(before)
    modes = [
        (tmp_path / name).stat().st_mode & 0o777
        for name in ("new", "new/folder", "new/folder/key")
    ]
    assert modes == [0o700, 0o700, 0o600]


@posix
def test_a_key_that_others_can_read_is_refused(tmp_path):
    ring(tmp_path).seal("x", "y")
    (tmp_path / "key").chmod(0o640)
    with pytest.raises(ReconcilerError) as refusal:
        ring(tmp_path).seal("x", "y")
    assert code(refusal) == "key-damaged"


@posix
def test_a_linked_key_is_refused(tmp_path):
    (tmp_path / "key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ReconcilerError) as refusal:
        ring(tmp_path).seal("x", "y")
    assert code(refusal) == "state-not-a-file"
    assert not (tmp_path / "elsewhere").exists()


def test_a_cut_key_is_refused(tmp_path):
    ring(tmp_path).seal("x", "y")
    (tmp_path / "key").write_bytes(b"short")
    with pytest.raises(ReconcilerError) as refusal:
        ring(tmp_path).seal("x", "y")
    assert code(refusal) == "key-damaged"


def test_cryptography_is_loaded_only_where_something_is_sealed(tmp_path):
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            (
                "import sys; from pathlib import Path; from reconciler.store.seal import Keyring;"
                "from reconciler.store.keys import InFolder;"
                "ring = Keyring(InFolder(Path())); ring.mark;"
                "before = 'cryptography' in sys.modules; ring.seal('x', 'y');"
                "print(before, 'cryptography' in sys.modules)"
            ),
        ],
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout.split() == [b"False", b"True"]
