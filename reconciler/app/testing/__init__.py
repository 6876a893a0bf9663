"""Runs `*.test.hcl` files, each against a simulated Exchange and a state that are thrown away."""
