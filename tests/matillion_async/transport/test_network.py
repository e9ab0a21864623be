"""TLS and proxy settings: which are taken from where, and how mistakes are told."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx
import pytest
import trustme
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from matillion_async._errors import ConfigurationError
from matillion_async._transport.network import Proxies, ssl_context

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies and certificates."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    return monkeypatch


def find(proxies: Proxies, url: str) -> str | None:
    """The proxy for a URL, as text."""
    proxy = proxies.find(httpx.URL(url))
    return None if proxy is None else str(proxy)


def test_without_settings_there_is_no_proxy() -> None:
    """Nothing given and nothing in the environment: a direct connection."""
    proxies = Proxies(None, trust_env=True)

    assert find(proxies, "https://api.example.com/") is None


def test_a_given_proxy_is_for_everything(environment: pytest.MonkeyPatch) -> None:
    """``proxy`` is used for http and https alike, and NO_PROXY does not touch it."""
    environment.setenv("no_proxy", "*")
    proxies = Proxies("http://proxy.example:3128", trust_env=True)

    assert find(proxies, "https://api.example.com/") == "http://proxy.example:3128"
    assert find(proxies, "http://127.0.0.1:8000/") == "http://proxy.example:3128"


def test_the_environment_names_a_proxy_per_scheme(environment: pytest.MonkeyPatch) -> None:
    """HTTPS_PROXY and HTTP_PROXY go before ALL_PROXY; a proxy without a scheme is an http one."""
    environment.setenv("https_proxy", "http://secure.example:1")
    environment.setenv("all_proxy", "any.example:2")
    proxies = Proxies(None, trust_env=True)

    assert find(proxies, "https://api.example.com/") == "http://secure.example:1"
    assert find(proxies, "http://api.example.com/") == "http://any.example:2"
    assert find(Proxies(None, trust_env=False), "https://api.example.com/") is None


def test_no_proxy_names_exceptions(environment: pytest.MonkeyPatch) -> None:
    """Hosts, domains and hosts with a port in NO_PROXY are reached directly."""
    environment.setenv("all_proxy", "http://proxy.example:1")
    environment.setenv("no_proxy", "localhost,.internal.example,one.example:8443")
    proxies = Proxies(None, trust_env=True)

    assert find(proxies, "http://localhost:9000/") is None
    assert find(proxies, "https://a.internal.example/") is None
    assert find(proxies, "https://one.example:8443/") is None
    assert find(proxies, "https://one.example/") == "http://proxy.example:1"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("socks5://user:hidden@proxy.example:1080", "socks5"),
        ("http://", "host"),
        ("http://user:hidden@proxy.example:port", "URL"),
    ],
)
def test_other_proxies_are_refused(environment: pytest.MonkeyPatch, value: str, said: str) -> None:
    """A proxy that cannot be used is an error that names its source, and does not show its password."""
    with pytest.raises(ConfigurationError, match=said) as given:
        Proxies(value, trust_env=True)
    environment.setenv("all_proxy", value)
    with pytest.raises(ConfigurationError, match="ALL_PROXY") as found:
        Proxies(None, trust_env=True)

    assert "hidden" not in str(given.value) + str(found.value)


def test_a_proxy_that_is_not_needed_is_not_looked_at(environment: pytest.MonkeyPatch) -> None:
    """ALL_PROXY does not matter where HTTP_PROXY and HTTPS_PROXY are there."""
    environment.setenv("all_proxy", "socks5://proxy.example:1080")
    environment.setenv("http_proxy", "http://proxy.example:1")
    environment.setenv("https_proxy", "http://proxy.example:1")

    assert find(Proxies(None, trust_env=True), "https://a.example/") == "http://proxy.example:1"


def test_servers_are_verified_by_default() -> None:
    """The default context checks certificates and host names and offers HTTP/1.1; False checks nothing."""
    default = ssl_context(True, None, trust_env=True)
    unverified = ssl_context(False, None, trust_env=True)

    assert (default.verify_mode, default.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert default.get_ca_certs()
    assert (unverified.verify_mode, unverified.check_hostname) == (ssl.CERT_NONE, False)


def test_a_given_context_is_used_as_it_is() -> None:
    """An SSL context of the user's own is not copied or replaced."""
    context = ssl.create_default_context()

    assert ssl_context(context, None, trust_env=True) is context


def test_a_missing_certificate_file_is_named(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """SSL_CERT_FILE or ``cert`` with a file that is not there: an error that says which setting."""
    with pytest.raises(ConfigurationError, match=r"absent\.pem"):
        ssl_context(True, str(tmp_path / "absent.pem"), trust_env=True)
    environment.setenv("SSL_CERT_FILE", str(tmp_path / "absent.pem"))
    with pytest.raises(ConfigurationError, match="SSL_CERT_FILE"):
        ssl_context(True, None, trust_env=True)


def test_an_encrypted_key_needs_its_password(tmp_path: Path) -> None:
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

    ssl_context(True, (str(certificate), str(key), "a password"), trust_env=True)
    with pytest.raises(ConfigurationError, match="client certificate"):
        ssl_context(True, (str(certificate), str(key)), trust_env=True)
    with pytest.raises(ConfigurationError) as caught:
        ssl_context(True, (str(certificate), str(key), "not this"), trust_env=True)
    assert "not this" not in str(caught.value)


def test_certificate_and_key_may_be_one_file(tmp_path: Path) -> None:
    """One file with both is enough."""
    issued = trustme.CA().issue_cert("client.example")
    both = tmp_path / "client.pem"
    issued.private_key_and_cert_chain_pem.write_to_path(str(both))

    ssl_context(True, str(both), trust_env=True)
