"""From two documents to what is different for users of their packages."""
