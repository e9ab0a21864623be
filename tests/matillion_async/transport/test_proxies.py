"""Proxy settings: which are taken from where, and how mistakes are told."""

from __future__ import annotations

from typing import Any

import pytest

from matillion_async._errors import ConfigurationError
from matillion_async._transport.proxies import Proxies

VARIABLES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without proxies."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


def find(proxies: Proxies, url: str) -> str | None:
    """The proxy for a URL, as text."""
    proxy = proxies.find(url)
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
    assert proxies.source("https") == "the argument proxy"


def test_the_environment_names_a_proxy_per_scheme(environment: pytest.MonkeyPatch) -> None:
    """HTTPS_PROXY and HTTP_PROXY go before ALL_PROXY; a proxy without a scheme is an http one."""
    environment.setenv("https_proxy", "http://secure.example:1")
    environment.setenv("all_proxy", "any.example:2")
    proxies = Proxies(None, trust_env=True)

    assert find(proxies, "https://api.example.com/") == "http://secure.example:1"
    assert find(proxies, "http://api.example.com/") == "http://any.example:2"
    assert find(Proxies(None, trust_env=False), "https://api.example.com/") is None


def test_no_proxy_names_exceptions(environment: pytest.MonkeyPatch) -> None:
    """Hosts, domains, hosts with a port and addresses in NO_PROXY are reached directly."""
    environment.setenv("all_proxy", "http://proxy.example:1")
    environment.setenv("no_proxy", "localhost,.internal.example,one.example:8443,2001:db8::1")
    proxies = Proxies(None, trust_env=True)

    assert find(proxies, "http://localhost:9000/") is None
    assert find(proxies, "https://a.internal.example/") is None
    assert find(proxies, "https://one.example:8443/") is None
    assert find(proxies, "https://[2001:db8::1]/") is None
    assert find(proxies, "https://[2001:db8::1]:8443/") is None
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


@pytest.mark.parametrize("given", [5, b"http://user:hidden@proxy.example", ["hidden"]])
def test_a_proxy_is_a_string(given: Any) -> None:
    """What is none is refused, without its value."""
    with pytest.raises(ConfigurationError, match="proxy must be a URL as a string") as caught:
        Proxies(given, trust_env=False)
    assert "hidden" not in str(caught.value)


def test_a_proxy_that_is_not_needed_is_not_looked_at(environment: pytest.MonkeyPatch) -> None:
    """ALL_PROXY does not matter where HTTP_PROXY and HTTPS_PROXY are there."""
    environment.setenv("all_proxy", "socks5://proxy.example:1080")
    environment.setenv("http_proxy", "http://proxy.example:1")
    environment.setenv("https_proxy", "http://proxy.example:1")

    assert find(Proxies(None, trust_env=True), "https://a.example/") == "http://proxy.example:1"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "api.localhost",
        "127.0.0.1",
        "127.8.9.10",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
    ],
)
def test_this_machine_is_reached_directly(environment: pytest.MonkeyPatch, host: str) -> None:
    """No proxy of the environment can reach this machine, or should see what is sent to it; a given one is obeyed."""
    environment.setenv("http_proxy", "http://proxy.example:1")
    environment.setenv("https_proxy", "http://proxy.example:1")
    from_environment = Proxies(None, trust_env=True)
    given = Proxies("http://given.example:1", trust_env=True)

    for url in (f"http://{host}/", f"http://{host}:8000/v1", f"https://{host}/"):
        assert find(from_environment, url) is None
        assert find(given, url) == "http://given.example:1"


@pytest.mark.parametrize("host", ["localhost.example.com", "128.0.0.1", "[::2]", "10.0.0.1"])
def test_other_hosts_are_not_this_machine(environment: pytest.MonkeyPatch, host: str) -> None:
    """What only looks like this machine goes through the proxy."""
    environment.setenv("http_proxy", "http://proxy.example:1")

    assert find(Proxies(None, trust_env=True), f"http://{host}/") == "http://proxy.example:1"
