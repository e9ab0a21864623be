"""From the checkout to a release: the page of the package, the changelog, and what breaks."""
