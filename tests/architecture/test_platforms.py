"""What only one operating system has stands behind a guard."""

import ast
from pathlib import Path

import pytest

import reconciler

ROOT = Path(reconciler.__file__).parent
ONLY_POSIX = {
    "curses", "fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog",
    "termios", "tty",
}  # fmt: skip
ONLY_WINDOWS = {"msvcrt", "nt", "winreg", "winsound", "_winapi"}
POSIX_CALLS = {
    "chown", "fork", "getegid", "geteuid", "getgid", "getpgid", "getuid", "killpg", "mkfifo",
    "setsid", "uname", "fchmod", "sysconf", "getloadavg",
}  # fmt: skip
POSIX_SIGNALS = {"SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGALRM", "SIGCHLD", "SIGPIPE"}


def is_guard(node):
    """An `if` about the platform, or a `try` that expects the name to be missing."""
    if isinstance(node, ast.If | ast.IfExp):
        test = ast.unparse(node.test)
        return any(word in test for word in ("sys.platform", "os.name", "hasattr("))
    if isinstance(node, ast.Try):
        caught = " ".join(ast.unparse(h.type) for h in node.handlers if h.type)
        return "ImportError" in caught or "AttributeError" in caught
    return False


def unguarded(tree):
    """(line, name) of each use of what one platform lacks, outside of a guard."""
    if is_guard(tree):
        return
    yield from wanting(tree)
    for child in ast.iter_child_nodes(tree):
        yield from unguarded(child)


def wanting(node):
    modules = []
    if isinstance(node, ast.Import):
        modules = [alias.name.split(".")[0] for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module:
        modules = [node.module.split(".")[0]]
    yield from ((node.lineno, m) for m in modules if m in ONLY_POSIX | ONLY_WINDOWS)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        names = {"os": POSIX_CALLS, "signal": POSIX_SIGNALS}.get(node.value.id, set())
        if node.attr in names:
            yield node.lineno, f"{node.value.id}.{node.attr}"


def findings(source):
    return [name for _, name in unguarded(ast.parse(source))]


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_no_module_needs_one_operating_system(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert [f"{path.name}:{line} {name}" for line, name in unguarded(tree)] == []


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "from pwd import getpwuid",
        "def f():\n    import termios",
        "x = os.getuid()",
        "signal.signal(signal.SIGHUP, f)",
        "if debug:\n    import resource",
    ],
)
def test_the_check_sees_an_unguarded_use(source):
    assert findings(source)


@pytest.mark.parametrize(
    "source",
    [
        "if sys.platform != 'win32':\n    import fcntl\nelse:\n    import msvcrt",
        "try:\n    import pwd\nexcept ImportError:\n    pwd = None",
        "x = os.getuid() if hasattr(os, 'getuid') else 0",
        "import os, signal",
    ],
)
def test_the_check_lets_a_guarded_use_pass(source):
    assert findings(source) == []
