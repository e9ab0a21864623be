"""How long and how fast a soak is: in real time over sockets, and in virtual time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scripts._soak.caller import Workload
from scripts._soak.faults import STORM, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How long, how fast, and what is good enough.

    Args:
        seconds: of all storms and calms together.
        storm: seconds of each storm.
        settle: seconds of calm under load, in which the client may find back to its rate.
        measured: seconds of calm after that.
        drain: seconds of calm after which a call that has not ended counts as stuck.
        disturbance: seconds between two restarts, revocations or bursts of somebody else, on the average.
        away: seconds that the server is away at most.
        rate_limits: what the client is told, and the server keeps.
        users: how many there are.
        saturators: callers in a calm, enough for the limit.
        workload: how users behave.
        slow: seconds of the slowest response.
        token_life: seconds.
        lateness: see :class:`Oracle`.
        tick: seconds between two words of progress at least.
        least_used: share of the limit, or of the lower rate that refusals taught the client, that a calm must use.
        least_rate: share of the limit that this rate must be after the settling.
        most_refused: share of the requests of a calm that may be refused with 429.
        shares: of each fault in a storm.
    """

    seconds: float
    storm: float
    settle: float
    measured: float
    drain: float
    disturbance: float
    away: float
    rate_limits: Sequence[tuple[int, float]]
    users: int
    saturators: int
    workload: Workload
    slow: float
    token_life: float
    lateness: float
    tick: float
    least_used: float
    least_rate: float
    most_refused: float
    shares: Mapping[Fault, float] = field(default_factory=lambda: STORM)

    @property
    def limits(self) -> tuple[str, ...]:
        """The limits as the client takes them."""
        return tuple(f"{count}/{seconds:g}s" for count, seconds in self.rate_limits)

    @property
    def rate(self) -> float:
        """Requests per second in the long run."""
        return min(count / seconds for count, seconds in self.rate_limits)


def real(seconds: float) -> Plan:
    """Over real sockets: a limit of 100 requests a second, a storm a minute.

    A calm is not cut short with the storm: a client may still pause for seconds after it, and may send at once what
    the shortest limit allows in a second. What it learned from refusals it forgets in minutes, which are not shortened with the
    storms: many disturbances in a few seconds may cost it half its rate. In virtual time it must find all the way back.
    """
    share = min(1.0, seconds / 60)
    return Plan(
        seconds=seconds,
        storm=30 * share,
        settle=5,
        measured=max(4.0, 10 * share),
        drain=30,
        disturbance=4,
        away=1.0,
        rate_limits=((200, 1), (6000, 60)),
        users=24,
        saturators=48,
        workload=Workload(
            think=0.1, longest_wait=3, longest_start=10, timeout=2, poll=0.2, most_items=80
        ),
        slow=3,
        token_life=60,
        lateness=2,
        tick=1,
        least_used=0.8,
        least_rate=0.4,
        most_refused=0.005,
    )


def virtual(hours: float) -> Plan:
    """In virtual time: 60 requests a minute as the vendor's documents have it, a storm an hour.

    A client that has learned a lower rate raises it by a twentieth of the limit a minute, so that it may need 20 minutes.
    """
    return Plan(
        seconds=3600 * hours,
        storm=1800,
        settle=1200,
        measured=600,
        drain=3600,
        disturbance=180,
        away=20,
        rate_limits=((5, 1), (60, 60)),
        users=8,
        saturators=12,
        workload=Workload(
            think=20, longest_wait=60, longest_start=600, timeout=30, poll=5, most_items=50
        ),
        slow=40,
        token_life=1800,
        lateness=0.1,
        tick=60,
        least_used=0.95,
        least_rate=0.95,
        most_refused=0.002,
    )
