"""One module for each format. What is here is history: it does not change with the code."""
