"""Sorts of values, one file a topic."""
