"""Who may send when: the queue, the pace that is learned, the arithmetic of rate limits."""
