"""The one place of `lang` that imports by name, so that nothing is loaded before it is needed."""

from importlib import import_module
from typing import Any


def late(module: str) -> Any:
    """The module, imported at the first call that needs it."""
    return import_module(module)
