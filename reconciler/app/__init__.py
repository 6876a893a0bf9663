"""Use cases: one module each, wiring the floors below."""
