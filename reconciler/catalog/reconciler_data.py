"""Data that lives in state alone: what `terraform_data` is to Terraform."""

from reconciler.schema.attribute import Attribute, OnChange, Presence
from reconciler.schema.declare import group
from reconciler.schema.kinds.anything import anything
from reconciler.schema.kinds.text import text
from reconciler.schema.resource_type import IN_STATE, ResourceType

_EXAMPLE = """\
resource "reconciler_data" "release" {
  input            = { version = "1.4", rings = ["pilot", "all"] }
  triggers_replace = [send_connector.fabrikam.guid]
}
"""

TYPE = ResourceType(
    name="reconciler_data",
    noun="",
    summary=(
        "Keeps a value in state and gives it back. It has no object in Exchange. Another resource can "
        "be made to follow the value with `replace_triggered_by`, and tests need no target."
    ),
    attributes=(
        *group(
            "Arguments",
            Attribute(
                "input",
                anything,
                "Kept as it is, with its type. Another value is an update.",
                default_doc="`null`",
            ),
            Attribute(
                "triggers_replace",
                anything,
                "Kept as it is. Another value makes a new object with a new `id`.",
                default_doc="`null`",
                on_change=OnChange.REPLACE,
            ),
        ),
        *group(
            "Computed",
            Attribute(
                "id",
                text,
                "A random UUID, made with the object.",
                presence=Presence.COMPUTED,
                on_change=OnChange.REPLACE,
            ),
            Attribute(
                "output",
                anything,
                "The value of `input`, known once that is written: who refers to it comes after it. "
                "What is sensitive in `input` is so in `output`.",
                presence=Presence.COMPUTED,
                follows="input",
            ),
        ),
    ),
    identity=("id",),
    source="`terraform_data` of Terraform 1.11, whose behaviour it has",
    example=_EXAMPLE,
    home=IN_STATE,
)
