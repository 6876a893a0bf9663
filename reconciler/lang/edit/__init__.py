"""Changes to the text of a file that leave everything around them as it is."""
