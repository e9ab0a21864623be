"""Listings: pages, and windows of time."""
