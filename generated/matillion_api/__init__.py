# Generated from openapi/ by scripts/generate. Do not edit.
"""A client library for accessing Matillion Data Productivity Cloud API"""

from .client import Client

__all__ = ("Client",)
