"""Who may send when: the queue, the rate that is learned, the arithmetic of rate limits."""
