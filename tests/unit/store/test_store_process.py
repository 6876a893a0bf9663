"""Who works here, as history and audit logs name it."""

import os
import sys

import pytest

from reconciler.store.process import this_process

if sys.platform == "win32":
    pytest.skip("accounts of POSIX", allow_module_level=True)
else:
    import pwd

NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME")


@pytest.fixture(autouse=True)
def _nobody_is_named(monkeypatch):
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("name", NAMES)
def test_the_environment_names_the_user(monkeypatch, name):
    monkeypatch.setenv(name, "anna")
    assert this_process("plan").user == "anna"


def test_without_it_the_account_does():
    assert this_process("plan").user == pwd.getpwuid(os.getuid()).pw_name


def test_a_container_may_know_no_name(monkeypatch):
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    monkeypatch.setattr(pwd, "getpwuid", lambda _: {}["nobody"])
    assert this_process("plan").user == "uid 54321"
