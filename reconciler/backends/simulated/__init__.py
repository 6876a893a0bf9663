"""The simulated Exchange: a transport that behaves like the real thing."""
