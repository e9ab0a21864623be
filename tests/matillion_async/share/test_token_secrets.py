"""Who reads a shared place, a log or an error has neither the token nor the secret nor who uses them."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from matillion_async import MatillionClient, Token, TokenSource
from matillion_async._errors import AuthenticationError, TokenUnavailableError
from matillion_async._share.place import Change, T
from matillion_async._share.sealing import Seal
from matillion_async._share.token_record import Issued, TokenRecord, decode, encode
from matillion_async._share.tokens import SharedTokens
from matillion_async._tokens.token_source import Secret
from matillion_async.sandbox import Sandbox
from tests.matillion_async.calls.test_token_in_frames import TOKEN, Source, leaks

SECRET = "the-secret-of-the-client"
NAME = "account:token"


class Place:
    """A place that notes all that it is given, and that can fail.

    Attributes:
        values: what is kept.
        seen: names and values that it was ever given.
        fails: whether it fails once it has the new value.
    """

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.seen: list[tuple[str, bytes]] = []
        self.fails = False

    def update(self, name: str, change: Change[T]) -> T:
        """Change a value as one step."""
        value, result = change(self.values.get(name), asyncio.get_running_loop().time())
        if value is not None:
            self.seen.append((name, value))
            self.values[name] = value
        if self.fails:
            raise OSError("the disk is full")
        return result

    async def aclose(self) -> None:
        """Nothing is open."""


class Failing(Source):
    """Gives no token any more."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def fetch(self) -> Token:
        raise self._error


def shared_by(place: Place, source: TokenSource, secret: str = SECRET) -> SharedTokens:
    return SharedTokens(source, place, NAME, Seal(Secret(secret), "context"), patience=1.0)


# What is sealed


def test_only_the_same_secret_opens_what_is_sealed() -> None:
    """Not another one, not in another context, not under another name of the place, and nothing that was changed."""
    sealed = Seal(Secret(SECRET), "context").seal(Secret("value"), NAME)

    assert "value" == Seal(Secret(SECRET), "context").open(sealed, NAME).reveal()
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    for seal, data, name in (
        (Seal(Secret("another"), "context"), sealed, NAME),
        (Seal(Secret(SECRET), "another"), sealed, NAME),
        (Seal(Secret(SECRET), "context"), sealed, "another"),
        (Seal(Secret(SECRET), "context"), changed, NAME),
        (Seal(Secret(SECRET), "context"), sealed[:20], NAME),
        (Seal(Secret(SECRET), "context"), b"", NAME),
    ):
        with pytest.raises(ValueError, match="cannot be opened"):
            seal.open(data, name)


def test_no_two_seals_are_alike() -> None:
    """The same value is sealed differently each time, and what names a secret tells nothing of it."""
    seal = Seal(Secret(SECRET), "context")

    assert 100 == len({seal.seal(Secret("value"), NAME) for _ in range(100)})
    names = {Seal(Secret(secret), text).name for secret in "ab" for text in ("c", "d")}
    assert {32} == {len(name) for name in names}
    assert 4 == len(names)


def test_a_secret_of_any_characters() -> None:
    """Whatever the environment holds is a secret, also what is no text."""
    for secret in ("\u00e9\U0001f600", "\udcff", " ", "x" * 10_000):
        seal = Seal(Secret(secret), "context")
        assert "value" == seal.open(seal.seal(Secret("value"), NAME), NAME).reveal()


def test_a_record_shows_no_token() -> None:
    """Neither a record nor its parts nor what keeps them show the token."""
    record = TokenRecord(Issued("generation", Secret(TOKEN), 1.0, 1800.0))
    shown = [
        record,
        record.token,
        encode(record),
        decode(encode(record), 2.0),
        Seal(Secret(TOKEN), "c"),
    ]

    assert TOKEN in encode(record).reveal()
    assert TOKEN not in repr(shown) + str(
        [vars(each) for each in shown if hasattr(each, "__dict__")]
    )


@pytest.mark.parametrize(
    "text", ["", "5", "[]", "{}", '{"token": 5}', "x" * 50, '{"failures": 0, "token": ["a"]}']
)
def test_what_is_no_record(text: str) -> None:
    """Text of another kind is refused, without a word of it."""
    with pytest.raises(ValueError, match="is not a record") as caught:
        decode(Secret(text), 0.0)
    assert caught.value.__suppress_context__


# What others see


@pytest.mark.virtual_time
async def test_the_place_and_the_log_have_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """With all logs on, through a revoked token and a place that fails: no token, no secret, no name of the account."""
    caplog.set_level(logging.DEBUG)
    sandbox = Sandbox(projects=1)
    place = Place()
    tokens = set[str]()
    for _ in range(3):
        async with sandbox.client(share=place) as client:
            await client.projects.list()
            tokens.update(sandbox._backend.issuer._expires)
            sandbox.revoke_tokens()
            place.fails = not place.fails
            await client.projects.list()
            tokens.update(sandbox._backend.issuer._expires)
            caplog.records.append(caplog.records[0])
            logging.getLogger("test").info("%r %r", client, client._own_session.connection.tokens)
    kept = b"".join(name.encode() + value for name, value in place.seen)
    assert [name for name, _ in place.seen if ":token:" in name]
    options: dict[str, Any] = {**sandbox.client_options()}
    assert 4 <= len(tokens)
    for text in (*tokens, *(options[name] for name in ("client_id", "client_secret", "audience"))):
        assert text.encode() not in kept
    for text in (*tokens, options["client_secret"]):
        assert text not in caplog.text


async def test_no_error_leads_to_the_token(caplog: pytest.LogCaptureFixture) -> None:
    """Neither the error of an endpoint, told by this process or by another one, nor a cancellation shows what is kept."""
    caplog.set_level(logging.DEBUG)
    place = Place()
    holder = shared_by(place, Source())
    await holder.fetch()
    for error in (
        RuntimeError("boom"),
        TokenUnavailableError("not now"),
        AuthenticationError("no", status_code=401),
    ):
        shared = shared_by(place, Failing(error))
        assert TOKEN == (await shared.fetch()).value
        for _ in range(2):
            with pytest.raises(type(error)) as caught:
                await shared.fetch()
            assert [] == list(leaks(caught.value))
    place.fails = True
    with pytest.raises(AuthenticationError) as lost:
        await shared.fetch()
    assert lost.value.__context__ is None
    assert [] == list(leaks(lost.value))
    assert TOKEN not in caplog.text


async def test_no_cancellation_leads_to_the_token() -> None:
    """Nor does that of a process that waits for another one while it has a token."""
    place = Place()

    class Slow(Source):
        async def fetch(self) -> Token:
            await asyncio.sleep(3600)
            raise AssertionError

    first, second = (shared_by(place, source) for source in (Source(), Slow()))
    await first.fetch()
    await second.fetch()
    tasks = [asyncio.create_task(second.fetch()), asyncio.create_task(first.fetch())]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as caught:
            await task
        assert [] == list(leaks(caught.value))


# Whose token is shared


async def test_a_token_source_of_the_users_own_is_not_shared() -> None:
    """What a broker gives is for this process; whether others may have it is not known."""
    place = Place()
    async with MatillionClient(
        client_id="id", base_url="http://localhost/dpc", token_source=Source(), share=place
    ) as client:
        assert TOKEN == await client._own_session.connection.tokens.get()
    assert [] == place.seen


async def test_clients_of_another_audience_have_another_token() -> None:
    """A token is good for one audience of one endpoint."""
    place = Place()
    for audience in ("https://a.example.com", "https://b.example.com"):
        sandbox = Sandbox(audience=audience)
        async with sandbox.client(share=place) as client:
            await client.projects.list()
        assert 1 == sandbox.stats.token_requests
    assert 2 == len([name for name in place.values if ":token:" in name])
