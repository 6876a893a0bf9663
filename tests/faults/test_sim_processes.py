"""Several processes on one simulated Exchange, and one that is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport
from reconciler.model.values import Secret

HIDDEN = "correct horse battery staple"
PROGRAM = """
import sys
from pathlib import Path
from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport

transport = simulated_transport({}, root=Path(sys.argv[1]), environment={}, user=sys.argv[2])
for number in range(int(sys.argv[3])):
    given = {"Name": f"{sys.argv[2]} {number}", "AddressSpaces": ("lab.example",)}
    transport.invoke(Command("New", "SendConnector", given))
    print(number, flush=True)
"""


def start(root, who, count):
    words = [sys.executable, "-c", PROGRAM, str(root), who, str(count)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own words


@pytest.fixture
def transport(tmp_path):
    opened = simulated_transport({}, root=tmp_path, environment={}, user="alice")
    yield opened
    opened.close()


def names(transport):
    return {bag["Name"] for bag in transport.invoke(Command("Get", "SendConnector", {}))}


def test_two_processes_lose_nothing(tmp_path, transport):
    running = [start(tmp_path, who, 50) for who in ("one", "two")]
    for process in running:
        process.communicate(timeout=60)
    assert [process.returncode for process in running] == [0, 0]
    assert names(transport) == {f"{who} {n}" for who in ("one", "two") for n in range(50)}


@pytest.mark.parametrize("seen", [1, 7, 40])
def test_a_kill_loses_nothing_that_was_answered(tmp_path, transport, seen):
    process = start(tmp_path, "one", 10_000)
    assert process.stdout is not None
    answered = [process.stdout.readline().strip() for _ in range(seen)]
    process.kill()
    answered += process.communicate()[0].split()
    log = transport.invoke(Command("Search", "AdminAuditLog", {}))
    assert {f"one {n}" for n in answered} <= names(transport)
    assert {entry["ObjectModified"] for entry in log} == names(transport)


def test_no_byte_of_a_password_is_kept(tmp_path, transport):
    credential = {"AuthenticationCredential": Secret("relay", HIDDEN)}
    given = {"Name": "Lab", "AddressSpaces": ("lab.example",), **credential}
    transport.invoke(Command("New", "SendConnector", given))
    transport.invoke(Command("Set", "SendConnector", {"Identity": "Lab", **credential}))
    kept = b"".join(path.read_bytes() for path in Path(tmp_path).rglob("*") if path.is_file())
    assert b"relay" in kept
    assert HIDDEN.encode() not in kept
