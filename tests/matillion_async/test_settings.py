"""Settings: arguments, environment, defaults, and what is refused."""

from __future__ import annotations

import math
import re
import traceback
from functools import cached_property
from inspect import signature
from pathlib import Path
from typing import Any

import httpx
import pytest

import matillion_async
from matillion_async import ConfigurationError, MatillionClient
from matillion_async._environment import VARIABLES
from matillion_async._limits.limiter import Limiter
from matillion_async._limits.rates import RateLimit
from matillion_async._settings import DEFAULT_AUDIENCE, Settings, resolve
from matillion_async._tokens.client_credentials import ClientCredentials
from matillion_async._tokens.token_source import Secret
from matillion_async.sandbox import Sandbox

CREDENTIALS = {"MATILLION_CLIENT_ID": "id-1", "MATILLION_CLIENT_SECRET": "s3cr3t-value"}


def settings(environment: dict[str, str] | None = None, **arguments: Any) -> Settings:
    return resolve(environment=CREDENTIALS | (environment or {}), **arguments)


@pytest.mark.parametrize("region", ["eu1", "EU1", "eu", "EU", " eu1 "])
def test_a_region_in_any_spelling(region: str) -> None:
    """eu, eu1, EU1 … are one region."""
    assert settings(region=region).base_url == "https://eu1.api.matillion.com/dpc"


@pytest.mark.parametrize(("region", "host"), [("us", "us1"), ("AU1", "au1")])
def test_each_region_has_its_host(region: str, host: str) -> None:
    """us1 and au1 lead to their own hosts."""
    assert (
        settings({"MATILLION_REGION": region}).base_url == f"https://{host}.api.matillion.com/dpc"
    )


def test_an_unknown_region_lists_the_known_ones() -> None:
    """The error names the region, where it came from, and the choices."""
    with pytest.raises(
        ConfigurationError, match=r"unknown region 'mars' \(from MATILLION_REGION\).*eu1, us1, au1"
    ):
        settings({"MATILLION_REGION": "mars"})
    with pytest.raises(ConfigurationError, match=r"unknown region 'mars' \(from argument region\)"):
        settings(region="mars")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://eu1.api.matillion.com", "https://eu1.api.matillion.com/dpc"),
        ("https://eu1.api.matillion.com/", "https://eu1.api.matillion.com/dpc"),
        ("https://eu1.api.matillion.com/dpc", "https://eu1.api.matillion.com/dpc"),
        ("https://eu1.api.matillion.com/dpc/", "https://eu1.api.matillion.com/dpc"),
        ("https://eu1.api.matillion.com/dpc/v1", "https://eu1.api.matillion.com/dpc"),
        ("https://eu1.api.matillion.com/dpc/v1/", "https://eu1.api.matillion.com/dpc"),
        ("https://gateway.example.com/matillion", "https://gateway.example.com/matillion"),
        ("http://127.0.0.1:8800/dpc", "http://127.0.0.1:8800/dpc"),
        ("http://[::1]:8800/dpc", "http://[::1]:8800/dpc"),
        ("http://localhost:8800", "http://localhost:8800/dpc"),
        ("http://api.localhost:8800", "http://api.localhost:8800/dpc"),
        (" https://eu1.api.matillion.com/dpc\n", "https://eu1.api.matillion.com/dpc"),
    ],
)
def test_a_base_url_with_or_without_path(given: str, expected: str) -> None:
    """The API's own path is added when there is none, and /v1 is not doubled."""
    assert settings({"MATILLION_BASE_URL": given}).base_url == expected
    assert settings(base_url=given).base_url == expected


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("eu1.api.matillion.com", "must start with https://"),
        ("ftp://example.com", "must start with https://"),
        ("https://", "must start with https://"),
        ("https://example.com/dpc?x=1", "must not have a query"),
        ("https://example.com/dpc#x", "must not have a query or a fragment"),
        ("http://example.com/dpc", "must use https"),
        ("http://127.0.0.1.example.com/dpc", "must use https"),
        ("http://10.0.0.1/dpc", "must use https"),
        ("https://user:pw@example.com/dpc", "must not contain a user name or password"),
        ("https://user:pw/x@example.com/dpc", "must not contain a user name or password"),
        ("https://user:pw#x@example.com/dpc", "must not contain a user name or password"),
        ("https://user?pw@example.com/dpc", "must not contain a user name or password"),
        ("https://user:pw@\N{CARE OF}.com/dpc", "must not contain a user name or password"),
        ("https://example.com:port/dpc", "is not a URL"),
        ("https://1.2.3.999/dpc", "is not a URL"),
        ("https://[::1/dpc", "is not a URL"),
        ("https://example.com/a path", "must be ASCII without spaces"),
        ("https://exam\tple.com", "must be ASCII without spaces"),
        ("https://ex\N{LATIN SMALL LETTER A WITH DIAERESIS}mple.com", "must be ASCII"),
    ],
)
@pytest.mark.parametrize("name", ["base_url", "token_url"])
def test_an_unsafe_url_is_refused(url: str, reason: str, name: str) -> None:
    """Each refusal says which setting, what is wrong, and never repeats a password."""
    arguments: dict[str, Any] = {name: url}
    if name == "token_url":
        arguments["region"] = "eu1"
    with pytest.raises(ConfigurationError, match=f"^{name} .*{reason}") as caught:
        settings(**arguments)
    assert "pw" not in str(caught.value)


def test_missing_credentials_say_where_they_were_looked_for() -> None:
    """Both are named, with argument and variable."""
    with pytest.raises(
        ConfigurationError,
        match=r"client_id .*MATILLION_CLIENT_ID.* and client_secret .*MATILLION_CLIENT_SECRET",
    ):
        resolve(environment={}, region="eu1")


def test_an_empty_variable_counts_as_missing() -> None:
    """An empty secret is not a secret."""
    with pytest.raises(ConfigurationError, match="missing client_secret"):
        settings({"MATILLION_CLIENT_SECRET": ""}, region="eu1")


def test_a_blank_variable_counts_as_not_given() -> None:
    """Spaces alone are not a URL or a region."""
    blank = {"MATILLION_BASE_URL": " ", "MATILLION_TOKEN_URL": "\n", "MATILLION_REGION": " us1 "}
    found = settings(blank)
    assert "https://us1.api.matillion.com/dpc" == found.base_url
    assert "https://id.core.matillion.com/oauth/dpc/token" == found.token_url


def test_a_missing_region_names_the_variables() -> None:
    """Neither region nor base URL: the error names both ways to give one."""
    with pytest.raises(ConfigurationError, match=r"MATILLION_REGION and MATILLION_BASE_URL.*eu1"):
        settings()


def test_an_empty_argument_counts_as_not_given() -> None:
    """As what ``os.environ.get`` gives by default: the environment's is used, of the secret as of the id."""
    environment = {"MATILLION_CLIENT_ID": "id-1", "MATILLION_CLIENT_SECRET": "secret-1"}
    found = resolve(environment=environment, region="eu1", client_id="", client_secret="")
    assert ("id-1", "secret-1") == (found.client_id, found.client_secret.reveal())


def test_region_and_base_url_exclude_each_other() -> None:
    """Two answers to one question are refused."""
    with pytest.raises(ConfigurationError, match="region or base_url, not both"):
        settings(region="eu1", base_url="https://example.com")


def test_arguments_win_over_the_environment() -> None:
    """What is passed is used, whatever the environment says."""
    found = settings(
        {
            "MATILLION_REGION": "us1",
            "MATILLION_AUDIENCE": "a",
            "MATILLION_TOKEN_URL": "https://a.b/t",
        },
        region="eu1",
        client_id="id-2",
        audience="b",
        token_url="https://c.d/t",
    )
    assert (found.client_id, found.audience, found.token_url) == ("id-2", "b", "https://c.d/t")
    assert found.base_url == "https://eu1.api.matillion.com/dpc"


def test_the_defaults_are_the_documented_ones() -> None:
    """Token URL and audience as the vendor's guides give them."""
    found = settings(region="eu1")
    assert found.token_url == "https://id.core.matillion.com/oauth/dpc/token"
    assert found.audience == "https://api.matillion.com"


def test_the_secret_is_in_no_repr() -> None:
    """Neither the settings nor the client show it."""
    found = settings(region="eu1")
    client = MatillionClient(client_id="id-1", client_secret="s3cr3t-value", region="eu1")
    assert "s3cr3t" not in repr(found) + repr(client) + repr(vars(client))


def test_the_secret_is_in_no_frame_of_a_traceback() -> None:
    """A tool that prints local variables of a failing constructor does not print the secret."""
    with pytest.raises(ConfigurationError) as caught:
        MatillionClient(client_id="id-1", client_secret="s3cr3t-value", region="mars")
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    ours = [frame for frame in shown.stack if "matillion_async" in frame.filename]
    assert ours
    assert "s3cr3t" not in repr([frame.locals for frame in ours])


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"authorization": "Bearer x"}, "must not contain Authorization"),
        ({"X-A": "a\r\nX-B: b"}, "value of header 'X-A' must be printable ASCII"),
        ({"X-A": "a\N{LATIN SMALL LETTER A WITH DIAERESIS}"}, "value of header 'X-A' must be"),
        ({"X-A": None}, "value of header 'X-A' must be"),
        ({"X A": "a"}, "'X A' is not a valid HTTP header"),
        ({7: "a"}, "header 7 is not a valid HTTP header"),
        ("x", "headers must be a mapping of names to values, not str"),
        ([("X-A", "a")], "headers must be a mapping of names to values, not list"),
    ],
)
def test_bad_headers_are_refused(headers: Any, reason: str) -> None:
    """A header that would break a request, or replace the token, is refused when the client is made."""
    with pytest.raises(ConfigurationError, match=reason):
        MatillionClient(client_id="i", client_secret="s", region="eu1", headers=headers)


@pytest.mark.parametrize(
    "options",
    [
        {"timeout": 0},
        {"timeout": -1},
        {"timeout": None},
        {"timeout": "30"},
        {"timeout": math.nan},
        {"deadline": 0},
        {"deadline": True},
    ],
)
def test_a_time_limit_is_a_positive_number(options: dict[str, Any]) -> None:
    """0 seconds is not a time limit, and not 'none' either; only a whole call may take as long as it likes."""
    with pytest.raises(ConfigurationError, match="must be a number of seconds, more than 0"):
        MatillionClient(client_id="i", client_secret="s", region="eu1", **options)


PRIORITIES = "Priority.INTERACTIVE, Priority.NORMAL, Priority.BULK"


@pytest.mark.parametrize(
    ("argument", "told"),
    [
        ({"retry": 3}, r"retry must be a RetryPolicy or None, not int"),
        ({"priority": "bulk"}, f"priority must be one of {PRIORITIES}, not 'bulk'"),
        ({"priority": 7}, f"priority must be one of {PRIORITIES}, not 7"),
        (
            {"transport": httpx.AsyncClient()},
            r"not a httpx.AsyncClient: give it the transport of that client, such as httpx\.",
        ),
        (
            {"transport": "http://proxy.example"},
            "transport must be a matillion_async.Transport, .* not a str: .* send and aclose",
        ),
        ({"token_source": "s3cr3t-value"}, "token_source must have fetch, .* not str"),
        (
            {"token_source": ClientCredentials},
            "token_source must be an instance of ClientCredentials, not the class",
        ),
    ],
)
def test_an_argument_of_another_kind_is_refused_at_once(
    argument: dict[str, Any], told: str
) -> None:
    """What other SDKs take is told apart when the client is made, not by the first call that fails."""
    given = {"client_id": "a", "client_secret": "b", "region": "eu1", **argument}
    with pytest.raises(ConfigurationError, match=told) as raised:
        MatillionClient(**given)
    assert "s3cr3t" not in str(raised.value)


async def test_options_of_another_kind_are_refused_at_once() -> None:
    """with_options checks as the constructor does."""
    async with MatillionClient(client_id="a", client_secret="b", region="eu1") as client:
        with pytest.raises(ConfigurationError, match="retry must be a RetryPolicy or None"):
            client.with_options(retry=3)  # type: ignore[arg-type]  # that is the test


SETTINGS: dict[str, Any] = {"client_id": "a", "client_secret": "b", "region": "eu1"}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("timout", "did you mean 'timeout'?"),
        ("client_secrt", "did you mean 'client_secret'?"),
        ("proxies", "it has audience, base_url, client_id, "),
        ("proxy", "give transport=AiohttpTransport(proxy=...)"),
        ("max_attempts", "give retry=RetryPolicy(max_attempts=...)"),
    ],
)
def test_a_misspelt_setting_is_named(name: str, told: str) -> None:
    """With the one that was meant, or with all that there are; its value is in no message and no frame."""
    given: dict[str, Any] = {name: "s3cr3t" + "-value"}
    with pytest.raises(ConfigurationError) as caught:
        MatillionClient(**(SETTINGS | given))
    given.clear()
    assert str(caught.value).startswith(f"MatillionClient has no option {name!r}: {told}")
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert "s3cr3t-value" not in "".join(shown.format())


def test_the_signature_is_shown() -> None:
    """``help()`` has the settings by name, also those of a subclass."""
    assert {*SETTINGS, "timeout", "on_attempt"} <= set(signature(MatillionClient).parameters)
    assert ["team", "options"] == list(signature(Sales).parameters)
    with pytest.raises(TypeError, match="timout"):
        Sales("emea", **SETTINGS, timout=3)


async def test_a_misspelt_option_is_named() -> None:
    """with_options says which, and which was meant."""
    async with MatillionClient(**SETTINGS) as client:
        with pytest.raises(ConfigurationError) as caught:
            client.with_options(dedline=3)  # type: ignore[call-arg]  # the mistake
    assert "with_options has no option 'dedline': did you mean 'deadline'?" == str(caught.value)


class Sales(MatillionClient):
    """A client of a user's own, with attributes and a group of its own."""

    def __init__(self, team: str, **options: Any) -> None:
        super().__init__(**options)
        self.team = team

    @cached_property
    def own_group(self) -> tuple[str, MatillionClient]:
        """What is made of the client when it is first used."""
        return self.team, self


async def test_options_keep_a_subclass_whole() -> None:
    """What its constructor set is there; groups, and whatever is made once of a client, are made anew."""
    async with Sales("emea", **SETTINGS) as client:
        groups = (client.projects, client.schedules, client.environments, client.own_group)
        other = client.with_options(timeout=5)
        assert isinstance(other, Sales)
        assert "emea" == other.team
        assert ("emea", other) == other.own_group
        assert client.api is not other.api
        for old, new in zip(
            groups, (other.projects, other.schedules, other.environments), strict=False
        ):
            assert old is not new
        assert groups == (client.projects, client.schedules, client.environments, client.own_group)
        other.team = "apac"
        assert "emea" == client.team


class Held:
    """A secret as pydantic's SecretStr keeps it."""

    def __init__(self, value: Any) -> None:
        self._value = value

    def get_secret_value(self) -> Any:
        return self._value


@pytest.mark.parametrize("kind", [Held, Secret])
def test_a_secret_may_be_held_by_an_object(kind: Any) -> None:
    """What has get_secret_value() is a secret, whose it ever is."""
    found = resolve(environment={}, client_id="id-1", client_secret=kind("s3cr3t"), region="eu1")
    assert "s3cr3t" == found.client_secret.reveal()


def test_an_empty_secret_that_is_held_counts_as_not_given() -> None:
    """As an empty string does: the environment's is used."""
    assert "s3cr3t-value" == settings(region="eu1", client_secret=Held("")).client_secret.reveal()


@pytest.mark.parametrize("secret", [5, b"s3cr3t", Held(None), Held(7), ["s3cr3t"], object()])
def test_a_secret_that_is_no_text_is_refused(secret: Any) -> None:
    """The refusal says what a secret must be, and shows the kind of what came but not itself."""
    with pytest.raises(ConfigurationError, match=r"^client_secret must be a string, or hold one"):
        MatillionClient(client_id="id-1", client_secret=secret, region="eu1")
    with pytest.raises(ConfigurationError) as raised:
        settings(region="eu1", client_secret=secret)
    assert "s3cr3t" not in str(raised.value)


@pytest.mark.parametrize("name", ["client_id", "region", "base_url", "token_url", "audience"])
def test_a_setting_that_is_no_text_is_refused(name: str) -> None:
    """The refusal names the setting and the kind of what came."""
    given: dict[str, Any] = {"client_id": "a", "client_secret": "b", "region": "eu1", name: 5}
    with pytest.raises(ConfigurationError, match=f"^{name} must be a string, not int$"):
        MatillionClient(**given)


def test_all_that_is_missing_is_told_at_once() -> None:
    """Whoever sets up an environment is not told of one variable per try."""
    with pytest.raises(ConfigurationError) as raised:
        resolve(environment={})
    assert (
        "missing client_id (argument, or environment variable MATILLION_CLIENT_ID), "
        "client_secret (argument, or environment variable MATILLION_CLIENT_SECRET) and "
        "region or base_url (arguments, or environment variables MATILLION_REGION and MATILLION_BASE_URL); "
        "create API credentials in the Matillion Hub; "
        "the region of your account is one of eu1, us1, au1"
    ) == str(raised.value)


def test_what_is_wrong_is_told_with_what_is_missing() -> None:
    """An unknown region, an unsafe URL and a missing secret are one message."""
    with pytest.raises(
        ConfigurationError,
        match=r"^missing client_secret .*; unknown region 'mars' .*; token_url .* must use https",
    ):
        resolve(
            environment={"MATILLION_REGION": "mars"},
            client_id="id-1",
            token_url="http://id.example.com/token",
        )


@pytest.mark.parametrize(
    ("given", "variable", "limits"),
    [
        (None, None, None),
        (None, "none", ()),
        (None, "60/min", (RateLimit(60, 60),)),
        ("none", "60/min", ()),
        ("off", None, ()),
        ("5/s", "none", (RateLimit(5, 1),)),
    ],
)
async def test_no_rate_limits_are_the_default_and_none_is_a_word(
    given: str | None,
    variable: str | None,
    limits: tuple[RateLimit, ...] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """None means that nothing was said, as for any other setting; the limiter is switched off by a word."""
    monkeypatch.delenv("MATILLION_RATE_LIMITS", raising=False)
    if variable is not None:
        monkeypatch.setenv("MATILLION_RATE_LIMITS", variable)
    made = MatillionClient(client_id="a", client_secret="b", region="eu1", rate_limits=given)
    assert Limiter(limits).stats().requests_per_minute == made.limiter.stats().requests_per_minute


async def test_a_sandbox_without_rate_limits_sends_as_fast_as_it_can() -> None:
    """Also when None is given, which is its default as well."""
    for client in (Sandbox().client(), Sandbox().client(rate_limits=None)):
        assert math.inf == client.limiter.stats().requests_per_minute


@pytest.mark.parametrize("name", ["client_id", "client_secret", "audience"])
@pytest.mark.parametrize("text", ["\ts3cr3t\nx", "s3cr3t\r\nx"])
def test_the_end_of_a_line_is_no_part_of_a_setting(name: str, text: str) -> None:
    """As of a secret that was read from a file: refused where it is given, and not by the token endpoint."""
    given: dict[str, Any] = {"client_id": "a", "client_secret": "b", "region": "eu1"}
    for variables, arguments in (
        ({f"MATILLION_{name.upper()}": text}, {**given, name: None}),
        ({}, {**given, name: text}),
    ):
        with pytest.raises(ConfigurationError, match=f"^{name} has a control char") as caught:
            resolve(environment=variables, **arguments)
        assert "s3cr3t" not in str(caught.value)


def test_a_secret_that_ends_with_a_line_is_refused() -> None:
    """Of the settings that are no secrets, what stands around them is left out; what is missing is told as well."""
    with pytest.raises(ConfigurationError) as caught:
        resolve(environment={"MATILLION_CLIENT_ID": "a\n", "MATILLION_CLIENT_SECRET": "\n"})
    assert str(caught.value).startswith("missing client_secret (")
    assert " and region or base_url " in str(caught.value)
    assert 1 == str(caught.value).count("has a control character")
    with pytest.raises(ConfigurationError, match=r"^client_secret has a control char"):
        settings({"MATILLION_CLIENT_SECRET": "s3cr3t\n"}, region="eu1")
    assert DEFAULT_AUDIENCE == settings({"MATILLION_AUDIENCE": "\n"}, region="eu1").audience
    assert "a" == settings({"MATILLION_AUDIENCE": "a\n"}, region="eu1").audience


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("MATILLION_CLIENTID", "MATILLION_CLIENT_ID"),
        ("matillion_client_id", "MATILLION_CLIENT_ID"),
        ("MATILLION_CLIENT_SECRETS", "MATILLION_CLIENT_SECRET"),
        ("MATILLION_REGOIN", "MATILLION_REGION"),
        ("MATILLION_RATE_LIMIT", "MATILLION_RATE_LIMITS"),
    ],
)
def test_a_misspelt_variable_is_named(name: str, meant: str) -> None:
    """Beside what is missing; a variable of somebody else's is not ours to judge."""
    environment = {name: "s3cr3t", "MATILLION_HOME": "/opt", "HOME": "/"}
    with pytest.raises(ConfigurationError) as caught:
        resolve(environment=environment)
    assert f"; {name} is set, and not read: did you mean {meant}?" in str(caught.value)
    assert "MATILLION_HOME" not in str(caught.value)
    assert "s3cr3t" not in str(caught.value)


def test_the_variables_are_those_that_are_read() -> None:
    """A new one is known to who looks for misspelt ones."""
    folder = Path(matillion_async.__file__).parent
    texts = [path.read_text("utf-8") for path in folder.rglob("*.py")]
    assert {*VARIABLES} == {*re.findall(r"\bMATILLION_[A-Z_]+\b", "\n".join(texts))}


@pytest.mark.parametrize("name", ["client_id", "client_secret"])
def test_credentials_of_white_space_alone_count_as_missing(name: str) -> None:
    """A variable that a deployment filled with a space is as good as none."""
    given: dict[str, Any] = {"client_id": "a", "client_secret": "b", "region": "eu1", name: " "}
    with pytest.raises(ConfigurationError, match=f"^missing {name} "):
        resolve(environment={}, **given)


@pytest.mark.parametrize(
    ("path", "version", "given", "url"),
    [
        ("/v1", "", "https://a.example.com/v1/", "https://a.example.com/v1"),
        ("/v1", "", "https://a.example.com", "https://a.example.com/v1"),
        ("", "", "https://a.example.com/", "https://a.example.com"),
        ("", "", "https://a.example.com/v1", "https://a.example.com/v1"),
        ("", "/v1", "https://a.example.com/v1", "https://a.example.com"),
        ("/dpc", "/v1", "https://a.example.com/dpc/v1", "https://a.example.com/dpc"),
    ],
)
def test_the_path_of_the_servers_of_another_file(
    path: str, version: str, given: str, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is added where none is given, and stays as it is unless it ends as the paths of operations begin."""
    monkeypatch.setattr("matillion_api.server.PATH", path)
    monkeypatch.setattr("matillion_api.server.VERSION", version)
    assert url == resolve(base_url=given, needs_credentials=False, environment={}).base_url
