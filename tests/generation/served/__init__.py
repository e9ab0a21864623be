"""A server for any OpenAPI file, and callers of the package that is made of it.

Both read the file as it is, and nothing of what the generator makes of it, or they would prove nothing.
"""
