"""Where connectors live, and how commands reach them."""
