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


def mentions_platform(test):
    text = ast.unparse(test)
    return any(word in text for word in ("sys.platform", "os.name", "hasattr("))


def is_guard(node):
    """A condition about the platform, or a `try` that expects the name to be missing."""
    if isinstance(node, ast.If | ast.IfExp):
        return mentions_platform(node.test)
    if isinstance(node, ast.BoolOp):
        return mentions_platform(node.values[0])
    if isinstance(node, ast.Try):
        caught = " ".join(ast.unparse(h.type) for h in node.handlers if h.type)
        return "ImportError" in caught or "AttributeError" in caught
    return False


def ends(node):
    """A guard that leaves, so that what follows it runs on the other platform alone."""
    return (
        isinstance(node, ast.If)
        and is_guard(node)
        and isinstance(node.body[-1], ast.Return | ast.Raise)
    )


def unguarded(node):
    """(line, name) of each use of what one platform lacks, outside of a guard."""
    if is_guard(node):
        return
    yield from wanting(node)
    for child in ast.iter_child_nodes(node):
        yield from unguarded(child)
        if ends(child):
            return


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
        "def f():\n    if sys.platform == 'win32':\n        return 0\n    return os.getuid()",
        "x = sys.platform == 'win32' or os.getuid() == 0",
        "import os, signal",
    ],
)
def test_the_check_lets_a_guarded_use_pass(source):
    assert findings(source) == []
