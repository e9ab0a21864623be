"""TLS: the SSL context of a transport, made once per process for each setting, and never on the event loop."""

from __future__ import annotations

import asyncio
import os
import ssl
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import certifi

from matillion_async._errors import ConfigurationError

Certificate: TypeAlias = str | tuple[str, str] | tuple[str, str, str]
"""A client certificate in PEM form: its file; or its file and its key's; or both and the key's password."""

_MOST_CONTEXTS = 32
_contexts: dict[_Setting, ssl.SSLContext] = {}
_loading = threading.Lock()


class Tls:
    """The SSL context for a transport's options, loaded when it is first needed.

    Loading takes some 50 ms, so it is done in a thread, and transports with the same settings share a context as long
    as the files they name stay the same.

    Args:
        verify: a context to use as it is; True for the certificates named by SSL_CERT_FILE or SSL_CERT_DIR, else
            certifi's, as httpx has it; False to accept any server.
        cert: a client certificate to load into the context.
        trust_env: whether SSL_CERT_FILE and SSL_CERT_DIR count.

    Raises:
        ConfigurationError: an argument has another type, a file cannot be read or has nothing in PEM form, or the certificate
            does not go into the given context.
    """

    def __init__(
        self, verify: ssl.SSLContext | bool, cert: Certificate | None, *, trust_env: bool
    ) -> None:
        self.loaded: ssl.SSLContext | None = None
        """The context, once there is one."""
        if isinstance(verify, ssl.SSLContext):
            if cert is not None:
                _load(verify, *_parts(cert))
            self.loaded = verify
        elif not isinstance(verify, bool):  # such as None, which would count as no check at all
            raise ConfigurationError(
                f"verify must be an SSL context, True or False, not {type(verify).__name__}: for certificates of your own "
                "give ssl.create_default_context(cafile=...)"
            )
        else:
            self._setting = _setting(verify, cert, trust_env=trust_env)

    async def context(self) -> ssl.SSLContext:
        """The context.

        Raises:
            ConfigurationError: a certificate cannot be loaded.
        """
        context = self.loaded or _contexts.get(self._setting)
        if context is None:
            context = await asyncio.to_thread(_loaded, self._setting)
        self.loaded = context
        return context


@dataclass(frozen=True, slots=True)
class _File:
    """A file, and what changes with its content."""

    path: str
    changed: int
    size: int
    number: int

    @classmethod
    def of(cls, path: str, setting: str) -> _File:
        try:
            found = Path(path).stat()
        except OSError as exc:
            raise ConfigurationError(f"{setting}: {path} cannot be read: {exc.strerror}") from None
        return cls(path, found.st_mtime_ns, found.st_size, found.st_ino)


@dataclass(frozen=True, slots=True)
class _Setting:
    """All that a context is made of."""

    verify: bool
    cafile: _File | None = None
    capath: str | None = None
    certificate: _File | None = None
    key: _File | None = None
    password: str | None = field(default=None, repr=False)


def _setting(verify: bool, cert: Certificate | None, *, trust_env: bool) -> _Setting:
    cafile = capath = certificate = key = password = None
    if verify and trust_env:
        if path := os.environ.get("SSL_CERT_FILE"):
            cafile = _File.of(path, "SSL_CERT_FILE")
        elif path := os.environ.get("SSL_CERT_DIR"):
            # Several folders, of which OpenSSL reads each file when it needs it.
            if not any(Path(folder).is_dir() for folder in path.split(os.pathsep)):
                raise ConfigurationError(f"SSL_CERT_DIR: {path} is not a folder")
            capath = path
    if cert is not None:
        certificate_path, key_path, password = _parts(cert)
        certificate = _File.of(certificate_path, "the client certificate")
        key = None if key_path is None else _File.of(key_path, "the client certificate's key")
    for file, source in ((cafile, "SSL_CERT_FILE"), (certificate, "the client certificate")):
        if file is not None:
            _check_form(file.path, source)
    return _Setting(verify, cafile, capath, certificate, key, password)


def _check_form(path: str, setting: str) -> None:
    """See at little cost that a file is not another one by mistake."""
    try:
        is_pem = b"-----BEGIN " in Path(path).read_bytes()
    except OSError as exc:
        raise ConfigurationError(f"{setting}: {path} cannot be read: {exc.strerror}") from None
    if not is_pem:
        raise ConfigurationError(f"{setting}: {path} has no certificate in PEM form")


def _loaded(setting: _Setting) -> ssl.SSLContext:
    """The context for a setting, made by the first thread that asks."""
    with _loading:
        context = _contexts.get(setting)
        if context is None:
            context = _made(setting)
            if len(_contexts) >= _MOST_CONTEXTS:
                del _contexts[next(iter(_contexts))]
            _contexts[setting] = context
        return context


def _made(setting: _Setting) -> ssl.SSLContext:
    cafile, capath = setting.cafile, setting.capath
    try:
        if not setting.verify:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        elif cafile is None and capath is None:
            context = ssl.create_default_context(cafile=certifi.where())
        else:
            context = ssl.create_default_context(cafile=_path(cafile), capath=capath)
    except OSError as exc:
        raise ConfigurationError(
            f"The certificates named by SSL_CERT_FILE or SSL_CERT_DIR cannot be loaded: {exc}"
        ) from None
    context.set_alpn_protocols(["http/1.1"])
    if setting.certificate is not None:
        _load(context, setting.certificate.path, _path(setting.key), setting.password)
    return context


def _path(file: _File | None) -> str | None:
    return None if file is None else file.path


def _parts(cert: Certificate) -> tuple[str, str | None, str | None]:
    """Certificate, key and password."""
    if not isinstance(cert, str) and not (isinstance(cert, tuple) and 2 <= len(cert) <= 3):
        raise ConfigurationError(
            "cert must be the path of a file as a string, or a tuple of two or three: certificate, key, and the key's "
            "password"
        )
    certificate, key, password = (*([cert] if isinstance(cert, str) else cert), None, None)[:3]
    return str(certificate), None if key is None else str(key), password


def _load(context: ssl.SSLContext, certificate: str, key: str | None, password: str | None) -> None:
    try:
        # Given no password at all, OpenSSL would ask the terminal for that of an encrypted key.
        context.load_cert_chain(certificate, key, password or "")
    except OSError as exc:
        raise ConfigurationError(
            f"The client certificate {certificate} cannot be loaded: {exc}"
        ) from None
