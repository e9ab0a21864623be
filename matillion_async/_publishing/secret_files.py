"""What looks like a secret among files that are to be published. No I/O."""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"""
      \.envrc | \.env(?: \.(?! (?:example|sample|template|dist)$ ) .+ )?
    | .+ \.env
    | id_ (?:rsa|dsa|ecdsa|ed25519) (?:_sk)?
    | [._]netrc | \.pgpass | \.git-credentials | \.htpasswd | \.npmrc | \.pypirc | \.dockercfg
    | \.? credentials (?: \.\w+ )?
    | secrets? \. (?: json | ya?ml | toml | ini | txt )
    | (?: client_secret | service[_-]account ) .* \.json
    | \.vault-token | \.s3cfg | \.boto | \.my\.cnf
    | kubeconfig (?: \.\w+ )? | .+ \. kubeconfig | (?: .+ )? \.tfvars (?: \.json )?
    | .+ \. (?: key | p8 | p12 | pfx | jks | keystore | kdbx | ppk | tfstate )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PATHS = re.compile(
    r"(?:.*/)? (?: \.aws/(?:config|credentials) | \.kube/config | \.docker/config\.json | \.ssh/.+ )",
    re.VERBOSE | re.IGNORECASE,
)
_KEY = re.compile(
    rb"-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-[0-9]"
)
_LONGEST = 64
"""Bytes of the first line of a key at most."""


def is_secret_name(name: str) -> bool:
    """Whether a file with that name, with the folders that it is in, usually holds secrets."""
    last = name.rpartition("/")[2]
    return _NAMES.fullmatch(last) is not None or _PATHS.fullmatch(name) is not None


class KeyFinder:
    """Looks for a private key in a text that comes in pieces."""

    def __init__(self) -> None:
        self.has_found = False
        self._end = b""

    def read(self, piece: bytes) -> None:
        """Take the next piece."""
        text = self._end + piece
        self.has_found = self.has_found or _KEY.search(text) is not None
        self._end = text[-_LONGEST:]
