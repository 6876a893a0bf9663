"""Version constraints."""

import pytest

from reconciler.config.version import satisfies


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("1.2.3", True),
        ("= 1.2.3", True),
        ("v1.2.3", True),
        ("1.2", False),
        ("!= 1.2.3", False),
        ("!= 1.2", True),
        (">= 1.2", True),
        (">= 1.2.3, < 2", True),
        (">= 1.2.3, < 1.2.3", False),
        ("> 1.2.3", False),
        ("<= 1.2.3", True),
        ("< 1.10", True),
        ("~> 1.2", True),
        ("~> 1.1", True),
        ("~> 1", True),
        ("~> 1.2.0", True),
        ("~> 1.1.0", False),
        ("~> 1.3", False),
        ("~> 2.0", False),
    ],
)
def test_a_constraint_is_met_as_terraform_meets_it(constraint, expected):
    assert satisfies("1.2.3", constraint) is expected


@pytest.mark.parametrize("constraint", ["", "x", ">= ", "=> 1", "1.2.3.4", ">= 1,", "< 1, x"])
def test_what_is_no_constraint_raises(constraint):
    with pytest.raises(ValueError, match="no version constraint"):
        satisfies("1.2.3", constraint)
