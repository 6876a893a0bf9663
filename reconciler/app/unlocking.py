"""Takes the right to write away from a run that its owner knows to be dead."""

from reconciler.app.inspect import opened
from reconciler.app.project import Project
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.store.base import Lease


def held(project: Project, fence: int) -> Lease:
    """Raises ReconcilerError `no-such-lease`."""
    leases = opened(project, strict=True).leases()
    for lease in leases:
        if lease.fence == fence:
            return lease
    there = ", ".join(f"{one.fence} ({one.holder.user}, {one.holder.what})" for one in leases)
    detail = f'Nobody holds the lease {fence} of workspace "{project.workspace}". ' + (
        f"Held are: {there}." if leases else "None is held, so that nothing needs to be unlocked."
    )
    raise ReconcilerError(error("no-such-lease", "No such lease", detail))


def unlock(project: Project, fence: int) -> None:
    """Afterwards its holder writes nothing more, even if it lives."""
    opened(project, strict=True).unlock(fence)
