"""One limit and one token for several processes: where they keep them, and how they agree."""
