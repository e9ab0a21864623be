"""From the spec in openapi/ to the package in generated/."""
