"""Whole runs of the product in processes of their own, which may die at a chosen instant.

Processes are forked from one that has the product loaded already, so that hundreds of runs cost
little. POSIX only.
"""

import atexit
import gc
import os
import pickle
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from sqlalchemy.engine.default import DefaultDialect

from reconciler.backends.command import Command
from reconciler.backends.open import simulated_transport
from reconciler.backends.simulated.exchange import SimulatedExchange
from reconciler.cli.main import main
from reconciler.engine import carry, observe
from reconciler.model.state import State
from reconciler.store import files, marker
from reconciler.store.base import Past
from reconciler.store.session import Session
from reconciler.store.sql import SqlStore, open_store

LOADED = (
    "reconciler.cli.carry_out",
    "reconciler.cli.parse",
    "reconciler.cli.report",
    "reconciler.cli.voice_text",
    "reconciler.cli.commands.apply",
    "reconciler.cli.commands.destroy",
    "reconciler.cli.commands.plan",
    "reconciler.engine.schedule",
    "cryptography.hazmat.primitives.ciphers.aead",
)
LONGEST = 60.0
HERE = Path(__file__).parent

Hook = Callable[[], None]
Line = Sequence[str]
APPLY: Line = ("apply", "-auto-approve")
DESTROY: Line = ("destroy", "-auto-approve")
PLAN: Line = ("plan", "-detailed-exitcode")


@dataclass(frozen=True)
class Ended:
    """How a run ended; killed by a signal, `code` is its number below zero."""

    code: int
    out: str
    err: str


# A process that has the product loaded, and forks itself for every run


@cache
def _server() -> subprocess.Popen[bytes]:
    """One for each test process; it ends with it."""
    program = f"import sys; sys.path.insert(0, {str(HERE)!r}); import fault_bench as b; b.serve()"
    words = [sys.executable, "-c", program]
    server = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603
    atexit.register(_dismiss, server)
    return server


def _dismiss(server: subprocess.Popen[bytes]) -> None:
    with server:
        assert server.stdin is not None
        server.stdin.close()


def _asked(*request: object) -> int | None:
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    pickle.dump(request, server.stdin)
    server.stdin.flush()
    return pickle.load(server.stdout)  # noqa: S301 (our own process)


def serve() -> None:
    """Answers ("start", …) with a process id, ("wait", id, seconds) with an exit code or None."""
    # A shell that starts the tests in the background has everything in them ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for name in LOADED:
        import_module(name)
    _warm_up()
    gc.freeze()
    while True:
        try:
            what, *rest = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process)
        except EOFError:
            return
        answer = _forked(*rest) if what == "start" else _waited(*rest)
        pickle.dump(answer, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _warm_up() -> None:
    """A plan, so that what is built at first need is there for all."""
    with TemporaryDirectory() as folder, Path(os.devnull).open("r+", encoding="utf-8") as nothing:
        environment = {"RECONCILER_CACHE_DIR": folder}
        os.environ |= environment
        Bench(Path(folder)).write(connector("a"))
        main(["-chdir=" + folder, "plan"], environment, nothing, nothing, nothing)
        os.chdir(HERE)


def _forked(*job: object) -> int:
    process = os.fork()
    if process == 0:
        try:
            _run(*job)
        finally:
            traceback.print_exc()
            os._exit(99)
    return process


def _waited(process: int, seconds: float) -> int | None:
    deadline = time.monotonic() + seconds
    while True:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > deadline:
            return None
        time.sleep(0.003)


@dataclass
class Child:
    """A run under way. The server reaps it, so that its number stays its own until then."""

    pid: int
    root: Path
    _code: int | None = None

    @property
    def is_running(self) -> bool:
        return self._ended_within(0) is None

    def kill(self) -> None:
        if self.is_running:
            os.kill(self.pid, signal.SIGKILL)

    def ended(self) -> Ended:
        code = self._ended_within(LONGEST)
        if code is None:
            self.kill()
            raise AssertionError("The run hung.")
        out, err = (_read(_said(self.root, self.pid, stream)) for stream in ("out", "err"))
        return Ended(code, out, err)

    def _ended_within(self, seconds: float) -> int | None:
        if self._code is None:
            self._code = _asked("wait", self.pid, seconds)
        return self._code


def _run(
    root: Path, lines: Sequence[Line], environment: Mapping[str, str], hook: Hook | None
) -> None:
    """Runs the lines one after the other; the code of the first that fails is the answer."""
    os.chdir(root)
    os.environ.clear()
    os.environ.update(environment)
    options = {"encoding": "utf-8", "errors": "surrogateescape"}
    with (
        Path(os.devnull).open(encoding="utf-8") as nothing,
        _said(root, os.getpid(), "out").open("w", **options) as out,
        _said(root, os.getpid(), "err").open("w", **options) as err,
    ):
        if hook is not None:
            hook()
        codes = (main(list(words), environment, nothing, out, err) for words in lines)
        code = next((code for code in codes if code), 0)
    os._exit(code)


def _said(root: Path, process: int, stream: str) -> Path:
    """Beside the project, which holds nothing but what the product writes."""
    return root.parent / f"{root.name}-{process}.{stream}"


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else ""


@dataclass(frozen=True)
class Bench:
    """A project folder, and commands run in it."""

    root: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def write(self, text: str) -> None:
        (self.root / "main.hcl").write_text(text, encoding="utf-8")

    def start(self, *lines: Line, hook: Hook | None = None, **environment: str) -> Child:
        given = {
            "PATH": os.environ["PATH"],
            "RECONCILER_CACHE_DIR": str(self.root.parent / "cache"),
            # What these runs destroy is often the only route of a domain.
            "RECONCILER_CLI_ARGS_apply": "-allow-destroy=100",
            **self.environment,
            **environment,
        }
        process = _asked("start", self.root, lines, given, hook)
        assert process is not None
        return Child(process, self.root)

    def run(self, *lines: Line, hook: Hook | None = None, **environment: str) -> Ended:
        return self.start(*lines, hook=hook, **environment).ended()

    def state(self) -> State:
        return self._store().read()

    def past(self) -> list[Past]:
        return list(self._store().history())

    def _store(self) -> SqlStore:
        url = self.environment.get("RECONCILER_STATE_URL", "sqlite:///.reconciler/state.db")
        return open_store(url, root=self.root)

    def ask(self, cmdlet: str, **given: object) -> list[dict[str, object]]:
        """The records of one cmdlet, called past the product."""
        verb, _, noun = cmdlet.partition("-")
        environment = {"RECONCILER_SIM_DUPLICATES": "1"}
        transport = simulated_transport({}, root=self.root, environment=environment, user="test")
        try:
            return [dict(record) for record in transport.invoke(Command(verb, noun, given))]
        finally:
            transport.close()

    def world(self) -> list[dict[str, object]]:
        """All that somebody made: the default domain is of setup's making."""
        domains = [one for one in self.ask("Get-AcceptedDomain") if not one["Default"]]
        return [*self.ask("Get-SendConnector"), *domains]

    def names(self) -> list[str]:
        return sorted(str(each["Name"]) for each in self.world())

    def calls(self) -> list[str]:
        """What changed the world, oldest first."""
        log = self.ask("Search-AdminAuditLog")
        return [f"{each['CmdletName']} {each['ObjectModified']}" for each in reversed(log)]

    def lost(self) -> list[str]:
        """What is wrong: real objects that are neither in state nor among the pending intents,
        and names that are there twice.
        """
        state, world = self.state(), self.world()
        known = {i.handle for i in state.instances} | {i.handle for i in state.intents}
        pending = {i.identity.casefold() for i in state.intents if i.handle is None}
        names = [str(each["Name"]).casefold() for each in world]
        orphans = [
            f"orphan {name}"
            for each, name in zip(world, names, strict=True)
            if each["Guid"] not in known and name not in pending
        ]
        return orphans + [f"twin {name}" for name, n in Counter(names).items() if n > 1]


def hasty() -> None:
    """A hook: whoever waits before trying again waits a tenth as long."""
    carry.FIRST_WAIT /= 10
    observe.FIRST_WAIT /= 10


# Dying at a chosen instant

_LANDMARKS = (
    (SimulatedExchange, "invoke"),
    (Session, "commit"),
    (Session, "_taken"),
    (Session, "_mark"),
    (marker, "write"),
    (files, "write_aside"),
    (files, "set_aside_room"),
)
"""What reaches the world or the disk: the run may die before each of these calls and after it."""
_FINE = (
    (SimulatedExchange, "invoke"),
    (DefaultDialect, "do_commit"),
    (os, "link"),
    (os, "mkdir"),
    (os, "replace"),
    (os, "unlink"),
)
"""What makes a change that others see, one by one, whoever makes it."""


@dataclass(frozen=True)
class At:
    """Does `deed` at the n-th landmark, counted over all of them and both sides."""

    number: int
    deed: Hook
    fine: bool = False

    def __call__(self) -> None:
        left, lock = [self.number], Lock()

        def pass_by() -> None:
            with lock:
                left[0] -= 1
                is_here = left[0] == 0
            if is_here:
                self.deed()

        for owner, name in _FINE if self.fine else _LANDMARKS:
            setattr(owner, name, _noticed(getattr(owner, name), pass_by))


def _noticed(call: Callable[..., object], pass_by: Hook) -> Callable[..., object]:
    def around(*arguments: object, **named: object) -> object:
        pass_by()
        answer = call(*arguments, **named)
        pass_by()
        return answer

    return around


@dataclass(frozen=True)
class Signals:
    """A deed: signals to the own process, one after the other."""

    numbers: tuple[int, ...]

    def __call__(self) -> None:
        for number in self.numbers:
            os.kill(os.getpid(), number)


def die_at(number: int, *, fine: bool = False) -> At:
    return At(number, Signals((signal.SIGKILL,)), fine)


# Configurations


def connector(label: str, name: str = "", *more: str) -> str:
    lines = (f'name = "{name or label.upper()}"', f'address_spaces = ["{label}.example"]', *more)
    return (
        f'resource "send_connector" "{label}" {{\n'
        + "".join(f"  {line}\n" for line in lines)
        + "}\n"
    )


CREATE_FIRST = "lifecycle {\n create_before_destroy = true\n }"
