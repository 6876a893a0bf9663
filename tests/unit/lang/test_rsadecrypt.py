"""rsadecrypt(), with keys made for the occasion."""

import base64

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from reconciler.lang import functions
from reconciler.lang.functions.declare import FunctionError

FORMATS = {
    "pkcs1": form.PrivateFormat.TraditionalOpenSSL,
    "pkcs8": form.PrivateFormat.PKCS8,
    "openssh": form.PrivateFormat.OpenSSH,
}


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(65537, 1024)  # noqa: S505 - quick to make, guards nothing


def pem(key, shape="pkcs8", secret=None):
    lock = form.BestAvailableEncryption(secret) if secret else form.NoEncryption()
    return key.private_bytes(form.Encoding.PEM, FORMATS[shape], lock).decode()


def sealed(key, raw):
    return base64.b64encode(key.public_key().encrypt(raw, padding.PKCS1v15())).decode()


def decrypt(text, key):
    return functions.load("rsadecrypt").body(text, key)


def refusal(text, key):
    with pytest.raises(FunctionError) as caught:
        decrypt(text, key)
    return caught.value.argument, caught.value.message


@pytest.mark.parametrize("shape", FORMATS)
@pytest.mark.parametrize("text", ["", "secret", "Zürich"])
def test_what_was_encrypted_comes_back(key, shape, text):
    assert decrypt(sealed(key, text.encode()), pem(key, shape)) == text


def test_what_was_encrypted_for_another_key_is_refused(key):
    other = rsa.generate_private_key(65537, 1024)  # noqa: S505 - as above
    assert refusal(sealed(other, b"x"), pem(key))[0] == 0
    assert refusal(base64.b64encode(b"short").decode(), pem(key))[0] == 0


def test_what_is_no_text_is_refused(key):
    assert refusal(sealed(key, b"\xff\xfe"), pem(key)) == (
        0,
        "what was encrypted is not a text in UTF-8",
    )


def test_what_is_not_base64_is_refused(key):
    assert refusal("!", pem(key))[0] == 0


def test_other_keys_are_refused(key):
    curve = ec.generate_private_key(ec.SECP256R1())
    for bad in ("", "nonsense", pem(curve), pem(key, secret=b"locked")):
        assert refusal(sealed(key, b"x"), bad)[0] == 1
