"""Pipelines started, waited for and watched."""
