"""Points in time: how they are written. Knows no clock."""

import re
from datetime import UTC, datetime

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import worded
from reconciler.schema.kinds.text import as_text

_EXPECTED = (
    'A point in time is written "2027-05-31T12:00:00Z" (RFC 3339), or "2027-05-31" for the first '
    "moment of a day in UTC."
)
_FORM = r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?)?"


def _parse(raw: Raw) -> Canonical:
    """In UTC, to the second; what names no zone is taken for UTC."""
    given = as_text(raw).strip()
    try:
        found = _read(given) if re.fullmatch(_FORM, given, re.ASCII) else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise KindError(_EXPECTED, code="invalid-time", got=given)
    return found.isoformat().removesuffix("+00:00") + "Z"


def _read(given: str) -> datetime:
    # Some systems write seven digits of a second, of which the whole ones count.
    found = datetime.fromisoformat(re.sub(r"\.\d+", "", given))
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


moment: Kind = worded(
    "point in time",
    _parse,
    alike=(
        (
            "2027-05-31T12:00:00Z",
            "2027-05-31T14:00:00+02:00",
            "2027-05-31 12:00:00",
            "2027-05-31T12:00:00.0000000Z",
        ),
        ("2027-05-31", "2027-05-31T00:00:00Z"),
    ),
    bad=("", "tomorrow", "2027-13-01", "31.05.2027", "2027-05-31T25:00:00Z", 2027, []),
)
