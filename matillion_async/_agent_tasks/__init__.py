"""Tasks of AI agents started, waited for and talked to."""
