"""Functions of the language, one file a topic; a docstring is a function's help."""
