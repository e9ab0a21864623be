"""What the argument ``share`` says: which place, and under which name an account is kept there."""

from __future__ import annotations

import hashlib
import os

from matillion_async._errors import ConfigurationError
from matillion_async._settings import Settings
from matillion_async._share.place import Share
from matillion_async._share.record import FORMAT

_CHOICES = (
    '"host", a URL that begins with redis:// or rediss://, or an object with update and aclose'
)
_WHERE = "argument share, or MATILLION_SHARE in the environment"


def chosen(share: str | Share | None) -> Share | None:
    """The place to share with; None for none.

    Args:
        share: as it was given; None for what the environment says, an empty string or ``"none"`` for none.

    Raises:
        ConfigurationError: it is none of the choices, or what it needs is not installed.
    """
    if share is None:
        share = os.environ.get("MATILLION_SHARE", "")
    if not isinstance(share, str):
        if isinstance(share, type) or not (hasattr(share, "update") and hasattr(share, "aclose")):
            raise ConfigurationError(
                f"share must be {_CHOICES}, not {type(share).__name__} ({_WHERE})"
            )
        return share
    given = share.strip()
    if given.lower() in {"", "none", "off"}:
        return None
    if given.lower() == "host":
        from matillion_async._share.host import HostShare

        return HostShare()
    scheme, follows, _ = given.partition("://")
    if follows and scheme.lower() in {"redis", "rediss"}:
        try:
            from matillion_async._share.redis import RedisShare
        except ImportError:
            raise ConfigurationError(
                "share with a Redis or Valkey server needs redis-py: pip install 'matillion-async[redis]'"
            ) from None
        return RedisShare(given)
    # More of it may hold a password.
    shown = f", not '{scheme}{follows and '://…'}'" if scheme.isalnum() else ""
    raise ConfigurationError(f"share must be {_CHOICES}{shown} ({_WHERE})")


def account_name(settings: Settings) -> str:
    """The name of an account in a shared place: a hash, which tells nobody who it is.

    Raises:
        ConfigurationError: there is nothing that names the account.
    """
    if not settings.client_id:
        raise ConfigurationError(
            "share needs client_id (or MATILLION_CLIENT_ID in the environment), also with a token_source: "
            "it says whose limit is shared"
        )
    named = f"{FORMAT}\n{settings.client_id}\n{settings.base_url}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]
