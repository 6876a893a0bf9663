"""What tests of every kind may ask for."""

from collections.abc import Iterator
from itertools import count

import postgres_server
import psycopg
import pytest


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    with postgres_server.server() as url:
        yield url


@pytest.fixture(scope="session")
def _numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def postgres_url(_server: str, _numbers: Iterator[int]) -> str:
    """The address of a database of the test's own, empty."""
    name = f"test{next(_numbers)}"
    with psycopg.connect(_server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return _server.removesuffix("postgres") + name
