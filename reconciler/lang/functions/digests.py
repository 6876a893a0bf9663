"""Functions that make short fingerprints of strings."""

import base64
import hashlib
import re
from typing import Final

from reconciler.lang.core import Value
from reconciler.lang.functions.declare import Function, FunctionError, function, string
from reconciler.lang.shape import STRING

# RFC 9562, section 6.6.
_NAMESPACES: Final = {
    "dns": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
    "url": "6ba7b811-9dad-11d1-80b4-00c04fd430c8",
    "oid": "6ba7b812-9dad-11d1-80b4-00c04fd430c8",
    "x500": "6ba7b814-9dad-11d1-80b4-00c04fd430c8",
}
_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def digest(algorithm: str, raw: bytes) -> bytes:
    return hashlib.new(algorithm, raw, usedforsecurity=False).digest()


def _hexadecimal(algorithm: str) -> Function:
    def body(given: str) -> Value:
        return digest(algorithm, given.encode()).hex()

    body.__doc__ = f"The {algorithm.upper()} digest of a string, in hexadecimal digits."
    return function(string("str"), returns=STRING)(body)


def _in_base64(algorithm: str) -> Function:
    def body(given: str) -> Value:
        return base64.b64encode(digest(algorithm, given.encode())).decode("ascii")

    body.__doc__ = f"The {algorithm.upper()} digest of a string, in Base64."
    return function(string("str"), returns=STRING)(body)


md5 = _hexadecimal("md5")
sha1 = _hexadecimal("sha1")
sha256 = _hexadecimal("sha256")
sha512 = _hexadecimal("sha512")
base64sha256 = _in_base64("sha256")
base64sha512 = _in_base64("sha512")


@function(string("namespace"), string("name"), returns=STRING)
def uuidv5(namespace: str, name: str) -> Value:
    """The UUID that stands for a name in a namespace: dns, url, oid, x500 or another UUID."""
    space = _NAMESPACES.get(namespace, namespace)
    if not _UUID.fullmatch(space):
        raise FunctionError("it must be dns, url, oid, x500 or a UUID", 0)
    raw = bytearray(digest("sha1", bytes.fromhex(space.replace("-", "")) + name.encode())[:16])
    raw[6] = raw[6] & 0x0F | 0x50
    raw[8] = raw[8] & 0x3F | 0x80
    digits = raw.hex()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
