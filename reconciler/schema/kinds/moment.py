"""Points in time. Knows how they are spelt, in UTC where nothing else is said."""

import re
from datetime import UTC, datetime

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import worded
from reconciler.schema.kinds.text import as_text

_WRITTEN = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,7})?)?(?:Z|[+-]\d\d:\d\d)?)?"


def _parse(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    found = _read(given) if re.fullmatch(_WRITTEN, given, re.ASCII) else None
    if found is None:
        raise KindError(
            "A point in time such as 2026-01-02T03:04:05Z (RFC 3339) is expected here.",
            code="invalid-time",
            got=given,
        )
    return found


def _read(given: str) -> str | None:
    try:
        found = datetime.fromisoformat(given)
        if found.tzinfo is None:
            found = found.replace(tzinfo=UTC)
        return f"{found.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (ValueError, OverflowError):
        return None


moment: Kind = worded(
    "point in time",
    _parse,
    alike=(
        ("2026-01-02T03:04:05Z", "2026-01-02 03:04:05", "2026-01-02T04:04:05+01:00"),
        ("2026-01-02T00:00:00Z", "2026-01-02"),
    ),
    bad=("", "tomorrow", "2026-13-01", "2026-01-02T25:00:00Z", 5, []),
)
