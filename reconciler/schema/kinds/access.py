"""Who may do what: accounts and groups as access lists name them, and extended rights.

Knows spellings; refuses to know whether there is such an account, or what a right allows.
"""

import re
from collections.abc import Iterable
from typing import Final

from reconciler.model.values import Canonical
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.kinds.make import casefolded, worded
from reconciler.schema.kinds.text import as_text

ANONYMOUS: Final = r"NT AUTHORITY\ANONYMOUS LOGON"
_WELL_KNOWN = {
    ANONYMOUS: ("ANONYMOUS LOGON", "S-1-5-7"),
    r"NT AUTHORITY\Authenticated Users": ("Authenticated Users", "S-1-5-11"),
    r"NT AUTHORITY\NETWORK SERVICE": ("NETWORK SERVICE", "S-1-5-20"),
    r"NT AUTHORITY\SELF": ("SELF", "S-1-5-10"),
    r"NT AUTHORITY\SYSTEM": ("SYSTEM", "S-1-5-18"),
    "Everyone": ("S-1-1-0",),
}
"""[MS-DTYP] 2.4.2.4, by the name that access lists show."""
_BY_SPELLING = {
    spelling.lower(): name for name, short in _WELL_KNOWN.items() for spelling in (name, *short)
}
_SID = re.compile(r"S-1(-\d+)+", re.IGNORECASE)
_ACCOUNT = re.compile(r"[^\\|]*[^\\|\s][^\\|]*\\[^\\|]*[^\\|\s][^\\|]*")
_PREFIX = "ms-Exch-"
_RIGHT = re.compile(r"ms-exch(-[a-z0-9]+)+", re.IGNORECASE)


def _parse_principal(raw: Raw) -> Canonical:
    given = as_text(raw).strip()
    known = _BY_SPELLING.get(given.lower())
    if known is not None:
        return known
    if _SID.fullmatch(given):
        return given.upper()
    if not _ACCOUNT.fullmatch(given):
        raise KindError(
            r'An account or group is expected as access lists show it: "DOMAIN\name", the name '
            r'of a well-known one such as "NT AUTHORITY\ANONYMOUS LOGON", or a SID. In HCL a '
            r"backslash is written twice.",
            code="invalid-account",
            got=given,
        )
    return given


principal: Kind = worded(
    "account or group",
    _parse_principal,
    alike=(
        (r"CONTOSO\Relay Hosts", r" CONTOSO\Relay Hosts "),
        (ANONYMOUS, r"nt authority\anonymous logon", "Anonymous Logon", "S-1-5-7", "s-1-5-7"),
        ("Everyone", "everyone", "S-1-1-0"),
        ("S-1-5-21-1-2-3-1104", "s-1-5-21-1-2-3-1104"),
    ),
    bad=("", "  ", "alice", "alice@contoso.com", r"CONTOSO\a|b", "CONTOSO\\", r"\alice", []),
    fold=casefolded,
)


def extended_right(*known: str) -> Kind:
    """A right of Exchange's own. Those that are `known` are spelt as they are here, others as they
    are given: later versions of Exchange extend the directory by more.
    """
    by_spelling = {right.lower(): right for right in known}

    def parse(raw: Raw) -> Canonical:
        # Access lists show a list, and in it the one right of each entry.
        one = raw[0] if isinstance(raw, (list, tuple)) and len(raw) == 1 else raw
        given = as_text(one).strip()
        if not _RIGHT.fullmatch(given):
            raise KindError(
                f'The name of an extended right is expected, such as "{known[0]}": those of '
                f"Exchange begin with {_PREFIX}.",
                code="invalid-right",
                got=given,
            )
        return by_spelling.get(given.lower(), _PREFIX + given[len(_PREFIX) :])

    return worded("extended right", parse, alike=_alike(known), bad=_NO_RIGHTS, fold=casefolded)


_NO_RIGHTS = ("", "GenericAll", "SMTP-Submit", "ms-Exch-", "ms-Exch-A B", 7, ["ms-Exch-A"] * 2)


def _alike(known: Iterable[str]) -> tuple[tuple[Raw, ...], ...]:
    spelt = ((right, right.lower(), right.upper(), f" {right} ", [right]) for right in known)
    return (*spelt, ("ms-Exch-Some-Later-Right", "MS-EXCH-Some-Later-Right"))
