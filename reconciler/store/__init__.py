"""Remembered state: rows, journal, lease, history. The only SQL besides the simulated Exchange."""
