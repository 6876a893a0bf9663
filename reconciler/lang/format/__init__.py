"""The canonical style of a file: text to text, nothing but layout changed."""
