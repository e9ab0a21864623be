"""SSL contexts: what they are made of, how often they are made, and how mistakes are told."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from matillion_async._errors import ConfigurationError
from matillion_async._transport import tls
from matillion_async._transport.tls import Certificate, Tls
from matillion_async._transport.transport import AiohttpTransport
from tests.matillion_async.raw_server import Peer, raw_server, respond_to_all
from tests.matillion_async.transport.common import make_request


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without certificates, and a process that has loaded none."""
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    monkeypatch.setattr(tls, "_contexts", {})
    return monkeypatch


async def loaded(
    verify: ssl.SSLContext | bool = True, cert: Certificate | None = None
) -> ssl.SSLContext:
    """The context for these options and the environment."""
    return await Tls(verify, cert, trust_env=True).context()


async def test_servers_are_verified_by_default() -> None:
    """The default context checks certificates and host names and offers HTTP/1.1; False checks nothing."""
    default = await loaded(True)
    unverified = await loaded(False)

    assert (default.verify_mode, default.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert default.get_ca_certs()
    assert (unverified.verify_mode, unverified.check_hostname) == (ssl.CERT_NONE, False)


@pytest.mark.parametrize("verify", [None, 0, "", "ca.pem", Path("ca.pem")])
def test_only_false_means_no_check(verify: Any) -> None:
    """What is neither a context nor a bool is refused: None, as of a setting that is missing, must not turn the check off."""
    with pytest.raises(ConfigurationError, match="verify must be an SSL context, True or False"):
        AiohttpTransport(verify=verify)


@pytest.mark.parametrize("cert", [5, [], ("hidden",), ("a", "b", "hidden", "d")])
def test_a_client_certificate_is_one_to_three_strings(cert: Any) -> None:
    """Whatever else is refused, without its value."""
    with pytest.raises(ConfigurationError, match="cert must be the path of a file") as caught:
        AiohttpTransport(cert=cert)
    assert "hidden" not in str(caught.value)


async def test_a_given_context_is_used_as_it_is() -> None:
    """An SSL context of the user's own is not copied or replaced."""
    context = ssl.create_default_context()

    assert context is await loaded(context)


async def test_a_missing_certificate_file_is_named(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """SSL_CERT_FILE or ``cert`` with a file that is not there: an error that says which setting."""
    with pytest.raises(ConfigurationError, match=r"absent\.pem"):
        await loaded(True, str(tmp_path / "absent.pem"))
    environment.setenv("SSL_CERT_FILE", str(tmp_path / "absent.pem"))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        await loaded(True)


async def test_an_encrypted_key_needs_its_password(tmp_path: Path) -> None:
    """With the password the certificate is loaded; without it there is an error, and no question on the terminal."""
    issued = trustme.CA().issue_cert("client.example")
    certificate, key = tmp_path / "client.pem", tmp_path / "client.key"
    issued.cert_chain_pems[0].write_to_path(str(certificate))
    private = load_pem_private_key(issued.private_key_pem.bytes(), None)
    key.write_bytes(
        private.private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a password")
        )
    )

    await loaded(True, (str(certificate), str(key), "a password"))
    with pytest.raises(ConfigurationError, match="client certificate"):
        await loaded(True, (str(certificate), str(key)))
    with pytest.raises(ConfigurationError) as caught:
        await loaded(True, (str(certificate), str(key), "not this"))
    assert "not this" not in str(caught.value)


async def test_certificate_and_key_may_be_one_file(tmp_path: Path) -> None:
    """One file with both is enough."""
    issued = trustme.CA().issue_cert("client.example")
    both = tmp_path / "client.pem"
    issued.private_key_and_cert_chain_pem.write_to_path(str(both))

    await loaded(True, str(both))


async def test_transports_with_the_same_settings_share_a_context(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Certificates are loaded once, and again when another file is named or the file has become another one."""
    first, second = tmp_path / "first.pem", tmp_path / "second.pem"
    for file in (first, second):
        trustme.CA().cert_pem.write_to_path(str(file))
    default, unverified = await loaded(True), await loaded(False)
    environment.setenv("SSL_CERT_FILE", str(first))
    named = await loaded(True)
    assert named is await loaded(True)
    assert default is await Tls(True, None, trust_env=False).context()
    assert unverified is await loaded(False)
    environment.setenv("SSL_CERT_FILE", str(second))
    other = await loaded(True)
    trustme.CA().cert_pem.write_to_path(str(first), append=True)
    environment.setenv("SSL_CERT_FILE", str(first))
    changed = await loaded(True)

    assert 5 == len({id(context) for context in (default, unverified, named, other, changed)})
    assert 2 == len(changed.get_ca_certs())


@pytest.mark.parametrize("way", ["rewritten", "longer", "another"])
def test_a_file_that_was_renewed_is_loaded_again(
    environment: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    """Whether it has another time, another size, or took the place of one with the same."""
    file = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(file))
    environment.setenv("SSL_CERT_FILE", str(file))
    before, times = tls._setting(True, None, trust_env=True), file.stat()
    if way == "another":
        (tmp_path / "new.pem").write_bytes(file.read_bytes())
        (tmp_path / "new.pem").replace(file)
    elif way == "longer":
        file.write_bytes(file.read_bytes() + b"\n")
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns + (way == "rewritten")))

    assert before != tls._setting(True, None, trust_env=True)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="names the files of such a folder")
async def test_ssl_cert_dir_is_trusted(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """OpenSSL finds an authority there by the hash of its name; nothing else is trusted, and HTTP/1.1 is spoken."""
    authority = trustme.CA()
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    done = subprocess.run(  # noqa: ASYNC221 - nothing else runs yet
        ["openssl", "x509", "-hash", "-noout", "-in", str(file)],
        check=True,
        capture_output=True,
        text=True,
    )
    file.rename(tmp_path / f"{done.stdout.strip()}.0")
    environment.setenv("SSL_CERT_DIR", os.pathsep.join([str(tmp_path / "absent"), str(tmp_path)]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["h2", "http/1.1"])
    authority.issue_cert("127.0.0.1").configure_cert(context)
    spoken: list[str | None] = []

    async def behaviour(peer: Peer) -> None:
        spoken.append(peer.writer.get_extra_info("ssl_object").selected_alpn_protocol())
        await respond_to_all(peer)

    def fail(*_: object) -> None:
        raise AssertionError("the certificates of the system were loaded")

    environment.setattr(ssl.SSLContext, "load_default_certs", fail)
    async with raw_server(behaviour, context) as server, AiohttpTransport() as transport:
        response = await transport.send(make_request(server.address, scheme="https"))
        assert (response.status_code, spoken) == (200, ["http/1.1"])


async def test_client_certificates_are_part_of_the_setting(tmp_path: Path) -> None:
    """A client without a certificate does not show that of another one."""
    both = tmp_path / "client.pem"
    issued = trustme.CA().issue_cert("client.example")
    issued.private_key_and_cert_chain_pem.write_to_path(str(both))
    with_certificate = await loaded(True, str(both))

    assert with_certificate is await loaded(True, str(both))
    assert with_certificate is not await loaded(True)
    assert with_certificate is not await loaded(True, (str(both), str(both)))
    assert "a password" not in repr(
        tls._setting(True, (str(both), str(both), "a password"), trust_env=True)
    )


async def test_a_context_of_the_users_is_in_no_other_client() -> None:
    """Neither kept nor given to others."""
    own = ssl.create_default_context()
    await loaded(own)

    assert own is not await loaded(True)
    assert own not in tls._contexts.values()


async def test_certificates_are_loaded_in_a_thread(environment: pytest.MonkeyPatch) -> None:
    """Loading takes some 50 ms, and neither the constructor nor the event loop spends them."""
    threads: list[int] = []
    made = tls._made

    def noted(setting: tls._Setting) -> ssl.SSLContext:
        threads.append(threading.get_ident())
        assert tls._loading.locked()  # so that others wait for this one
        return made(setting)

    environment.setattr(tls, "_made", noted)
    options = Tls(True, None, trust_env=True)
    assert (options.loaded, threads) == (None, [])
    context = await options.context()
    assert context is options.loaded is await loaded(True)

    assert len(threads) == 1
    assert threads != [threading.get_ident()]


async def test_a_bounded_number_of_contexts_is_kept(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A file that is renewed every day does not fill the memory of a service that runs for years."""
    environment.setattr(tls, "_MOST_CONTEXTS", 3)
    file = tmp_path / "ca.pem"
    environment.setenv("SSL_CERT_FILE", str(file))
    for _ in range(5):
        trustme.CA().cert_pem.write_to_path(str(file), append=True)
        await loaded(True)

    assert len(tls._contexts) == 3


def test_a_file_of_another_kind_is_told_at_once(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is not PEM, a folder, or may not be read, is found when the client is made, not at its first call."""
    file = tmp_path / "ca.der"
    file.write_bytes(b"\x30\x82")
    for variable, path in (("SSL_CERT_FILE", file), ("SSL_CERT_FILE", tmp_path)):
        environment.setenv(variable, str(path))
        with pytest.raises(ConfigurationError, match=variable):
            Tls(True, None, trust_env=True)
    environment.delenv("SSL_CERT_FILE")
    environment.setenv("SSL_CERT_DIR", str(tmp_path / "absent"))
    with pytest.raises(ConfigurationError, match="SSL_CERT_DIR"):
        Tls(True, None, trust_env=True)
    environment.delenv("SSL_CERT_DIR")
    with pytest.raises(ConfigurationError, match="PEM"):
        Tls(True, str(file), trust_env=True)


async def test_a_damaged_certificate_is_told_at_the_first_call(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What only OpenSSL can find out is an error of the first connection."""
    file = tmp_path / "ca.pem"
    file.write_text("-----BEGIN CERTIFICATE-----\nno certificate\n-----END CERTIFICATE-----\n")
    environment.setenv("SSL_CERT_FILE", str(file))
    for _ in range(2):
        with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
            await loaded(True)


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs a terminal that the test makes")
def test_openssl_asks_nobody_for_a_password(tmp_path: Path) -> None:
    """A process that has a terminal, with an encrypted key and no password: an error, and no question there."""
    issued = trustme.CA().issue_cert("client.example")
    key = tmp_path / "client.pem"
    private = load_pem_private_key(issued.private_key_pem.bytes(), None)
    encrypted = private.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"a password")
    )
    key.write_bytes(issued.cert_chain_pems[0].bytes() + encrypted)
    script = (
        "import asyncio, fcntl, sys, termios\n"
        "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "from matillion_async._transport.tls import Tls\n"
        "asyncio.run(Tls(True, sys.argv[1], trust_env=False).context())\n"
    )
    ours, terminal = os.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, "-c", script, str(key)],
            stdin=terminal,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            timeout=60,
            check=False,
        )
        os.set_blocking(ours, False)
        with pytest.raises(BlockingIOError):
            os.read(ours, 1000)
    finally:
        os.close(ours)
        os.close(terminal)
    assert "ConfigurationError: The client certificate" in ended.stderr
