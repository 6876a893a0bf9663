"""Options in, view out, exit code. The only typer, and the only printing."""
