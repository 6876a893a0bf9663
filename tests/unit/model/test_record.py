"""Records are the standard library's data classes to whoever uses them, and cheaper to define."""

import builtins
import pickle
from dataclasses import field, fields, replace

import pytest

from reconciler.model.record import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    seen: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Whole:
    size: int

    def __post_init__(self):
        if self.size < 0:
            raise ValueError(self.size)


@dataclass(frozen=True, slots=True)
class Own:
    name: str

    def __init__(self, word):
        self.name = word.upper()


def test_defining_a_record_compiles_nothing(monkeypatch):
    def refuse(*_):
        raise AssertionError

    monkeypatch.setattr(builtins, "exec", refuse)

    @dataclass(frozen=True, slots=True)
    class Late:
        name: str

    monkeypatch.undo()
    assert Late("a").name == "a"


def test_fields_have_their_defaults():
    assert (Point(1).x, Point(1).y, Point(1).seen) == (1, 2, [])


def test_each_record_has_a_default_of_its_own():
    assert Point(1).seen is not Point(1).seen


def test_a_record_can_be_replaced_and_pickled():
    point = replace(Point(1), y=5)
    assert pickle.loads(pickle.dumps(point)) == point  # noqa: S301 - our own bytes


def test_fields_can_be_listed():
    assert [one.name for one in fields(Point)] == ["x", "y", "seen"]


@pytest.mark.parametrize("given", [(), (1, 2, [], 4)])
def test_wrong_arguments_are_refused_by_name(given):
    for _ in range(2):
        with pytest.raises(TypeError, match=r"Point\.__init__"):
            Point(*given)


def test_what_is_to_follow_does():
    with pytest.raises(ValueError, match="-1"):
        Whole(-1)


def test_a_way_of_its_own_to_begin_stays():
    assert Own("a").name == "A"
