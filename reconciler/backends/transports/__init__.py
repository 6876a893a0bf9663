"""Ways for a command to reach Exchange."""
