"""The files of a folder as a form that is read while it is sent."""
