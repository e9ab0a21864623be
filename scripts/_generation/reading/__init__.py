"""From files to one document: read, joined, changed by an overlay, checked."""
