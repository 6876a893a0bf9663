"""What is remembered of a write-only value: a salted scrypt digest. Standard library only.

A digest tells that a password changed and nothing else: it can neither be opened nor compared
with one made under another salt.
"""

import base64
import binascii
import hashlib
import hmac
import os
from functools import lru_cache
from itertools import chain

from reconciler.model.state import State
from reconciler.model.values import Canonical, Sealed, Secret

_COST, _BLOCK, _LANES = 2**14, 8, 1
_PREFIX = f"scrypt${_COST}${_BLOCK}${_LANES}$"


# One password given to a thousand connectors costs one scrypt, which takes about 50 ms.
@lru_cache(maxsize=4096)
def _scrypt(salt: bytes, hidden: str) -> bytes:
    password = hidden.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(password, salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=32)


def digest(secret: Secret, salt: bytes) -> Sealed:
    """The same for the same secret and salt. `salt` comes from `salt_for`."""
    parts = (
        base64.b64encode(part).decode("ascii") for part in (salt, _scrypt(salt, secret.hidden))
    )
    return Sealed(secret.open, _PREFIX + "$".join(parts))


def matches(secret: Secret, remembered: Sealed) -> bool:
    """Whether `remembered` was made of `secret`; False for digests that are not ours."""
    salt = _salt_of(remembered)
    if salt is None or secret.open != remembered.open:
        return False
    return hmac.compare_digest(digest(secret, salt).digest, remembered.digest)


def salt_for(state: State) -> bytes:
    """The salt that `state` uses already, so that equal secrets cost one scrypt; else a new one."""
    values = chain.from_iterable(instance.values.values() for instance in state.instances)
    return next(filter(None, map(_salt_in, values)), None) or os.urandom(16)


def _salt_in(value: Canonical) -> bytes | None:
    return _salt_of(value) if isinstance(value, Sealed) else None


def _salt_of(remembered: Sealed) -> bytes | None:
    salt, found, _ = remembered.digest.removeprefix(_PREFIX).partition("$")
    if not found or not remembered.digest.startswith(_PREFIX):
        return None
    try:
        return base64.b64decode(salt, validate=True)
    except binascii.Error:
        return None
