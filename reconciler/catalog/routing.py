"""What a connector with address spaces means for mail."""

from reconciler.model.route import Route
from reconciler.model.values import Values
from reconciler.schema.kinds.net import EDGESYNC
from reconciler.schema.kinds.routing import read


def route(values: Values) -> Route | None:
    """None while its name or its address spaces are not known."""
    name = values.get("name")
    if not isinstance(name, str) or "address_spaces" not in values:
        return None
    spaces = (one for one in read(values["address_spaces"]) if one.address != EDGESYNC)
    return Route(
        name,
        tuple((one.type, one.address, one.cost) for one in spaces),
        enabled=values.get("enabled") is not False,
        scoped=values.get("is_scoped_connector") is True,
    )
