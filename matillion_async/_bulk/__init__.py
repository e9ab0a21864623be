"""One operation over many items."""
