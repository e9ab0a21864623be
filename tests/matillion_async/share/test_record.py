"""An account survives as bytes, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matillion_async._limits.rates import RateLimit, parse_rate_limits
from matillion_async._share.account import Account
from matillion_async._share.record import decode, encode
from matillion_async._share.report import Refusal, Report

LIMITS = (None, (), parse_rate_limits("60/min, 5/s"), parse_rate_limits("30/10s"))


@given(
    limits=st.sampled_from(LIMITS),
    steps=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 20), st.floats(0, 5), st.integers(0, 5)),
        max_size=30,
    ),
)
def test_what_is_encoded_behaves_as_before(
    limits: tuple[RateLimit, ...] | None, steps: list[tuple[int, int, float, int]]
) -> None:
    """Whatever happened, and whatever happens next."""
    account = Account(limits)
    now = 1e7
    for process, wanted, passed, refused in steps:
        now += passed
        copy = decode(encode(account))
        told = Report(str(process), limits, wanted // 2, wanted)
        told.arrived = [passed] * (wanted // 2)
        told.accepted = [(passed, passed + 0.1)] * (wanted // 2)
        told.refused = [Refusal(0.0, 0.1, None)] * refused
        assert account.exchange(told, now) == copy.exchange(told, now)
        assert encode(account) == encode(copy)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"null\n",
        b"[]\n12345678",
        b'{"limits":null}\n',
        encode(Account(None))[:-1] + b"xyz",
        encode(Account(LIMITS[2])).replace(b'"schedule"', b'"sched"'),
        b"\xff\xfe\n",
        b"[" * 100_000,
        encode(Account(LIMITS[2])).replace(b'"members":{}', b'"members":{"a":[1]}'),
        encode(Account(LIMITS[2])).replace(
            b'"members":{}', b'"members":{"a":[0,1%s,0,0,0,0,false,true]}' % (b"0" * 30)
        ),
    ],
)
def test_what_is_no_account(data: bytes) -> None:
    """It is told as one kind of error, whatever is wrong."""
    with pytest.raises(ValueError, match="not an account"):
        decode(data)
