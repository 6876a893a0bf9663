"""Syntax of files that have not changed, kept from run to run. Knows neither HCL nor grammars.

An entry is named by a digest of the text and sealed with a key made of the text: who has not got
the file cannot read its passwords here. It is data, and one that does not check out is ignored.
"""

import gc
import hashlib
import json

from reconciler.lang import flat, folder
from reconciler.lang.syntax import Body

_FORMAT = "1"
_DIGEST = 32


def find(text: str, path: str) -> Body | None:
    """The syntax kept for this text under this path, if any."""
    name, key = _name_and_key(text, path)
    sealed = folder.read(name)
    if sealed is None:
        return None
    content = _mask(sealed[_DIGEST:], key)
    if hashlib.sha256(key + content).digest() != sealed[:_DIGEST]:
        return None
    was = gc.isenabled()
    gc.disable()
    try:
        return flat.body(json.loads(content), path)
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return None
    finally:
        if was:
            gc.enable()


def keeps() -> bool:
    """Whether there is a place to keep anything."""
    return folder.is_there()


def knows(text: str, path: str) -> bool:
    """Whether something is kept, good or bad."""
    return folder.has(_name_and_key(text, path)[0])


def keep(text: str, path: str, body: Body) -> None:
    name, key = _name_and_key(text, path)
    try:
        content = json.dumps(flat.flatten(body), separators=(",", ":")).encode()
    except RecursionError:
        return
    folder.write(name, hashlib.sha256(key + content).digest() + _mask(content, key))


def _name_and_key(text: str, path: str) -> tuple[str, bytes]:
    digest = hashlib.sha512(f"{_FORMAT}\0{path}\0{text}".encode("utf-8", "surrogatepass"))
    both = digest.digest()
    return f"syntax-{both[:20].hex()}", both[_DIGEST:]


def _mask(content: bytes, key: bytes) -> bytes:
    """`content` exclusive-or a stream made of `key`; the same again undoes it."""
    stream = hashlib.shake_256(key).digest(len(content))
    number = int.from_bytes(content, "little") ^ int.from_bytes(stream, "little")
    return number.to_bytes(len(content), "little")
