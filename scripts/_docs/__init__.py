"""From docs/ and the docstrings to the pages in site/."""
