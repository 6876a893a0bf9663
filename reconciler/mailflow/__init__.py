"""Which connector carries what."""
