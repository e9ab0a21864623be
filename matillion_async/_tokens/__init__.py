"""Access tokens: one cache, and the OAuth 2.0 exchange that fills it."""
