"""JSON files to the same syntax as HCL: a reader that keeps places, and what its values mean."""
