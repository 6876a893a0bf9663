"""Credentials. Neither a message nor a shown value ever holds the password."""

from reconciler.model.values import Canonical, Sealed, Secret
from reconciler.schema.kind import Kind, KindError, Raw
from reconciler.schema.literal import quote

_PARTS = frozenset({"username", "password"})
_EXPECTED = (
    "A credential is an object of two strings that are not empty: "
    "{ username = …, password = … }; keep the password in a sensitive variable."
)


def _parse(raw: Raw) -> Canonical:
    if not isinstance(raw, dict) or set(raw) != _PARTS:
        raise KindError(_EXPECTED, code="invalid-credential")
    username, password = raw["username"], raw["password"]
    if not isinstance(username, str) or not isinstance(password, str):
        raise KindError(_EXPECTED, code="invalid-credential")
    if not username.strip() or not password:
        raise KindError(_EXPECTED, code="invalid-credential")
    return Secret(open=username, hidden=password)


def _show(value: Canonical) -> str:
    """All that may be seen of it: the password stands there as null."""
    if not isinstance(value, (Secret, Sealed)):
        return "null"
    return f"{{ password = null, username = {quote(value.open)} }}"


credential: Kind = Kind(
    label="credential",
    hcl_type="object({ username = string, password = string })",
    # Not remembered from call to call: a cache would keep passwords alive.
    parse=_parse,
    show=_show,
    expose=lambda _value: None,
    encode=lambda value: value,
    alike=(
        ({"username": "relay", "password": "s3cret"}, {"password": "s3cret", "username": "relay"}),
    ),
    bad=(
        {},
        {"username": "relay"},
        {"username": "relay", "password": ""},
        {"username": " ", "password": "x"},
        {"username": "relay", "password": None},
        {"username": "relay", "password": 5},
        {"username": "relay", "password": "x", "domain": "y"},
        "relay:s3cret",
        [],
    ),
    is_secret=True,
)
