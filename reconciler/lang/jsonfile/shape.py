"""What has to be known of blocks to read them from JSON, where they look like any object."""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum, auto
from types import MappingProxyType

from reconciler.model.record import dataclass


class Reading(Enum):
    """What the strings of an argument are: TEMPLATE may hold `${…}` and `%{…}`, LITERAL is text
    as it is, and EXPRESSION is HCL, such as a reference or a type.
    """

    TEMPLATE = auto()
    LITERAL = auto()
    EXPRESSION = auto()


def _readings() -> Mapping[str, Reading]:
    return MappingProxyType({})


def _blocks() -> "Mapping[str, Shape]":
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Shape:
    """A sort of block: how many labels it has, the blocks in it by type, and those of its
    arguments whose strings are no templates.
    """

    labels: int = 0
    blocks: "Mapping[str, Shape]" = field(default_factory=_blocks)
    readings: Mapping[str, Reading] = field(default_factory=_readings)
