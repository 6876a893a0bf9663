"""Takes a pulled document for the state: what it says is what the state says afterwards."""

from reconciler.app.amend import Wish, amend
from reconciler.app.inspect import opened
from reconciler.app.project import Project
from reconciler.engine.edits import Edit
from reconciler.engine.pushing import pushed


def push(project: Project, wish: Wish, content: bytes, *, force: bool) -> Edit:
    """What was changed, or would be. Raises ReconcilerError; then nothing was changed."""
    given = opened(project, strict=True).opened(content)
    return amend(project, wish, lambda state: pushed(state, given, force=force))
