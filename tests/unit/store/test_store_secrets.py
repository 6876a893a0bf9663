from reconciler.model.address import Address
from reconciler.model.state import Handle, Instance, State
from reconciler.model.values import Sealed, Secret
from reconciler.store import secrets

SALT = b"0123456789abcdef"
PASSWORD = Secret("user", "correct horse")


def test_a_digest_shows_the_open_part_and_hides_the_rest():
    sealed = secrets.digest(PASSWORD, SALT)
    assert sealed.open == "user"
    assert sealed.digest.startswith("scrypt$16384$8$1$")
    assert "correct horse" not in repr(sealed)


def test_a_secret_matches_its_own_digest_only():
    sealed = secrets.digest(PASSWORD, SALT)
    assert secrets.matches(PASSWORD, sealed)
    assert not secrets.matches(Secret("user", "wrong"), sealed)
    assert not secrets.matches(Secret("other", "correct horse"), sealed)


def test_another_salt_gives_another_digest():
    assert secrets.digest(PASSWORD, SALT) != secrets.digest(PASSWORD, b"x" * 16)


def test_a_foreign_digest_matches_nothing():
    for text in ("", "scrypt$1$1$1$AAAA$AAAA", "scrypt$16384$8$1$!$x", "scrypt$16384$8$1$"):
        assert not secrets.matches(PASSWORD, Sealed("user", text))


def test_the_salt_in_use_is_used_again():
    values = {"name": "a", "credential": secrets.digest(PASSWORD, SALT)}
    address = Address("send_connector", "a")
    state = State(instances=(Instance(address, Handle("g"), values),))
    assert secrets.salt_for(state) == SALT


def test_a_state_without_secrets_gets_a_new_salt_every_time():
    assert secrets.salt_for(State()) != secrets.salt_for(State())
