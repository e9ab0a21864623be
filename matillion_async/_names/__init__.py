"""Names of projects in place of their ids."""
