"""Answers that repeat the request, as some servers and gateways do in what they say of an error: without the token."""

from __future__ import annotations

import httpx

from matillion_async._text import masked

# Of the bytes on their way, not of those that an error quotes.
_OF_THE_WAY = frozenset({b"content-encoding", b"content-length", b"transfer-encoding"})


def sent_token(request: httpx.Request) -> str:
    """The access token that a request was sent with, or an empty string."""
    return str(request.headers.get("Authorization", "")).removeprefix("Bearer ")


def without_token(response: httpx.Response) -> httpx.Response:
    """An answer that an error is made of, with asterisks for the token it was sent with; the same object if it has none."""
    try:
        request = response.request
    except RuntimeError:  # it was made without one
        return response
    phrase = response.extensions.get("reason_phrase", b"")
    parts = [response.content, phrase, *(value for _, value in response.headers.raw)]
    # Latin-1 keeps every byte what it is, and a token is ASCII.
    clean = [
        masked(part.decode("latin-1"), sent_token(request)).encode("latin-1") for part in parts
    ]
    if clean == parts:
        return response
    content, phrase, *values = clean
    names = [name for name, _ in response.headers.raw]
    kept = [pair for pair in zip(names, values, strict=True) if pair[0].lower() not in _OF_THE_WAY]
    return httpx.Response(
        response.status_code,
        headers=kept,
        content=content,
        request=request,
        extensions={**response.extensions, "reason_phrase": phrase},
    )
