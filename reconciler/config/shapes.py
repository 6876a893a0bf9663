"""Which blocks there are, as far as JSON has to know it: where a string is a template, where it is
text as it stands, and where it is the name of something.
"""

from typing import Final

from reconciler.lang.jsonfile.shape import Reading, Shape

_LITERAL: Final = Reading.LITERAL
_EXPRESSION: Final = Reading.EXPRESSION

_CONDITION: Final = Shape()
_LIFECYCLE: Final = Shape(
    blocks={"precondition": _CONDITION, "postcondition": _CONDITION},
    readings={"ignore_changes": _EXPRESSION, "replace_triggered_by": _EXPRESSION},
)
_RESOURCE: Final = Shape(
    labels=2,
    blocks={"lifecycle": _LIFECYCLE},
    readings={"backend": _EXPRESSION, "depends_on": _EXPRESSION},
)
FILE: Final = Shape(
    blocks={
        "backend": Shape(labels=1, readings={"alias": _LITERAL}),
        "check": Shape(labels=1, blocks={"assert": _CONDITION, "data": _RESOURCE}),
        "data": _RESOURCE,
        "import": Shape(readings={"to": _EXPRESSION, "backend": _EXPRESSION}),
        "locals": Shape(),
        "module": Shape(
            labels=1,
            readings={
                "source": _LITERAL,
                "depends_on": _EXPRESSION,
                "backend": _EXPRESSION,
                "backends": _EXPRESSION,
            },
        ),
        "moved": Shape(readings={"from": _EXPRESSION, "to": _EXPRESSION}),
        "output": Shape(
            labels=1,
            blocks={"precondition": _CONDITION},
            readings={
                "description": _LITERAL,
                "sensitive": _LITERAL,
                "ephemeral": _LITERAL,
                "depends_on": _EXPRESSION,
            },
        ),
        "reconciler": Shape(
            blocks={"state": Shape(), "brakes": Shape()},
            readings={"required_version": _LITERAL},
        ),
        "removed": Shape(blocks={"lifecycle": _LIFECYCLE}, readings={"from": _EXPRESSION}),
        "resource": _RESOURCE,
        "variable": Shape(
            labels=1,
            blocks={"validation": _CONDITION},
            readings={
                "type": _EXPRESSION,
                "default": _LITERAL,
                "description": _LITERAL,
                "sensitive": _LITERAL,
                "nullable": _LITERAL,
                "ephemeral": _LITERAL,
            },
        ),
    }
)

_VARIABLES: Final = Shape()
TESTS: Final = Shape(
    blocks={
        "variables": _VARIABLES,
        "run": Shape(
            labels=1,
            blocks={
                "variables": _VARIABLES,
                "assert": _CONDITION,
                "module": Shape(readings={"source": _LITERAL}),
                "plan_options": Shape(
                    readings={
                        "mode": _EXPRESSION,
                        "replace": _EXPRESSION,
                        "target": _EXPRESSION,
                    }
                ),
            },
            readings={
                "command": _EXPRESSION,
                "expect_failures": _EXPRESSION,
                "state_key": _LITERAL,
            },
        ),
    }
)
