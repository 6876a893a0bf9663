"""Where state lies and what its sensitive values are sealed with, as configuration and environment say."""

from dataclasses import dataclass

from reconciler.app.project import OWN, Project
from reconciler.config.blocks import Configuration
from reconciler.config.settings import StateBlock
from reconciler.lang.evaluate import evaluate
from reconciler.lang.scope import Scope
from reconciler.lang.syntax import Expr
from reconciler.lang.value import is_known, plain
from reconciler.model.diagnostic import ReconcilerError, error
from reconciler.store import keys
from reconciler.store.amending import Record
from reconciler.store.keys import Key
from reconciler.store.logged import LoggedStore
from reconciler.store.sql import open_store

DEFAULT = f"sqlite:///{OWN}/state.db"
URL = "RECONCILER_STATE_URL"
_WHAT = {
    "url": f'The url must be a string such as "{DEFAULT}".',
    "key_file": "The key_file must be the path of a file with 32 bytes, such as a variable gives.",
    "passphrase": "The passphrase must be a string that is not empty.",
}


@dataclass(frozen=True, slots=True, repr=False)
class StatePlace:
    """`key` is None where the one beside the database is meant."""

    url: str
    key: Key | None = None


def without_configuration(project: Project) -> StatePlace:
    """What the environment says, or else the defaults."""
    given = project.environment
    return StatePlace(given.get(URL) or DEFAULT, keys.from_environment(given))


def needs_no_configuration(project: Project, state: StateBlock | None) -> bool:
    """Whether the environment says all that there is to say."""
    if state is None:
        return True
    has_key = state.key_file is not None or state.passphrase is not None
    outside = keys.from_environment(project.environment)
    return bool(project.environment.get(URL)) and (outside is not None or not has_key)


def place(project: Project, configuration: Configuration, scope: Scope) -> StatePlace:
    """The environment goes before the configuration; `scope` has its variables."""
    outside = without_configuration(project)
    state = configuration.settings.state
    if state is None:
        return outside
    url = outside.url if project.environment.get(URL) else _text("url", state.url, scope)
    return StatePlace(url, outside.key or _key(project, state, scope))


def _key(project: Project, state: StateBlock, scope: Scope) -> Key | None:
    if state.key_file is not None:
        return keys.InFile(project.root / _text("key_file", state.key_file, scope))
    if state.passphrase is not None:
        words = _text("passphrase", state.passphrase, scope)
        return keys.Passphrase(words, "the passphrase of the state block")
    return None


def _text(name: str, expr: Expr, scope: Scope) -> str:
    value = evaluate(expr, scope)
    found = plain(value) if is_known(value) else None
    if isinstance(found, str) and found:
        return found
    code = f"invalid-state-{name.replace('_', '-')}"
    summary = (
        f"Invalid {name.replace('_', ' ')} of the state" if name != "url" else "Invalid state URL"
    )
    raise ReconcilerError(error(code, summary, _WHAT[name], expr.span))


def opened(project: Project, at: StatePlace) -> Record:
    """The store of the project's workspace; nothing is read yet."""
    store = open_store(at.url, project.workspace, root=project.root, key=at.key)
    return store if project.log is None else LoggedStore(store, project.log)
