"""The shortest time that calls can take under rate limits when nobody says how the server counts.

Both readings of each limit are kept: the window, in which call i goes no earlier than ``seconds`` after call
i - count; and the bucket, which lets no more than burst + k calls go in the time that k of them flow in, so that call i
goes no earlier than (i - j - burst + 1) / rate after any call j before it. All of these are lower bounds of a time by
times before it. So to send each call as soon as they allow gives each the earliest time it can have in any schedule:
there is no shorter one. Fixed windows that start anywhere are never filled by calls that keep the sliding ones.

The client under test keeps the same readings with a margin for travel times; this does not.
"""

from __future__ import annotations

from collections.abc import Sequence

from matillion_async._limits.rates import RateLimit


def earliest_times(limits: Sequence[RateLimit], calls: int) -> list[float]:
    """When each of ``calls`` calls can be sent, in seconds after the first."""
    by_period = sorted(limits, key=lambda limit: limit.seconds)
    sizes = [limit.count for limit in by_period]
    bursts = [
        min(size, shorter) for size, shorter in zip(sizes, [*sizes[:1], *sizes], strict=False)
    ]
    tokens = [float(burst) for burst in bursts]
    times: list[float] = []
    now = 0.0
    for number in range(calls):
        start = now
        for limit, held in zip(by_period, tokens, strict=True):
            if number >= limit.count:
                now = max(now, times[number - limit.count] + limit.seconds)
            now = max(now, start + (1 - held) / limit.rate)
        tokens = [
            min(float(burst), held + (now - start) * limit.rate) - 1
            for limit, burst, held in zip(by_period, bursts, tokens, strict=True)
        ]
        times.append(now)
    return times


def optimum(limits: Sequence[RateLimit], calls: int, round_trip: float) -> float:
    """Seconds from the first request to the last response."""
    return earliest_times(limits, calls)[-1] + round_trip
