"""Run uv, which takes a tenth of pip's time, with pip's settings; where it cannot, pip installs.

    python scripts/_uv.py install PYTHON ARGUMENT...   as `pip install`, into the environment of that interpreter
    python scripts/_uv.py compile ARGUMENT...          as `uv pip compile`

uv reads none of pip's settings, and must not ask another index than pip would: what decides where packages come from is
handed on, in the environment since an address may hold a password, and pip is left to a setting that uv has no word for.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys

WORDS = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "no-index": ("UV_NO_INDEX", " "),
    "constraint": ("UV_CONSTRAINT", " "),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "client-cert": ("SSL_CLIENT_CERT", " "),
}
"""uv's variable for a setting of pip, and what stands between several values in it."""
NO_MATTER = frozenset(
    {
        *("break-system-packages", "cache-dir", "default-timeout", "disable-pip-version-check"),
        *("log", "no-cache-dir", "no-color", "no-input", "no-warn-script-location", "progress-bar"),
        *("quiet", "require-virtualenv", "retries", "root-user-action", "timeout", "verbose"),
    }
)
"""Settings of pip that do not change what is installed."""


def settings(listed: str) -> dict[str, str] | None:
    """uv's environment variables for what ``pip config list`` says; None if there is one that uv does not know.

    Args:
        listed: lines such as ``global.index-url='https://…'``; of a variable or for one command: ``:env:.`` and ``install.``.
    """
    found: dict[str, str] = {}
    for scope in ("global", "install", ":env:"):  # the later one rules
        for line in listed.splitlines():
            name, _, value = line.partition("=")
            if not name.startswith(f"{scope}."):
                continue
            name = name.removeprefix(f"{scope}.").replace("_", "-")
            if name in WORDS:
                variable, separator = WORDS[name]
                found[variable] = separator.join(str(ast.literal_eval(value)).split())
            elif name not in NO_MATTER:
                return None
    if found:
        found["UV_INDEX_STRATEGY"] = (
            "unsafe-best-match"  # of all indexes the newest, as pip does it
        )
    return found


def run_uv(*arguments: str) -> bool:
    """Run ``uv pip``; False if there is no uv, a setting that it does not know, or it failed."""
    try:
        from uv import find_uv_bin
    except ImportError:
        return False
    pip = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(pip, stdout=subprocess.PIPE, text=True, check=False).stdout
    if (translated := settings(listed)) is None:
        return False
    if "PYTHONDONTWRITEBYTECODE" in os.environ:  # else each process would compile it all again
        translated["UV_COMPILE_BYTECODE"] = "1"
    environment = {**translated, **os.environ}
    command = [find_uv_bin(), "pip", *arguments]
    return subprocess.run(command, env=environment, check=False).returncode == 0


def install(python: str, arguments: list[str]) -> int:
    """Install into an environment, which needs no pip of its own."""
    if run_uv("install", "--quiet", "--python", python, *arguments):
        return 0
    print("setup: pip installs in place of uv, which takes longer", file=sys.stderr)
    pip = [sys.executable, "-m", "pip", "--python", python, "install"]
    pip += ["-qq", "--disable-pip-version-check", *arguments]
    return subprocess.run(pip, check=False).returncode


def main() -> int:
    match sys.argv[1:]:
        case "install", python, *arguments if arguments:
            return install(python, arguments)
        case "compile", *arguments if arguments:
            if run_uv("compile", *arguments):
                return 0
            print("uv is missing, has failed, or knows a setting of pip not", file=sys.stderr)
            return 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
