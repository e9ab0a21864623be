"""Who is told of what a client does: calls, attempts, waits for runs, and renewals of the token."""
