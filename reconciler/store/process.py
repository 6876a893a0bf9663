"""Who works here, and whether another process still lives. Knows no state and no lease."""

import os
import sys
import time
from pathlib import Path

from reconciler.store.base import Holder

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
else:
    import pwd

_ACCESS = 0x1000  # PROCESS_QUERY_LIMITED_INFORMATION
_DENIED = 5  # ERROR_ACCESS_DENIED
_RUNNING = 259  # STILL_ACTIVE
_LONGEST_NAME = 257  # UNLEN + 1


def this_process(what: str) -> Holder:
    """The holder that this process is; `what` is the command, without secrets."""
    since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return Holder(_user(), _host(), os.getpid(), what, since, mark(os.getpid()))


def alive(holder: Holder) -> bool | None:
    """Whether `holder` still runs; None where that cannot be known from this machine."""
    if holder.host != _host():
        return None
    if not holder.boot:
        return _runs(holder.process)
    said, own = holder.boot.split("/"), mark(os.getpid()).split("/")
    if said[0] != own[0]:
        return False if said[0] and own[0] else None
    if said[1:2] != own[1:2]:
        # Another container on this kernel: its process numbers mean nothing here.
        return None
    return _runs(holder.process) and mark(holder.process) == holder.boot


def _user() -> str:
    names = (os.environ.get(name) for name in ("LOGNAME", "USER", "LNAME", "USERNAME"))
    return next((name for name in names if name), "") or _account()


def _host() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "unknown")
    return os.uname().nodename


def _text(path: str) -> str:
    try:
        return Path(path).read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def mark(process: int) -> str:
    """`boot/pid namespace/start of the process`, as far as the platform tells; "" parts else."""
    if sys.platform != "linux":
        return f"//{_started(process)}"
    try:
        namespace = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        namespace = ""
    return f"{_text('/proc/sys/kernel/random/boot_id')}/{namespace}/{_started(process)}"


if sys.platform == "win32":

    def _account() -> str:
        name = ctypes.create_unicode_buffer(_LONGEST_NAME)
        size = wintypes.DWORD(_LONGEST_NAME)
        found = ctypes.windll.advapi32.GetUserNameW(name, ctypes.byref(size))
        return name.value if found else "unknown"

    def _times(process: int) -> tuple[bool, str]:
        """Whether it runs, and when it started."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(_ACCESS, False, process)  # noqa: FBT003  # a C signature
        if not handle:
            return ctypes.get_last_error() == _DENIED, ""
        code = wintypes.DWORD()
        times = [wintypes.FILETIME() for _ in range(4)]
        kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        kernel.GetProcessTimes(wintypes.HANDLE(handle), *map(ctypes.byref, times))
        kernel.CloseHandle(wintypes.HANDLE(handle))
        started = (times[0].dwHighDateTime << 32) | times[0].dwLowDateTime
        return code.value == _RUNNING, str(started)

    def _runs(process: int) -> bool:
        return _times(process)[0]

    def _started(process: int) -> str:
        return _times(process)[1]

else:

    def _account() -> str:
        """The name of the account, where the machine knows one."""
        try:
            return pwd.getpwuid(os.getuid()).pw_name
        except KeyError:
            return f"uid {os.getuid()}"

    def _runs(process: int) -> bool:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        except (PermissionError, OverflowError):
            return True
        return _state_of(process)[:1] not in ("Z", "X")

    def _state_of(process: int) -> str:
        """What follows the command's name in its `stat`; the name may hold anything."""
        return _text(f"/proc/{process}/stat").rpartition(")")[2].strip()

    def _started(process: int) -> str:
        """Clock ticks from boot to its start (proc(5), field 22); "" without /proc."""
        fields = _state_of(process).split()
        return fields[19] if len(fields) > 19 else ""  # noqa: PLR2004  # field 22, less 3
