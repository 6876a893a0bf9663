"""Plain frozen data that every floor shares; the standard library and nothing else."""
