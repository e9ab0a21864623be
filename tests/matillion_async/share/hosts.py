"""Hosts on a network: namespaces of Linux, each with a TCP of its own, and a switch between them that takes its time and loses packets.

Nothing has a name on the machine, and nothing is left behind, however a test ends: a namespace and its device are gone with the last
process and file that use them. It needs neither iproute2 nor netem, which not every machine and kernel has: the devices are TUN,
whose packets are read and written as a file, here by the event loop of the test.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import socket
import struct
import sys
from collections.abc import Callable, Iterator
from typing import Self

_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
_MAKE_DEVICE, _IP_PACKETS = 0x400454CA, 0x1001  # TUNSETIFF, IFF_TUN | IFF_NO_PI
_SET_ADDRESS, _SET_MASK, _SET_FLAGS = 0x8916, 0x891C, 0x8914  # SIOCSIF…
_IS_UP = 1  # IFF_UP
_DEVICE, _LOOPBACK = b"tun0", b"lo"
_LONGEST_PACKET = 65536


def why_not() -> str:
    """Why this machine lets nobody make a network; empty if it does."""
    if sys.platform != "linux":
        return "namespaces are Linux's"
    try:
        with contextlib.ExitStack() as stack:
            Host("10.213.0.1", stack)
    except OSError as error:
        return f"this user may not make a network of namespaces and TUN devices: {error}"
    return ""


class Host:
    """A host with one address, and a device for each of its networks; both are gone with the stack.

    Within ``with host:`` sockets are made on it, and processes started.

    Args:
        address: its IPv4 address; its network has 24 bits.
        stack: closes it.

    Raises:
        OSError: it is not allowed, or there are no such devices.
    """

    def __init__(self, address: str, stack: contextlib.ExitStack) -> None:
        self.address = address
        self._home = _opened("/proc/thread-self/ns/net", stack)
        _call("unshare", _NEW_NETWORK)
        try:
            self._namespace = _opened("/proc/thread-self/ns/net", stack)
            self.device = _opened("/dev/net/tun", stack, os.O_RDWR | os.O_NONBLOCK)
            _ioctl(self.device, _MAKE_DEVICE, struct.pack("16sH22x", _DEVICE, _IP_PACKETS))
            for request, value in ((_SET_ADDRESS, address), (_SET_MASK, "255.255.255.0")):
                _set(request, _DEVICE, struct.pack("HH4s8x", socket.AF_INET, 0, _packed(value)))
            for name in (_LOOPBACK, _DEVICE):
                _set(_SET_FLAGS, name, struct.pack("H22x", _IS_UP))
        finally:
            _call("setns", self._home, _NEW_NETWORK)

    def __enter__(self) -> Self:
        _call("setns", self._namespace, _NEW_NETWORK)
        return self

    def __exit__(self, *exc_info: object) -> None:
        _call("setns", self._home, _NEW_NETWORK)

    @contextlib.contextmanager
    def unplugged(self) -> Iterator[None]:
        """Without its cable, which processes on it find out at once, and nobody else."""
        self._plug(is_in=False)
        yield
        self._plug(is_in=True)

    def _plug(self, *, is_in: bool) -> None:
        with self:
            _set(_SET_FLAGS, _DEVICE, struct.pack("H22x", _IS_UP * is_in))


class Switch:
    """Carries packets between hosts.

    Args:
        delay: seconds that a packet takes.
    """

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._lost: set[frozenset[bytes]] = set()
        self._devices: dict[bytes, int] = {}

    @contextlib.contextmanager
    def between(self, *addresses: str) -> Iterator[list[Host]]:
        """Hosts with these addresses."""
        loop = asyncio.get_running_loop()
        with contextlib.ExitStack() as stack:
            hosts = [Host(address, stack) for address in addresses]
            for host in hosts:
                self._devices[_packed(host.address)] = host.device
                loop.add_reader(host.device, self._carry, loop, host.device)
                stack.callback(loop.remove_reader, host.device)
            stack.callback(
                self._devices.clear
            )  # first: the numbers of its files may be others' soon
            yield hosts

    @contextlib.contextmanager
    def losing(self, address: str, *others: str) -> Iterator[None]:
        """Lose all packets between one host and others; neither hears of it."""
        self._lost = {frozenset(map(_packed, (address, other))) for other in others}
        yield
        self._lost = set()

    def _carry(self, loop: asyncio.AbstractEventLoop, device: int) -> None:
        with contextlib.suppress(BlockingIOError):
            while packet := os.read(device, _LONGEST_PACKET):
                sender, receiver = packet[12:16], packet[16:20]  # of IPv6, nobody's
                if frozenset((sender, receiver)) not in self._lost:
                    loop.call_later(self._delay, self._arrive, receiver, packet)

    def _arrive(self, receiver: bytes, packet: bytes) -> None:
        if receiver in self._devices:
            with contextlib.suppress(OSError):  # its cable is not in
                os.write(self._devices[receiver], packet)


def _opened(path: str, stack: contextlib.ExitStack, flags: int = os.O_RDONLY) -> int:
    number = os.open(path, flags | os.O_CLOEXEC)
    stack.callback(os.close, number)
    return number


def _call(name: str, *numbers: int) -> None:
    """A function of the C library, which os has from Python 3.12 on."""
    function: Callable[..., int] = getattr(ctypes.CDLL(None, use_errno=True), name)
    if function(*numbers):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), name)


def _packed(address: str) -> bytes:
    return socket.inet_aton(address)


def _set(request: int, device: bytes, value: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        _ioctl(control.fileno(), request, device.ljust(16, b"\0") + value)


def _ioctl(number: int, request: int, argument: bytes) -> None:
    import fcntl  # which Windows has not

    fcntl.ioctl(number, request, argument)
