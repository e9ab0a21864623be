"""What all processes share that reach one server: Redis or Valkey, a single one or a cluster."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import math
import os
import random
from typing import Any

from redis.exceptions import AskError, InvalidResponse, MovedError, NoScriptError, RedisError
from redis.exceptions import ConnectionError as RedisConnectionError

from matillion_async._share.clock import RemoteClock
from matillion_async._share.place import TIMEOUT, Change, CrowdedError, ShareError, T
from matillion_async._share.redis_connection import connection_to, why

PREFIX = "matillion-async"
"""Of all keys, so that rules of the server can name them."""
UNUSED = 86_400_000
"""Milliseconds after which a value that nobody changed is removed."""
EPOCH = 1_767_225_600
"""Seconds from 1970 to 2026. Times are told from then on, so that a float holds them to some nanoseconds."""
PATIENCE, LONGEST = 0.8 * TIMEOUT, 0.95 * TIMEOUT
"""Seconds for which it waits for others who change the value: after the first the next answer is the last, after the second none is
waited for. It is the first to say why it took so long."""
MOST_REDIRECTIONS = 5
"""Of one request, from one server of a cluster to another."""
_PAUSE = (0.001, 0.003)  # seconds until the next look whose turn it is
_VERSION = 16  # bytes, by chance: two values have the same one only if they are the same, also where an old one was restored

_NO_TURN = b"-" * 8 + b"0" * 16  # who has it, and until when in microseconds

_HEAD = _VERSION + len(_NO_TURN)

# A key holds the version of the value, the turn, and the value, which is sent only to whom does not know this version. Who was
# late with a change has a turn, for 0.15 s at most, and the others wait: of many, some would be late for ever. What cannot be ours, by its
# kind or its size, which nobody could be sent in time, is as good as lost: else it would be in the way for ever.
_SCRIPT = """
local who, known, what = ARGV[1], ARGV[2], ARGV[3]
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local head = redis.pcall('GETRANGE', KEYS[1], 0, 39)
local is_foreign = type(head) == 'table'
if is_foreign and not string.find(head.err, 'WRONGTYPE') then return head end
is_foreign = is_foreign or redis.call('GETRANGE', KEYS[1], 4000000, 4000000) ~= ''
if is_foreign then head = '' end
local is_known, turn = string.sub(head, 1, 16) == known, string.sub(head, 17, 24)
if what ~= 'look' and turn ~= who and now < (tonumber(string.sub(head, 25, 40)) or 0) then
  return {time[1], time[2], 'wait', string.sub(head, 1, 16)}
end
if what == 'set' and is_known then
  redis.call('SET', KEYS[1], ARGV[4], 'PX', ARGV[5])
elseif what ~= 'look' and #head == 40 then
  redis.call('SETRANGE', KEYS[1], 16, who .. string.format('%016.0f', now + 150000))
elseif is_known and turn == who then
  redis.call('SETRANGE', KEYS[1], 16, '--------0000000000000000')
end
if is_known then return {time[1], time[2], 'done'} end
return {time[1], time[2], 'other', not is_foreign and redis.call('GET', KEYS[1])}
"""
_SCRIPT_NAME = hashlib.sha1(_SCRIPT.encode(), usedforsecurity=False).hexdigest()


class RedisShare:
    """Values on a server of Redis (6.2 or later) or Valkey, by one connection, which is made when it is first needed.

    A change is a compare-and-set by a script: one round trip, or two where others change the value as well. It takes half a
    second at most, or fails. Times are those of the server's clock. All values of an account are in one slot of a cluster.

    Args:
        url: ``redis://[[user]:password@]host[:port][/database]``, or ``rediss://…`` for TLS. Options of redis-py's connections
            may follow, such as ``?ssl_ca_certs=/path/to/ca.pem``; those that would change how long anything takes have no
            effect.

    Raises:
        ConfigurationError: it is not such a URL.
    """

    def __init__(self, url: str) -> None:
        self._connection = connection_to(url)
        self._home = self._connection.host, self._connection.port
        self._clock = RemoteClock()
        self._kept: dict[str, tuple[bytes, bytes | None]] = {}  # version and value, by key
        self._id = os.urandom(8)
        self._is_contested = False  # whether others changed the value between the last two changes
        self._patient_until = math.inf
        self._seen: dict[str, bytes] = {}  # the last version of each key
        self._is_crowded = False  # whether others changed the value since the last look
        self._lock = asyncio.Lock()
        self._is_closed = False

    def __repr__(self) -> str:
        return "RedisShare({}:{})".format(*self._home)

    def __str__(self) -> str:
        return "redis ({}:{})".format(*self._home)

    async def update(self, name: str, change: Change[T]) -> T:
        """Change a value as one step; see :class:`Share`."""
        try:
            async with asyncio.timeout(LONGEST), self._lock:
                return await self._attempt(_key(name), change)
        except TimeoutError:
            raise (CrowdedError if self._is_crowded else TimeoutError) from None

    async def _attempt(self, key: str, change: Change[T]) -> T:
        if self._is_closed:
            raise ShareError("it is closed")
        try:
            return await self._update(key, change)
        except CrowdedError:
            raise
        except BaseException as error:
            if not self._is_closed:
                # The address may have another server by now, such as the one that took over.
                await self._go(*self._home)
            if isinstance(error, RedisError | OSError) and not isinstance(error, TimeoutError):
                raise ShareError(why(error)) from error
            raise

    async def aclose(self) -> None:
        """Close the connection. An event loop that is closed closes nothing more: then it ends with its last reference."""
        if self._is_closed:
            return
        self._is_closed = True
        connection = self._connection
        del self._connection
        with contextlib.suppress(RuntimeError, RedisError):
            await connection.disconnect()

    async def _update(self, key: str, change: Change[T]) -> T:
        loop = asyncio.get_running_loop()
        self._patient_until = loop.time() + PATIENCE
        self._is_crowded = False
        if self._is_contested or key not in self._kept or not self._clock.is_known(loop.time()):
            await self._take_turn(key)
        while True:
            now = loop.time() + self._clock.ahead
            value, result = change(self._kept[key][1], now)
            told, answer = await self._exchange(key, "look" if value is None else "set", value)
            if answer == b"done":
                if now > told:
                    # No trip before was as fast as this one. What was reckoned for a time is not used earlier.
                    await asyncio.sleep(now - told)
                return result
            self._is_contested = True
            self._lose_patience()
            if answer == b"wait":
                await self._take_turn(key)

    async def _take_turn(self, key: str) -> None:
        """Wait until nobody else may change the value."""
        while True:
            _, answer = await self._exchange(key, "turn")
            if answer != b"wait":
                self._is_contested = answer == b"other"
                return
            self._lose_patience()
            await asyncio.sleep(random.uniform(*_PAUSE))

    def _lose_patience(self) -> None:
        """After some time without a turn: where others change the value meanwhile, the server is not gone."""
        if asyncio.get_running_loop().time() > self._patient_until and self._is_crowded:
            raise CrowdedError

    def _see(self, key: str, version: bytes) -> None:
        self._is_crowded |= self._seen.get(key, version) != version
        self._seen[key] = version

    async def _exchange(
        self, key: str, what: str, value: bytes | None = None
    ) -> tuple[float, bytes]:
        """Set a value, or only look or get a turn, if the one that is kept is the one that is known; else learn it.

        Returns:
            The server's time, and ``done``, ``other`` (than what was known) or ``wait``.
        """
        known, _ = self._kept.setdefault(key, (b"", None))
        version = os.urandom(_VERSION)
        new = () if value is None else (version + _NO_TURN + value, UNUSED)
        told, answer, *other = await self._run(key, self._id, known, what, *new)
        if answer == b"done" and value is not None:
            self._kept[key] = version, value
            self._seen[key] = version
        elif answer == b"wait":
            self._see(key, other[0])
            self._is_crowded |= not known  # it is not known who is there
        elif answer == b"other":
            data = other[0]
            self._kept[key] = (b"", None) if data is None else (data[:_VERSION], data[_HEAD:])
            self._see(key, self._kept[key][0])
            # It is ours if the response was lost with its connection, and this one is to the same request sent again.
            if self._kept[key][0] == version:
                answer = b"done"
        return told, answer

    async def _run(self, *arguments: Any) -> tuple[Any, ...]:
        """Run the script where the key is."""
        connection = self._connection
        redirections = 0
        while True:
            was_connected = connection.is_connected
            try:
                return await self._call(arguments)
            except RedisConnectionError:
                if not was_connected:
                    raise
                # It may have been closed long ago, as idle; that is known now only.
                await connection.disconnect(nowait=True)
            except AskError as error:  # also if it has moved for good
                redirections += 1
                if redirections > MOST_REDIRECTIONS:
                    raise
                here = connection.host, connection.port
                await self._go(error.host or connection.host, error.port)
                if not isinstance(error, MovedError):
                    # It is on its way, and others are not yet: only this request goes there.
                    try:
                        return await self._call(arguments, asks=True)
                    finally:
                        await self._go(*here)

    async def _call(self, arguments: tuple[Any, ...], *, asks: bool = False) -> tuple[Any, ...]:
        loop = asyncio.get_running_loop()
        try:
            await self._connection.connect()  # type: ignore[no-untyped-call]  # it has no types
            sent_at = loop.time()
            try:
                reply = await self._send("EVALSHA", _SCRIPT_NAME, arguments, asks)
            except NoScriptError:
                sent_at = loop.time()
                reply = await self._send("EVAL", _SCRIPT, arguments, asks)
        except ValueError:  # of redis-py's parser
            raise InvalidResponse("its answer cannot be read") from None
        answer = _answer(reply)
        self._clock.learn(sent_at, loop.time(), answer[0])
        return answer

    async def _send(
        self, command: str, script: str, arguments: tuple[Any, ...], asks: bool
    ) -> object:
        connection = self._connection
        if asks:
            await connection.send_command("ASKING")
            await connection.read_response()
        await connection.send_command(command, script, 1, *arguments)
        reply: object = await connection.read_response()
        return reply

    async def _go(self, host: str, port: int) -> None:
        """Use the server with this address from now on."""
        await self._connection.disconnect(nowait=True)
        self._connection.host, self._connection.port = host, port


def _answer(reply: object) -> tuple[Any, ...]:
    """What the script said.

    Raises:
        InvalidResponse: nothing that the script says.
    """
    match reply:
        case [bytes() as seconds, bytes() as micros, b"done" | b"wait" | b"other" as word, *rest]:
            is_whole = len(rest) == (word != b"done") and (seconds + micros).isdigit()
            if is_whole and all(isinstance(each, bytes | None) for each in rest):
                return int(seconds) - EPOCH + int(micros) / 1e6, word, *rest
    raise InvalidResponse("this is no answer of the script")


def _key(name: str) -> str:
    """The key of a value; a cluster keeps all that have the same part in braces in one slot."""
    account, _, what = name.partition(":")
    return f"{PREFIX}:{{{account}}}:{what}"
