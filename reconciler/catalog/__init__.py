"""The resource types, one file each. No I/O."""
