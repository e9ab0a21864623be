"""What can be known of Windows without having it: nothing is imported or looked up that only POSIX has."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import importlib, os, pkgutil, signal, select, socket, sys

ONLY_POSIX = ["fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "uvloop", "readline", "curses"]
# What others import of them is imported first: it is not ours.
import aiohttp, asyncio, authlib.integrations.base_client, click, concurrent.futures, getpass, httpx, jsonschema, multiprocessing, pathlib
import pytest, rich.console, shutil, subprocess, tempfile, tomllib, uvicorn, uvicorn.protocols.http.h11_impl, xml.etree.ElementTree, zipfile

for name in ONLY_POSIX:
    sys.modules[name] = None
for module, names in {
    os: "fork geteuid getuid killpg mkfifo openpty setsid O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_DIRECTORY",
    signal: "SIGHUP SIGKILL SIGALRM SIGUSR1 SIGQUIT SIGWINCH",
    select: "poll epoll POLLIN",
    socket: "AF_UNIX TCP_INFO",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)

import matillion_api, matillion_async

count = 0
for package in (matillion_async, matillion_api):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        # Airflow itself does not run on Windows, and is in no environment of these tests.
        if not found.name.endswith("__main__") and "airflow" not in found.name:
            importlib.import_module(found.name)
            count += 1
print(count)
"""


def test_every_module_can_be_imported_without_what_only_posix_has() -> None:
    """Modules, signals, flags and calls that Windows lacks are asked for where they are used, and not before."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )
    assert 0 == done.returncode, done.stderr
    assert int(done.stdout) > 500
