"""Which reconciler this is. Imports nothing heavy: `-version` must be quick."""

import json
import sys

from reconciler import __version__

FOLLOWS = "1.11.4"
"""The Terraform version whose JSON formats ours are."""


def text() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    return f"reconciler v{__version__}\non {sys.platform}, Python {python}\n"


def json_text() -> str:
    python = ".".join(map(str, sys.version_info[:3]))
    answer = {
        "terraform_version": FOLLOWS,
        "platform": sys.platform,
        "provider_selections": {},
        "terraform_outdated": False,
        "reconciler_version": __version__,
        "python": python,
    }
    return json.dumps(answer, indent=2) + "\n"
