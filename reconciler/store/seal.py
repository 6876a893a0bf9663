"""Seals text under a key, so that it opens only in its place.

Imports cryptography, and only where something is sealed or opened. Where the key comes from is
not known here.
"""

import base64
import binascii
import os
from typing import TYPE_CHECKING, Protocol

from reconciler.model.record import dataclass
from reconciler.store.keys import Key, derived, mark_of
from reconciler.store.refusals import refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Marked(Protocol):
    """`seal` is the mark of the key that its values are sealed with; "" before the first."""

    seal: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A keyring for the values of one `owner`, which open nowhere else and under no other key."""

    keyring: "Keyring"
    owner: str
    books: Marked

    def seal(self, text: str, place: str) -> str:
        self.prove()
        self.books.seal = self.keyring.mark
        return self.keyring.seal(text, f"{self.owner} {place}")

    def unseal(self, sealed: str, place: str) -> str:
        if self.keyring.has_key:
            self.prove()
        return self.keyring.unseal(sealed, f"{self.owner} {place}")

    def prove(self) -> None:
        """Raises ReconcilerError where nothing could be sealed here."""
        if self.books.seal not in ("", self.keyring.mark):
            raise refused("key-wrong", path=self.keyring.place)


class Keyring:
    """What can be done with `key`, which is read once."""

    __slots__ = ("_cipher", "_from", "_key", "_salt")

    def __init__(self, key: Key, salt: str = "") -> None:
        self._from = key
        self._salt = salt
        self._key: bytes | None = None
        self._cipher: AESGCM | None = None

    @property
    def place(self) -> str:
        return self._from.place

    @property
    def has_key(self) -> bool:
        return self._read() is not None

    @property
    def mark(self) -> str:
        """What tells its key from another."""
        return mark_of(self._own())

    def seal(self, text: str, place: str) -> str:
        """`text` under AES-256-GCM; opens only with the same `place`."""
        nonce = os.urandom(_NONCE)
        sealed = self._opened_cipher(self._own()).encrypt(nonce, text.encode(), place.encode())
        return base64.b64encode(nonce + sealed).decode("ascii")

    def unseal(self, sealed: str, place: str) -> str:
        """Raises ReconcilerError `key-missing`, `key-damaged` or `seal-broken`."""
        key = self._read()
        if key is None:
            raise refused("key-missing", path=self.place)
        try:
            raw = base64.b64decode(sealed, validate=True)
        except binascii.Error as failure:
            raise refused("seal-broken", reason=place) from failure
        if base64.b64encode(raw) != sealed.encode():
            # The last character may have bits to spare; altered is altered.
            raise refused("seal-broken", reason=place)
        return self._unsealed(key, raw, place)

    def _unsealed(self, key: bytes, raw: bytes, place: str) -> str:
        # Only what is sealed pays for this library's start-up.
        from cryptography.exceptions import InvalidTag  # noqa: PLC0415  # see above

        try:
            cipher = self._opened_cipher(key)
            return cipher.decrypt(raw[:_NONCE], raw[_NONCE:], place.encode()).decode()
        except (InvalidTag, ValueError) as failure:
            raise refused("seal-broken", reason=place) from failure

    def _opened_cipher(self, key: bytes) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import (  # noqa: PLC0415  # as above
            AESGCM,
        )

        if self._cipher is None:
            self._cipher = AESGCM(derived(key, "seal"))
        return self._cipher

    def _own(self) -> bytes:
        """The key, made where there is none."""
        key = self._read()
        if key is None:
            self._from.make()
            key = self._read()
        assert key is not None
        return key

    def _read(self) -> bytes | None:
        if self._key is None:
            self._key = self._from.read(self._salt)
        return self._key
