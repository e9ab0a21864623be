"""A place on a server of Redis or Valkey: each change is one step, whoever else changes the value."""

from __future__ import annotations

import asyncio
import gc
import itertools
import logging
import ssl
import subprocess
import sys
import time
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
import trustme

from matillion_async import ConfigurationError, MatillionClient
from matillion_async._share.place import Change, CrowdedError, ShareError
from matillion_async._share.redis import EPOCH, PREFIX, UNUSED, RedisShare
from tests.matillion_async.share.real_server import RealServer, free_port, running
from tests.matillion_async.share.relay import Relay

NAME = "0123abcd:limit"
KEY = "matillion-async:{0123abcd}:limit"
PASSWORD = "s3cret-of-the-store"


def appended(what: bytes) -> Change[bytes]:
    """A change that appends, and returns what was there."""

    def change(kept: bytes | None, now: float) -> tuple[bytes, bytes]:
        return (kept or b"") + what, kept or b""

    return change


def seen(kept: bytes | None, now: float) -> tuple[None, tuple[bytes | None, float]]:
    """No change: what is kept, and the time."""
    return None, (kept, now)


@asynccontextmanager
async def sharing(url: str) -> AsyncIterator[RedisShare]:
    """A place that is closed."""
    share = RedisShare(url)
    try:
        yield share
    finally:
        await share.aclose()


async def connected(share: RedisShare) -> None:
    """Look at the value until there is a connection: on a machine that does much else its half a second ends before a handshake."""
    async with asyncio.timeout(60):
        while True:
            try:
                await share.update(NAME, seen)
            except TimeoutError:
                continue
            return


def commands(server: RealServer) -> int:
    """How many scripts the server ran."""
    with server.client() as client:
        stats = client.info("commandstats")
    return sum(stats.get(f"cmdstat_{name}", {"calls": 0})["calls"] for name in ("eval", "evalsha"))


async def test_a_value_is_kept(real_server: RealServer) -> None:
    """Any bytes, with the time that is left to it; the next process finds it."""
    value = bytes(range(256))
    async with sharing(real_server.url) as one, sharing(real_server.url) as other:
        assert b"" == await one.update(NAME, appended(value))
        kept, now = await other.update(NAME, seen)
    assert value == kept
    assert abs(now + EPOCH - time.time()) < 0.5
    with real_server.client() as client:
        assert UNUSED - 10_000 < client.pttl(KEY) <= UNUSED
        assert KEY.startswith(PREFIX)


async def test_who_changes_nothing_gives_its_turn_back(real_server: RealServer) -> None:
    """Many that only look, as those that wait for a token do, do not keep each other waiting."""
    async with sharing(real_server.url) as one, sharing(real_server.url) as other:
        for share in (one, other):
            await share.update(NAME, appended(b"x"))
            await share.update(NAME, seen)
            share._is_contested = True
        before = commands(real_server)
        for share in (one, other):
            assert b"xx" == (await share.update(NAME, seen))[0]
        assert commands(real_server) - before <= 6


async def test_nobody_changes_it_in_between(real_server: RealServer) -> None:
    """Of 400 changes by eight processes at once each is there once, after what its process was told."""
    shares = [RedisShare(real_server.url) for _ in range(8)]

    async def append(share: RedisShare, piece: bytes) -> bool:
        while True:
            try:
                return piece not in await share.update(NAME, appended(piece))
            except CrowdedError:  # nothing was changed
                continue

    async def work(number: int) -> list[bool]:
        pieces = [b"<%d.%d>" % (number, turn) for turn in range(50)]
        return [await append(shares[number], piece) for piece in pieces]

    fresh = await asyncio.gather(*map(work, range(8)))
    kept, _ = await shares[0].update(NAME, seen)
    for share in shares:
        await share.aclose()
    assert all(map(all, fresh))
    assert kept is not None
    assert 400 == len(set(kept.split(b">")[:-1])) == kept.count(b">")


async def test_a_change_is_one_round_trip(real_server: RealServer) -> None:
    """Also one that leaves the value as it is; what others changed costs one more, and so does a clock that may be off."""
    async with sharing(real_server.url) as one, sharing(real_server.url) as other:
        await one.update(NAME, appended(b"a"))
        before = commands(real_server)
        for _ in range(5):
            await one.update(NAME, appended(b"b"))
            await one.update(NAME, seen)
        assert 10 == commands(real_server) - before
        await other.update(NAME, appended(b"c"))
        before = commands(real_server)
        assert b"abbbbbc" == await one.update(NAME, appended(b"d"))
        assert 2 == commands(real_server) - before


async def test_who_was_late_is_next(real_server: RealServer) -> None:
    """While a process has the turn the others wait; one that dies with it holds them up for its lease, and no longer."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, appended(b"a"))
        with real_server.client() as client:
            seconds, microseconds = client.time()
            until = seconds * 1_000_000 + microseconds + 150_000
            client.setrange(KEY, 16, b"somebody%016d" % until)
            assert b"a" == await share.update(NAME, appended(b"b"))
            seconds, microseconds = client.time()
        assert until <= seconds * 1_000_000 + microseconds
        assert b"ab" == await share.update(NAME, appended(b"c"))


async def test_what_is_known_is_not_sent_again(real_server: RealServer) -> None:
    """A look at a large value that nobody changed moves some bytes."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, appended(b"x" * 100_000))
        with real_server.client() as client:
            before = client.info("stats")["total_net_output_bytes"]
            await share.update(NAME, seen)
            assert client.info("stats")["total_net_output_bytes"] - before < 20_000


async def test_two_values_by_one_connection(real_server: RealServer) -> None:
    """Changes that are made at the same time wait for each other, and one that is given up harms no other."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, seen)
        given_up = asyncio.ensure_future(share.update("0123abcd:token", appended(b"-")))
        going_on = [asyncio.ensure_future(share.update(NAME, appended(b"x"))) for _ in range(20)]
        await asyncio.sleep(0)
        given_up.cancel()
        for each in going_on[5:10]:
            each.cancel()
        done = await asyncio.gather(*going_on, return_exceptions=True)
        kept, _ = await share.update(NAME, seen)
        with real_server.client() as client:
            assert {"limit", "token"} >= {
                key.decode().rpartition(":")[2] for key in client.scan_iter()
            }
            assert 2 == len(client.client_list())
    assert b"x" * 15 == kept
    assert 5 == sum(isinstance(each, asyncio.CancelledError) for each in done)


async def test_a_value_that_is_lost_or_older(real_server: RealServer) -> None:
    """It is told as it is, even if nobody wrote since: the process knows what it knew."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, appended(b"a"))
        with real_server.client() as client:
            old = client.get(KEY)
            await share.update(NAME, appended(b"b"))
            client.set(KEY, old)
            assert b"a" == await share.update(NAME, appended(b"c"))
            client.flushall()
            client.script_flush()
            assert b"" == await share.update(NAME, appended(b"d"))
        assert (b"d") == (await share.update(NAME, seen))[0]


async def test_what_somebody_else_wrote(real_server: RealServer) -> None:
    """A value that is none of ours is bytes like any other; a key of another kind, or what is too large to be sent, is as good as lost."""
    with real_server.client() as client:
        client.set(KEY, b"short")
        async with sharing(real_server.url) as share, sharing(real_server.url) as other:
            assert b"" == await share.update(NAME, appended(b"a"))
            for number in range(
                2
            ):  # to a process that knows what was there, and to one that does not
                client.delete(KEY)
                client.lpush(KEY, b"a list")
                assert b"" == await (share, other)[number].update(NAME, appended(b"b"))
                client.setrange(KEY, 5_000_000, b"x")
                before = client.info("stats")["total_net_output_bytes"]
                assert b"" == await (other, share)[number].update(NAME, appended(b"c"))
                assert client.info("stats")["total_net_output_bytes"] - before < 20_000
                assert (b"c") == (await share.update(NAME, seen))[0]


async def test_why_it_cannot_be_used(real_server: RealServer) -> None:
    """In words that say what to change, without those of the server, which may repeat what it was sent."""
    port, at = free_port(), f"127.0.0.1:{real_server.port}"
    for url, why in (
        (f"redis://127.0.0.1:{port}", "Connection refused"),
        ("redis://nobody.invalid", "(?i)name"),  # each system has its own words
        (f"redis://user:{PASSWORD}@{at}", "it wants another user or password"),
        (f"redis://{at}/77", "it has no database of this number"),
        (f"rediss://{at}?ssl_ca_certs=/nowhere/ca.pem", "a file that the URL names is not there"),
    ):
        async with sharing(url) as share:
            with pytest.raises(ShareError, match=why):
                await share.update(NAME, seen)


async def test_a_connection_that_was_closed_meanwhile(real_server: RealServer) -> None:
    """By the server or something between, as idle: it is made anew, and no change is lost or made twice."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, appended(b"a"))
        with real_server.client() as client:
            client.client_kill_filter(_type="normal", skipme=True)
        await share.update(NAME, appended(b"b"))
        assert b"ab" == (await share.update(NAME, seen))[0]


async def test_a_response_that_was_lost(real_server: RealServer) -> None:
    """The change was made; that is found out, and it is not made again."""
    relay = Relay(real_server.port)
    async with relay.serving(), sharing(f"redis://127.0.0.1:{relay.port}") as share:
        await share.update(NAME, appended(b"a"))
        with real_server.client() as client:
            relay.loses_next_response = True
            assert b"a" == await share.update(NAME, appended(b"b"))
            assert not relay.loses_next_response
            assert b"ab" == client.get(KEY)[40:]


@pytest.mark.parametrize("how", ["killed", "frozen", "silent", "cut"])
async def test_it_fails_within_half_a_second(real_server: RealServer, how: str) -> None:
    """However the server is gone; and it works at once when it is back."""
    relay, loop = Relay(real_server.port), asyncio.get_running_loop()
    async with relay.serving(), sharing(f"redis://127.0.0.1:{relay.port}") as share:
        await share.update(NAME, appended(b"a"))
        if how == "killed":
            real_server.kill()
        elif how == "frozen":
            real_server.freeze()
        elif how == "silent":
            relay.is_silent = True
        else:
            relay.cut()
        began = loop.time()
        with pytest.raises((TimeoutError, ShareError)):
            await share.update(NAME, appended(b"b"))
        assert loop.time() - began < 1
        relay.is_silent = relay.is_cut = False
        if how == "killed":
            real_server.start()
        elif how == "frozen":
            real_server.thaw()
        kept = await share.update(NAME, appended(b"c"))
    # What was sent to a server that hangs may yet be done, twice if it was sent twice.
    assert kept in {"killed": {b""}, "cut": {b"a"}}.get(how, {b"a", b"ab", b"abb"})


@pytest.mark.parametrize(("changes", "error"), [(True, CrowdedError), (False, TimeoutError)])
async def test_others_are_always_first(
    real_server: RealServer, changes: bool, error: type[Exception]
) -> None:
    """A server is not gone where others change the value meanwhile; the connection is kept then, for the next attempt."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, appended(b"a"))
        with real_server.client() as client:

            async def others() -> None:
                for number in itertools.count():
                    version = b"%016d" % (number if changes else 0)
                    client.set(KEY, version + b"somebody" + b"9" * 16 + b"theirs")
                    await asyncio.sleep(0.02)

            going_on = asyncio.create_task(others())
            await asyncio.sleep(0.1)
            connections = client.info("stats")["total_connections_received"]
            for _ in range(2):  # what was changed before says nothing of now
                with pytest.raises(TimeoutError) as raised:
                    await share.update(NAME, appended(b"b"))
            assert error is raised.type
            going_on.cancel()
            client.set(KEY, b"x" * 16 + b"-" * 8 + b"0" * 16 + b"theirs")
            assert b"theirs" == await share.update(NAME, appended(b"c"))
            after = client.info("stats")["total_connections_received"]
            assert (after == connections) == changes


async def test_a_server_that_must_not_be_changed(real_server: RealServer) -> None:
    """After a failover the old one may be a replica: the next attempt asks the address again, which may be another's by now."""
    async with sharing(real_server.url) as share:
        await share.update(NAME, appended(b"a"))
        with real_server.client() as client:
            client.replicaof("127.0.0.1", free_port())
            connections = client.info("stats")["total_connections_received"]
            for _ in range(2):
                with pytest.raises(ShareError, match="it is a replica"):
                    await share.update(NAME, appended(b"b"))
            assert connections + 1 == client.info("stats")["total_connections_received"]
            client.replicaof("NO", "ONE")
        assert b"a" == await share.update(NAME, appended(b"c"))


async def test_no_task_is_left(real_server: RealServer) -> None:
    """Nothing runs between two changes, nor after closing, which closes the connection; later changes are refused."""
    before = asyncio.all_tasks()
    share = RedisShare(real_server.url)
    await share.update(NAME, seen)
    assert before == asyncio.all_tasks()
    await share.aclose()
    with real_server.client() as client:
        assert 1 == len(client.client_list())
    with pytest.raises(ShareError, match="closed"):
        await share.update(NAME, seen)
    await share.aclose()


def test_a_client_whose_event_loop_is_gone(real_server: RealServer) -> None:
    """Closing it on another one closes the connection."""
    loop = asyncio.new_event_loop()
    share = RedisShare(real_server.url)
    loop.run_until_complete(share.update(NAME, seen))
    loop.close()
    asyncio.run(share.aclose())
    del share
    with pytest.warns(ResourceWarning):
        gc.collect()  # asyncio says that its event loop was closed too early
    with real_server.client() as client:
        assert 1 == len(client.client_list())


def test_nothing_is_connected_before_it_is_needed() -> None:
    """So that a client can be made before a fork, and before the server runs."""
    assert "RedisShare(127.0.0.1:1)" == repr(RedisShare("redis://127.0.0.1:1"))


@pytest.mark.parametrize(
    "url",
    [
        *("redis://host:port", "redis://host:123456", "redis://h/nodb", "redis://h/0/1"),
        *(f"redis://:{PASSWORD}#x@host", f"redis://:12#{PASSWORD}@host", f"redis://:{PASSWORD}/@h"),
        *(f"redis://h?{PASSWORD}=1", f"redis://h?db={PASSWORD}"),
        f"redis://[{PASSWORD}",
    ],
)
def test_a_wrong_url(url: str) -> None:
    """It is one error when the client is made, which says what a URL is, and repeats nothing of it."""
    with pytest.raises(ConfigurationError, match=r"redis://\[\[user\]:password@\]host") as caught:
        MatillionClient(client_id="id", client_secret="secret", region="eu1", share=url)
    assert_hidden(caught.value, url)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"redis://:{PASSWORD}@h?ssl_ca_certs=/ca.pem", "has options of TLS: write rediss://"),
        (f"redis://:{PASSWORD}@h?db=1&ssl_cert_reqs=none", "has options of TLS: write rediss://"),
        (f"redis://:{PASSWORD}@h?pasword={PASSWORD}", "has an option behind ? that redis-py does"),
        (
            f"rediss://:{PASSWORD}@h?ssl_ca_cert=/ca.pem",
            "has an option behind ? that redis-py does",
        ),
        (f"rediss://:{PASSWORD}@h?ssl_cert_reqs=nope", "has an option behind ? that redis-py does"),
        (f"redis://:a?ssl_{PASSWORD}@h", "is not the URL of a Redis or Valkey server: redis://[["),
        ("redis", 'must be "host", a URL that begins with redis:// or rediss://, '),
    ],
)
def test_a_wrong_option_of_a_url(url: str, told: str) -> None:
    """It is told apart from what is no URL; neither its name nor its value is repeated, as they may be of a password."""
    with pytest.raises(ConfigurationError) as caught:
        MatillionClient(client_id="id", client_secret="secret", region="eu1", share=url)
    assert told in str(caught.value)
    assert_hidden(caught.value, url)


def assert_hidden(error: BaseException | None, url: str) -> None:
    """Of the URL nothing is in an error, nor in those behind it."""
    text = "".join(traceback.format_exception(error))
    assert PASSWORD not in text.replace(repr(url), "")
    while error is not None:
        assert PASSWORD not in str(error)
        error = error.__context__


async def test_the_password_is_told_to_nobody(caplog: pytest.LogCaptureFixture) -> None:
    """Not in a repr, a log line, an error or its traceback, whether it is right or wrong."""
    caplog.set_level(logging.DEBUG)
    with running(password=PASSWORD) as server:
        async with sharing(server.url) as share:
            await share.update(NAME, appended(b"a"))
            told = [repr(share)]
        async with sharing(f"redis://user:wrong{PASSWORD}@127.0.0.1:{server.port}") as share:
            with pytest.raises(ShareError, match="another user or password") as caught:
                await share.update(NAME, seen)
            told += [*traceback.format_exception(caught.value), repr(share), repr(caught.value)]
    assert PASSWORD not in "".join([*told, caplog.text])


async def test_tls(real_server: RealServer, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A server is trusted if its certificate is of an authority that is, and names it."""
    authority = trustme.CA()
    bundle = tmp_path_factory.mktemp("tls") / "ca.pem"
    authority.cert_pem.write_to_path(bundle)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    relay = Relay(real_server.port)
    async with relay.serving(context):
        good = f"rediss://localhost:{relay.port}?ssl_ca_certs={bundle}"
        async with sharing(good) as share:
            await connected(share)
            await share.update(NAME, appended(b"a"))
            assert b"a" == await share.update(NAME, appended(b"b"))
        for bad in (f"rediss://localhost:{relay.port}", good.replace("localhost", "127.0.0.1")):
            async with sharing(bad) as share:
                with pytest.raises(ShareError, match="certificate"):
                    await connected(share)


def test_without_the_extra() -> None:
    """The error says what to install."""
    script = (
        "import sys; sys.modules['redis'] = None\n"
        "from matillion_async import ConfigurationError, MatillionClient\n"
        "try: MatillionClient(client_id='id', client_secret='secret', region='eu1', "
        "share='redis://:pass@host')\n"
        "except ConfigurationError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert "pip install 'matillion-async[redis]'" in done.stdout, done.stderr


@contextmanager
def cluster() -> Iterator[tuple[RealServer, RealServer]]:
    """Two servers of a cluster: the first one has the slot of the values."""
    settings = [("cluster-enabled yes", f"cluster-port {free_port()}") for _ in range(2)]
    with running(*settings[0]) as one, running(*settings[1]) as two:
        with one.client() as a, two.client() as b:
            slot = a.execute_command("CLUSTER KEYSLOT", KEY)
            its = {slot, slot ^ 1}
            a.execute_command("CLUSTER ADDSLOTS", *its)
            b.execute_command("CLUSTER ADDSLOTS", *set(range(16384)) - its)
            bus = settings[1][1].split()[1]
            a.execute_command("CLUSTER MEET", "127.0.0.1", two.port, bus)
            until = time.monotonic() + 20
            while not all("cluster_state:ok" in told(client, "CLUSTER INFO") for client in (a, b)):
                assert time.monotonic() < until, "the cluster does not form"
                time.sleep(0.02)
        yield one, two


def told(client: Any, command: str) -> str:
    """What the server says, as text."""
    answer = client.execute_command(command)
    if isinstance(answer, dict):
        return " ".join(f"{name}:{value}" for name, value in answer.items())
    return answer.decode() if isinstance(answer, bytes) else str(answer)


async def test_a_cluster() -> None:
    """Any of its servers can be named: the values of an account are where one of them says, also while they move."""
    with cluster() as (one, two), one.client() as a, two.client() as b:
        async with sharing(two.url) as share:
            await share.update(NAME, appended(b"a"))
            await share.update("0123abcd:token", appended(b"t"))
            assert 2 == a.dbsize()
            slot = a.execute_command("CLUSTER KEYSLOT", KEY)
            here, there = told(a, "CLUSTER MYID"), told(b, "CLUSTER MYID")
            b.execute_command("CLUSTER SETSLOT", slot, "IMPORTING", here)
            a.execute_command("CLUSTER SETSLOT", slot, "MIGRATING", there)
            a.execute_command("MIGRATE", "127.0.0.1", two.port, KEY, 0, 1000)
            assert b"a" == await share.update(NAME, appended(b"b"))
            assert b"t" == await share.update("0123abcd:token", appended(b"u"))
            other = KEY.replace("limit", "token")
            a.execute_command("MIGRATE", "127.0.0.1", two.port, other, 0, 1000)
            for client in (b, a):
                client.execute_command("CLUSTER SETSLOT", slot, "NODE", there)
            assert b"ab" == await share.update(NAME, appended(b"c"))
