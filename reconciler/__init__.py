"""Declarative mail flow: Exchange connectors written in HCL."""

__version__ = "0.1.0"
