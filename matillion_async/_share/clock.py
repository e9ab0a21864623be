"""The clock of a place that is reached over a network, as a process knows it."""

from __future__ import annotations

import math

RECENT = 1.0
"""Seconds in which the tightest sample is looked for. It is used for two more at most: clocks of which one is faster by 300 in a
million are a thousandth of a second apart then."""


class RemoteClock:
    """How far the clock of a server is ahead of the event loop's.

    A server that tells its time read it at some time between request and response. Taken for the time of the request, it is
    ahead of the true one by what the request took, and never behind. So what is stamped with it is stamped late, never early,
    and by the tightest of the recent samples it is late by the least.
    """

    def __init__(self) -> None:
        self._latest = self._before = math.inf
        self._began = self._sampled_at = -math.inf

    @property
    def ahead(self) -> float:
        """Seconds to add to the event loop's time; infinite before the first sample."""
        return min(self._latest, self._before)

    def is_known(self, now: float) -> bool:
        """Whether there is a recent sample."""
        return now < self._sampled_at + RECENT

    def learn(self, sent_at: float, received_at: float, told: float) -> None:
        """Take a sample.

        Args:
            sent_at: when the request was sent, on the event loop's clock.
            received_at: when the response came, on the same.
            told: the server's time in it.
        """
        # That the server's time is later than can be means that its clock was set.
        if told - received_at > self.ahead or not self.is_known(received_at):
            self._latest = self._before = math.inf
            self._began = received_at
        elif received_at > self._began + RECENT:
            self._before, self._latest = self._latest, math.inf
            self._began = received_at
        self._latest = min(self._latest, told - sent_at)
        self._sampled_at = received_at
