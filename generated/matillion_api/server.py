# Generated from openapi/ by scripts/generate. Do not edit.
"""Where the API is on a server."""

PATH = "/dpc"
"""The path of the first server that the spec names, before those of the operations."""
VERSION = "/v1"
"""The version that paths of operations begin with, so that an address may end with it; empty if none does."""
