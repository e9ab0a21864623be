"""A permit that is used too late is given up: before its request is sent, and as the request is written."""

from __future__ import annotations

import pytest

from matillion_async._limits.limiter import Limiter
from matillion_async._limits.queue import Permit
from matillion_async.sandbox import Sandbox, serve


@pytest.mark.parametrize("valid", [(False, True), (True, False), (True, False, True, False)])
async def test_a_request_whose_permit_is_late_is_not_sent(
    valid: tuple[bool, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The call takes another permit; the server sees one request, also of an operation that is never repeated."""
    looks = list(valid)
    monkeypatch.setattr(Limiter, "permits_expire", True)
    monkeypatch.setattr(
        Limiter, "is_valid", lambda self, permit: looks.pop(0) if looks else True, raising=True
    )
    async with serve(Sandbox()) as served:
        from matillion_async import MatillionClient

        async with MatillionClient(
            client_id="sandbox",
            client_secret="sandbox-secret",
            base_url=served.url,
            token_url=served.environment["MATILLION_TOKEN_URL"],
        ) as client:
            await client.projects.list(size=1)
            assert not looks
            assert 0 == client.limiter.stats().in_flight
        recorded = [each for each in served.sandbox.requests if "projects" in each.path]
        assert 1 == len(recorded)


def test_a_permit_of_limits_of_ones_own_is_never_late() -> None:
    """There is nobody who could have its place."""
    budget = Limiter(())._budget
    assert budget.is_valid(Permit(0.0), 10**6)
