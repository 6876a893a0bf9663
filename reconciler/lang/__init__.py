"""HCL: text to syntax to values. Knows nothing of resources, state or Exchange."""
