"""What a run can say of itself to whoever looks for trouble. Knows no file and no format."""

from collections.abc import Callable
from enum import IntEnum


class Level(IntEnum):
    TRACE = 0
    DEBUG = 1
    INFO = 2
    WARN = 3
    ERROR = 4


Log = Callable[[Level, str, str], None]
"""Takes how much it matters, the part of the program that speaks, and a line without values: names of
objects and arguments are fine, what the arguments hold is not.
"""
