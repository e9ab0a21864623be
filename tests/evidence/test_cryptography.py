"""What cryptography does that decides how a shared token is sealed: processes with different versions of it must open each other's."""

from __future__ import annotations

import hmac

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


def test_hkdf_is_that_of_rfc_5869() -> None:
    """Extract with an empty salt, then expand, as the RFC says: 48 bytes are two blocks."""
    secret, info = b"the-secret", b"the-context"
    extracted = hmac.digest(bytes(32), secret, "sha256")
    first = hmac.digest(extracted, info + b"\x01", "sha256")
    second = hmac.digest(extracted, first + info + b"\x02", "sha256")

    assert (first + second)[:48] == HKDF(SHA256(), 48, salt=None, info=info).derive(secret)


def test_aes_gcm_is_that_of_its_test_vectors() -> None:
    """Test case 14 of the specification by McGrew and Viega: the tag follows the ciphertext."""
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), bytes(16), None)

    assert "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919" == sealed.hex()


def test_what_belongs_to_a_value_is_authenticated() -> None:
    """Associated data is not in the ciphertext, and nothing opens without it."""
    sealed = AESGCM(bytes(32)).encrypt(bytes(12), b"value", b"place")

    assert len(b"value") + 16 == len(sealed)
    assert b"value" == AESGCM(bytes(32)).decrypt(bytes(12), sealed, b"place")
    for place in (b"another", b"", None):
        with pytest.raises(InvalidTag):
            AESGCM(bytes(32)).decrypt(bytes(12), sealed, place)
