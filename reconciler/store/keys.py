"""Where the key of sealed values comes from: a folder of ours, a file, the environment, a passphrase.

Only a folder of ours makes a key by itself. A shared database has none beside it: whoever works on
it gives the key, and without one nothing sensitive is stored.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from reconciler.model.record import dataclass
from reconciler.store import files
from reconciler.store.refusals import refused

LENGTH = 32
KEY = "RECONCILER_STATE_KEY"
PASSPHRASE = "RECONCILER_STATE_PASSPHRASE"  # noqa: S105 (the name of it)
_COST, _BLOCK, _LANES = 2**15, 8, 1
_MEMORY = 64 << 20


class Key(Protocol):
    """`place` names it in messages."""

    @property
    def place(self) -> str: ...

    def read(self, salt: str) -> bytes | None:
        """Its 32 bytes, None where there is none. Those of a passphrase differ by `salt`."""
        ...

    def make(self) -> None:
        """Makes it at first need. Raises ReconcilerError where it has to be given."""
        ...

    def fit(self, mark: str) -> None:
        """Finishes a change to the key with `mark` that a run died in."""
        ...


@dataclass(frozen=True, slots=True)
class InFolder:
    """The file `key` in a folder of ours, readable by its owner alone."""

    folder: Path

    @property
    def path(self) -> Path:
        return self.folder / "key"

    @property
    def place(self) -> str:
        return str(self.path)

    def read(self, salt: str) -> bytes | None:
        del salt
        key = _private(self.path)
        if key is not None and len(key) != LENGTH:
            raise refused("key-damaged", path=self.path, reason="does not have 32 bytes")
        return key

    def make(self) -> None:
        try:
            files.private_folder(self.folder)
            files.create(self.path, os.urandom(LENGTH))
        except OSError as failure:
            raise refused(
                "cannot-write", path=self.path, reason=files.reason(failure)
            ) from failure

    @property
    def next(self) -> "InFolder":
        """The key that is to follow this one, in a folder within."""
        return InFolder(self.folder / "next-key")

    def fit(self, mark: str) -> None:
        new = self.next.read("")
        if new is not None and mark == mark_of(new):
            self.follow()

    def follow(self) -> None:
        """The next key takes the place of this one."""
        new = self.next.read("")
        if new is not None:
            files.atomic_write(self.path, new)
            self.next.path.unlink()


@dataclass(frozen=True, slots=True)
class InFile:
    """A file that somebody else keeps: 32 bytes, or their base64 or hexadecimal digits."""

    path: Path

    @property
    def place(self) -> str:
        return str(self.path)

    def read(self, salt: str) -> bytes | None:
        del salt
        raw = _private(self.path)
        if raw is None or len(raw) == LENGTH:
            return raw
        key = _digits(raw.decode("ascii", "replace").strip())
        if key is None:
            raise refused("key-damaged", path=self.path, reason="holds no key of 32 bytes")
        return key

    def make(self) -> None:
        raise refused("key-missing", path=self.path)

    def fit(self, mark: str) -> None:
        """Whoever gives the key changes it."""


@dataclass(frozen=True, slots=True)
class Given:
    """The value of RECONCILER_STATE_KEY."""

    digits: str

    @property
    def place(self) -> str:
        return KEY

    def read(self, salt: str) -> bytes | None:
        del salt
        key = _digits(self.digits.strip())
        if key is None:
            raise refused("key-unreadable", reason=KEY)
        return key

    def make(self) -> None:
        """It is there."""

    def fit(self, mark: str) -> None:
        """Whoever gives the key changes it."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """Words that people remember, through scrypt."""

    words: str
    place: str = PASSPHRASE

    def read(self, salt: str) -> bytes | None:
        return _stretched(self.words, salt)

    def make(self) -> None:
        """It is there."""

    def fit(self, mark: str) -> None:
        """Whoever gives the key changes it."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """No key was given for what is shared."""

    place: str

    def read(self, salt: str) -> bytes | None:
        del salt
        return None

    def make(self) -> None:
        raise refused("key-needed", path=self.place)

    def fit(self, mark: str) -> None:
        """Whoever gives the key changes it."""


def mark_of(key: bytes) -> str:
    """16 hexadecimal digits that tell one key from another, and nothing of it."""
    return derived(key, "mark")[:8].hex()


def opens(key: Key, salt: str, mark: str) -> bool:
    """Whether `key` is there and is the one with `mark`. Makes none."""
    key.fit(mark)
    found = key.read(salt)
    return found is not None and mark_of(found) == mark


def derived(key: bytes, use: str) -> bytes:
    """One key for each use, so that neither weakens the other."""
    return hmac.digest(key, f"reconciler {use}".encode(), "sha256")


def from_environment(environment: Mapping[str, str]) -> Key | None:
    if environment.get(KEY):
        return Given(environment[KEY])
    return Passphrase(environment[PASSPHRASE]) if environment.get(PASSPHRASE) else None


def _private(path: Path) -> bytes | None:
    status = files.ordinary(path)
    if status is None:
        return None
    if not files.is_private(status):
        raise refused("key-damaged", path=path, reason="can be read by others")
    try:
        return files.read_ordinary(path, 4 * LENGTH)
    except OSError as failure:
        raise refused(
            "key-damaged", path=path, reason=f"cannot be read ({files.reason(failure)})"
        ) from failure


def _digits(text: str) -> bytes | None:
    """The 32 bytes that `text` spells, None where it does not."""
    if len(text) == 2 * LENGTH:
        try:
            return bytes.fromhex(text)
        except ValueError:
            return None
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == LENGTH else None


# About 100 ms, once for each workspace that is opened.
@lru_cache(maxsize=64)
def _stretched(words: str, salt: str) -> bytes:
    return hashlib.scrypt(
        words.encode("utf-8", "surrogatepass"),
        salt=f"reconciler {salt}".encode(),
        n=_COST,
        r=_BLOCK,
        p=_LANES,
        maxmem=_MEMORY,
        dklen=LENGTH,
    )
