"""Values that can be taken away. Knows no kind in particular.

Where an argument that is not written is left as it is, null cannot say "none": it is not written.
"""

from dataclasses import replace

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, Raw

NULL = "$null"


def nullable(kind: Kind, *words: str) -> Kind:
    """`kind`, of which `"$null"` is none, as it is for the cmdlets; so are `words`."""
    none = frozenset({NULL, *words})

    def parse(raw: Raw) -> Canonical:
        if isinstance(raw, str) and raw.strip().lower() in none:
            return None
        return kind.parse(raw)

    return replace(kind, parse=parse)
