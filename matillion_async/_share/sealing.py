"""What is kept in a shared place so that only those who know the client secret can read it, or change it unnoticed."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from matillion_async._tokens.token_source import Secret

_KEY_BYTES, _NAME_BYTES, _NONCE_BYTES = 32, 16, 12


class Seal:
    """Seals values with AES-256-GCM, under a key that HKDF derives from a secret.

    A secret is long and random, as an identity provider generates it, so nobody finds it by trying, neither from what is
    sealed nor from the name.

    Args:
        secret: the client secret.
        context: what the values belong to; another context has another key and name.

    Attributes:
        name: of the secret in this context: those that differ have nothing to do with each other.
    """

    def __init__(self, secret: Secret, context: str) -> None:
        info = f"matillion-async shared token\n{context}".encode("utf-8", "surrogatepass")
        kdf = HKDF(SHA256(), _KEY_BYTES + _NAME_BYTES, salt=None, info=info)
        derived = kdf.derive(secret.reveal().encode("utf-8", "surrogatepass"))
        self._cipher = AESGCM(derived[:_KEY_BYTES])
        self.name = derived[_KEY_BYTES:].hex()

    def seal(self, value: Secret, place: str) -> bytes:
        """The value as bytes that say nothing but its length; they can be opened under the same name of a place only."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value.reveal().encode(), place.encode())

    def open(self, sealed: bytes, place: str) -> Secret:
        """The value that was sealed.

        Raises:
            ValueError: it was sealed with another secret, under another name, or changed since.
        """
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return Secret(self._cipher.decrypt(nonce, rest, place.encode()).decode())
        except (InvalidTag, ValueError):
            raise ValueError("this cannot be opened") from None
