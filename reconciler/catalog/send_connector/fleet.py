"""What must hold among all send connectors."""

from reconciler.catalog.unique import unique_names

FLEET_RULES = (unique_names("R1"),)
