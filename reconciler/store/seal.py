"""The key of a state folder: seals sensitive values, signs plan files.

Imports cryptography, and only where something is sealed or opened. The key lies
beside the database, readable by its owner alone, and is made at first need.
"""

import base64
import binascii
import hmac
import os
from pathlib import Path
from typing import TYPE_CHECKING

from reconciler.model.record import dataclass
from reconciler.store import files
from reconciler.store.refusals import refused

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_LENGTH = 32
_NONCE = 12


@dataclass(frozen=True, slots=True)
class Bound:
    """A keyring for the values of one `owner`, which open nowhere else."""

    keyring: "Keyring"
    owner: str

    def seal(self, text: str, place: str) -> str:
        return self.keyring.seal(text, f"{self.owner} {place}")

    def unseal(self, sealed: str, place: str) -> str:
        return self.keyring.unseal(sealed, f"{self.owner} {place}")


class Keyring:
    """What can be done with the key in `folder`; it is read once."""

    __slots__ = ("_cipher", "_key", "_path")

    def __init__(self, folder: Path) -> None:
        self._path = folder / "key"
        self._key: bytes | None = None
        self._cipher: AESGCM | None = None

    def sign(self, data: bytes) -> bytes:
        """HMAC-SHA256 of `data`, 32 bytes."""
        return hmac.digest(self._derived(b"sign", self._own()), data, "sha256")

    def verify(self, data: bytes, signature: bytes) -> bool:
        """Whether `signature` is ours and `data` unaltered; False where there is no key."""
        key = self._read()
        if key is None:
            return False
        return hmac.compare_digest(
            hmac.digest(self._derived(b"sign", key), data, "sha256"), signature
        )

    def seal(self, text: str, place: str) -> str:
        """`text` under AES-256-GCM; opens only with the same `place`."""
        nonce = os.urandom(_NONCE)
        sealed = self._opened_cipher(self._own()).encrypt(nonce, text.encode(), place.encode())
        return base64.b64encode(nonce + sealed).decode("ascii")

    def unseal(self, sealed: str, place: str) -> str:
        """Raises ReconcilerError `key-missing`, `key-damaged` or `seal-broken`."""
        key = self._read()
        if key is None:
            raise refused("key-missing", path=self._path)
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
            self._cipher = AESGCM(self._derived(b"seal", key))
        return self._cipher

    @staticmethod
    def _derived(use: bytes, key: bytes) -> bytes:
        """One key for each use, so that neither weakens the other."""
        return hmac.digest(key, b"reconciler " + use, "sha256")

    def _own(self) -> bytes:
        """The key, made where there is none."""
        key = self._read()
        if key is None:
            try:
                files.private_folder(self._path.parent)
                files.create(self._path, os.urandom(_LENGTH))
            except OSError as failure:
                raise refused(
                    "cannot-write", path=self._path, reason=files.reason(failure)
                ) from failure
            key = self._read()
        assert key is not None
        return key

    def _read(self) -> bytes | None:
        if self._key is None:
            self._key = self._from_disk()
        return self._key

    def _from_disk(self) -> bytes | None:
        status = files.ordinary(self._path)
        if status is None:
            return None
        if not files.is_private(status):
            raise refused("key-damaged", path=self._path, reason="can be read by others")
        try:
            key = files.read_ordinary(self._path, _LENGTH + 1)
        except OSError as failure:
            raise refused(
                "key-damaged", path=self._path, reason=f"cannot be read ({files.reason(failure)})"
            ) from failure
        if key is not None and len(key) != _LENGTH:
            raise refused("key-damaged", path=self._path, reason="does not have 32 bytes")
        return key
