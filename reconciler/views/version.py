"""Which reconciler this is. Imports nothing heavy: `-version` must be quick."""

import json
import sys

from reconciler import __version__


def text() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    return f"reconciler v{__version__}\non {sys.platform}, Python {python}\n"


def json_text() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    answer = {"reconciler_version": __version__, "platform": sys.platform, "python": python}
    return json.dumps(answer, indent=2) + "\n"
