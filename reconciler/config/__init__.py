"""The project as written: HCL files to a Configuration, not yet evaluated."""
