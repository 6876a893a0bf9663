"""Credentials, and files that hold some. Neither a message nor a shown value ever holds a secret."""

from base64 import b64decode

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


_EXPECTED_FILE = (
    "The whole file is expected here, its bytes in Base64 (RFC 4648): write "
    'filebase64("EdgeSubscription.xml").'
)


def _parse_file(raw: Raw) -> Canonical:
    if not isinstance(raw, str) or not raw.strip():
        raise KindError(_EXPECTED_FILE, code="invalid-file")
    packed = "".join(raw.split())
    try:
        b64decode(packed, validate=True)
    except ValueError:
        raise KindError(_EXPECTED_FILE, code="invalid-file") from None
    return Secret(open="", hidden=packed)


secret_file: Kind = Kind(
    label="file",
    hcl_type="string",
    # Not remembered either.
    parse=_parse_file,
    show=lambda _value: "null",
    expose=lambda _value: None,
    encode=lambda value: value,
    alike=(("PEVkZ2UvPg==", " PEVk\nZ2UvPg==\n"),),
    bad=("", "<Edge/>", "PEVkZ2UvPg", 5, [], {}),
    is_secret=True,
)
