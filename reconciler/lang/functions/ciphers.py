"""Reading what was encrypted for somebody. Imports cryptography for the forms that keys have."""

from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    load_pem_private_key,
    load_ssh_private_key,
)

from reconciler.lang.core import Value
from reconciler.lang.functions.declare import FunctionError, function, string
from reconciler.lang.functions.encoding import from_base64
from reconciler.lang.shape import STRING

_OPENSSH: Final = "BEGIN OPENSSH PRIVATE KEY"
_LARGEST: Final = 16_384
_SHORTEST_PADDING: Final = 8


@function(string("ciphertext"), string("privatekey"), returns=STRING)
def rsadecrypt(ciphertext: str, privatekey: str) -> Value:
    """The text that was encrypted with an RSA key (PKCS #1 v1.5) and is given in Base64."""
    key = _key(privatekey)
    raw = _decrypted(from_base64(ciphertext, 0), key)
    if raw is None:
        raise FunctionError("it was not encrypted for this key", 0)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise FunctionError("what was encrypted is not a text in UTF-8", 0) from None


def _key(pem: str) -> RSAPrivateKey:
    load = load_ssh_private_key if _OPENSSH in pem else load_pem_private_key
    try:
        key = load(pem.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise FunctionError("it is no private key in PEM form without a password", 1) from None
    if not isinstance(key, RSAPrivateKey) or key.key_size > _LARGEST:
        raise FunctionError(f"it is no RSA key of at most {_LARGEST:,} bits", 1)
    return key


def _decrypted(sealed: bytes, key: RSAPrivateKey) -> bytes | None:
    """RFC 8017, section 7.2.2; None where the padding is wrong. Done by hand, because OpenSSL hides
    a wrong padding behind a random answer, which would then pass for the text.
    """
    numbers = key.private_numbers()
    modulus = numbers.public_numbers.n
    size = (modulus.bit_length() + 7) // 8
    number = int.from_bytes(sealed, "big")
    if len(sealed) != size or number >= modulus:
        return None
    block = pow(number, numbers.d, modulus).to_bytes(size, "big")
    padding, zero, content = block[2:].partition(b"\0")
    right = block.startswith(b"\0\2") and zero and len(padding) >= _SHORTEST_PADDING
    return content if right else None
