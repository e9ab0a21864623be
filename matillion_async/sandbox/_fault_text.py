"""Faults as short text, for the command line.

::

    [TARGET:]WHAT[,WHAT …][@FIRST][%EVERY][xTIMES]

    TARGET  projects.list, projects.*, token, GET /v1/projects/*; without it every call but those for tokens
    WHAT    503                  respond with this status, from 400 to 599
            retry-after=30       … and with this Retry-After
            processed            … after the call was carried out
            delay=2.5            respond that many seconds later
            reset, reset-middle  break the connection before the response, or in the middle of it
            truncate=100         send only that many bytes of the body, as if they were the whole
            slow=5               send the body over that many seconds
            token-outage=60      for that many seconds no tokens
            revoke-token         all tokens are invalid from this call on
    @FIRST  the first call that is hit; @3 is the third that matches, and without %EVERY and xTIMES the only one
    %EVERY  every call with this distance; %10 hits the 10th, the 20th …
    xTIMES  how many calls are hit

``projects.list:503x2`` gives the first two listings 503; ``delay=0.5,503%10`` every tenth call, late.
"""

from __future__ import annotations

import re
from typing import Any

from matillion_async._errors import ConfigurationError
from matillion_async.sandbox._faults import Fault

_CONDITIONS = re.compile(
    r"(?P<what>.*?)(?:@(?P<at>[0-9]{1,9}))?(?:%(?P<every>[0-9]{1,9}))?(?:x(?P<times>[0-9]{1,9}))?",
    re.DOTALL,
)
_NUMBERS: dict[str, tuple[str, type[float | int]]] = {
    "delay": ("delay", float),
    "truncate": ("truncate", int),
    "slow": ("slow_body", float),
    "token-outage": ("token_outage", float),
}
_WORDS: dict[str, dict[str, Any]] = {
    "reset": {"reset": "before"},
    "reset-middle": {"reset": "middle"},
    "revoke-token": {"revoke_token": True},
    "processed": {"processed": True},
}


def parse_fault(text: str) -> Fault:
    """The fault that a string such as ``projects.list:503x2`` describes; the module says how it is written.

    Raises:
        ConfigurationError: the string is not a fault; the message says which part is wrong and what is allowed.
    """
    target, colon, rest = text.strip().rpartition(":")
    match = _CONDITIONS.fullmatch(rest)
    assert match is not None
    options: dict[str, Any] = {"target": target.strip()} if colon else {}
    options |= {name: int(match[name]) for name in ("at", "every", "times") if match[name]}
    try:
        for part in match["what"].split(","):
            options |= _effect(part.strip())
        return Fault(**options)
    except ConfigurationError as error:
        raise ConfigurationError(
            f"fault {text!r}: {error}. Write TARGET:WHAT[@FIRST][%EVERY][xTIMES], such as "
            "'projects.list:503x2', '*:reset@100' or 'token:delay=5'"
        ) from None


def _effect(part: str) -> dict[str, Any]:
    if part in _WORDS:
        return _WORDS[part]
    if re.fullmatch(r"[0-9]{3}", part):
        return {"status": int(part)}
    name, _, value = part.partition("=")
    if name == "retry-after" and value:
        return {"retry_after": value}
    if name in _NUMBERS:
        option, kind = _NUMBERS[name]
        try:
            return {option: kind(value)}
        except ValueError:
            raise ConfigurationError(f"{part!r} needs a number, such as {name}=5") from None
    known = ", ".join(["a status", "retry-after=…", *_WORDS, *(f"{name}=…" for name in _NUMBERS)])
    raise ConfigurationError(f"{part!r} is unknown; known are {known}")
