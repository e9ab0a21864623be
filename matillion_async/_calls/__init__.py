"""The path of one call: a request made, attempts, the response read."""
