"""What time it is, as plans and runs keep it."""

from time import gmtime, strftime


def now() -> str:
    """The time in UTC to the second, in the form of RFC 3339."""
    return strftime("%Y-%m-%dT%H:%M:%SZ", gmtime())
