"""From a prepared document to what is written: the package, and the pages beside it."""
