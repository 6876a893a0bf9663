# Good for the simulated Exchange only. For a real one remove this file, and give the password in
# the environment as RECONCILER_VAR_relay_password, or at the prompt.
relay_password = "no-secret-in-the-lab"
