"""Figures of whole processes, side by side with Terraform: `python -m benchmarks`."""
