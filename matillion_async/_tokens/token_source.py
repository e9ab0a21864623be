"""Access tokens, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from matillion_async._arguments import is_number, shown_number


class Secret:
    """A string that is in no repr, log line or traceback; ``reveal()`` gives it."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The string itself; do not keep it in a variable of a frame that may raise."""
        return self._value

    get_secret_value = reveal  # the name that pydantic's SecretStr has for it

    def __repr__(self) -> str:
        return "Secret('***')"


@dataclass(frozen=True, slots=True)
class Token:
    """An access token as its issuer gave it; its value is not in its repr.

    Args:
        value: the bearer token.
        expires_in: its lifetime in seconds; None if the issuer did not say.

    Raises:
        ValueError: the value cannot be sent in an Authorization header, or the lifetime is not a number.
    """

    value: str = field(repr=False)
    expires_in: float | None = None

    def __post_init__(self) -> None:
        if (
            not isinstance(self.value, str)
            or not self.value
            or any(not "!" <= character <= "~" for character in self.value)
        ):
            raise ValueError("an access token must be a non-empty string of visible ASCII")
        lifetime = self.expires_in
        if lifetime is None:
            return
        if not is_number(lifetime):
            text = f"expires_in must be a number of seconds, not {shown_number(lifetime)}"
            raise ValueError(text)


@dataclass(frozen=True, slots=True)
class DatedToken(Token):
    """A token that was issued before it was asked for.

    Args:
        began: when its lifetime did, on the event loop's clock.
    """

    began: float = field(kw_only=True)


class TokenSource(Protocol):
    """Where access tokens come from; pass your own to the client to get them from elsewhere."""

    async def fetch(self) -> Token:
        """Fetch a new token, within a time limit of its own; never called again before it returned.

        Raises:
            AuthenticationError: refused; callers fail at once.
            TokenUnavailableError: not now; callers wait and retry for two minutes, or, before there was a first token,
                for its ``startup_grace`` if that is less. Of any other exception only the type is passed on,
                because its text and frames may hold a secret.
        """
        ...
