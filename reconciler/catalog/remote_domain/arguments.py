"""How most arguments of a remote domain are declared: New- takes the two names alone, so that a Set-
after it brings everything else.
"""

from dataclasses import replace

from reconciler.catalog.late import always
from reconciler.model.values import Canonical
from reconciler.schema.attribute import Attribute
from reconciler.schema.declare import argument
from reconciler.schema.kind import Kind


def late(name: str, parameter: str, kind: Kind, doc: str, default: Canonical = None) -> Attribute:
    return replace(argument(name, parameter, kind, doc, default), late=always)
