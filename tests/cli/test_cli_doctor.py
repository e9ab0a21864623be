"""The command ``doctor``: each step to the API, what was found, and what to do."""

from __future__ import annotations

import datetime
import json
import re
import socket
import ssl
import threading
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import trustme

from matillion_async._transport.addresses import Origin
from matillion_async.cli import _checkup, _reach, doctor
from matillion_async.cli._options import GlobalOptions
from matillion_async.cli._reach import Check
from tests.cli.command_line import Invoke, Start
from tests.matillion_async.raw_server import Behaviour, Peer, raw_server, respond_to_all
from tests.matillion_async.scripted import project_page
from tests.matillion_async.transport.common import responding_with

SECRET = "s3cr3t-value"
TOKEN = "t0k3n-value"
PASSWORD = "h1dden"
AUTHORITY = trustme.CA()


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The authority of the servers is known."""
    AUTHORITY.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))


def certificate() -> ssl.SSLContext:
    """A server's end of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    AUTHORITY.issue_cert("127.0.0.1").configure_cert(context)
    return context


def api(
    *, token: str = "200 OK", listing: str = "200 OK", ahead: float = 0.0, projects: int = 2
) -> Behaviour:
    """Both servers in one; its clock is some seconds ahead of that of this machine."""

    async def behaviour(peer: Peer) -> None:
        while request := await peer.request():
            moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=ahead)
            headers = [f"Date: {format_datetime(moment, usegmt=True)}", "X-RateLimit-Limit: 1000"]
            if request.startswith(b"POST"):
                response: Any = {"access_token": TOKEN, "expires_in": 1800}
                status = token
                if "401" in token:
                    response = {"error": "invalid_client", "error_description": "Revoked"}
            else:
                response, status = project_page(*"ab"[:projects]), listing
            if "403" in status:
                body = b"IP not allowed for any organization"
                headers.append("Content-Type: text/plain")
            else:
                body = json.dumps(response).encode()
                headers.append("Content-Type: application/json")
            await peer.respond(body, *headers, status=status)

    return behaviour


async def examined(
    monkeypatch: pytest.MonkeyPatch, base: str, token: str | None = None
) -> dict[str, Check]:
    """What the doctor says of servers, by the names of the checks; for two servers, of the last one."""
    monkeypatch.setenv("MATILLION_CLIENT_ID", "an-id")
    monkeypatch.setenv("MATILLION_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("MATILLION_BASE_URL", base)
    monkeypatch.setenv("MATILLION_TOKEN_URL", f"{token or base}/token")
    prepared = doctor._prepared(GlobalOptions())
    checks = [check async for check in doctor._checks(*prepared, is_networked=True)]
    for check in checks:
        assert check.line.isprintable()
        for secret in (SECRET, TOKEN, PASSWORD):
            assert secret not in check.line
    return {check.name: check for check in checks}


def statuses(checks: dict[str, Check]) -> dict[str, str]:
    return {name: check.status for name, check in checks.items()}


@pytest.mark.usefixtures("trusted")
async def test_all_is_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each step is there with what was found, and nothing to do."""
    async with raw_server(api(), certificate()) as server:
        checks = await examined(monkeypatch, f"https://{server.address}")
    assert dict.fromkeys(
        ["settings", "resolves", "connects", "TLS", "token", "listing", "clock", "limits"], "ok"
    ) == statuses(checks)
    assert [] == [check.advice for check in checks.values() if check.advice]
    assert re.fullmatch(r"127\.0\.0\.1 in \d+\.\d s", checks["resolves"].found)
    assert checks["TLS"].found.startswith("TLSv1.3, certificate of trustme")
    assert "good for 1800 s" in checks["token"].found
    assert checks["listing"].found.startswith("2 projects in ")
    assert "the server says x-ratelimit-limit: 1000" in checks["limits"].found


async def test_a_variable_that_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is nearly called as a setting is told, whatever else is well."""
    monkeypatch.setenv("MATILLION_RATE_LIMIT", SECRET)
    async with raw_server(api()) as server:
        checks = await examined(monkeypatch, f"http://{server.address}")
    told = "MATILLION_RATE_LIMIT is set, and not read: did you mean MATILLION_RATE_LIMITS?"
    assert ("failed", told) == (checks["settings"].status, checks["settings"].found)
    assert "ok" == checks["listing"].status


async def test_an_authority_that_nobody_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """TLS fails and names SSL_CERT_FILE; neither secret nor token is sent, and the rest is told as skipped."""
    async with raw_server(api(), certificate()) as server:
        checks = await examined(monkeypatch, f"https://{server.address}")
        assert [] == server.requests
    assert ("ok", "failed") == (checks["connects"].status, checks["TLS"].status)
    assert "set SSL_CERT_FILE" in checks["TLS"].advice
    assert ("skipped", "skipped") == (checks["token"].status, checks["listing"].status)


async def speak_plainly(peer: Peer) -> None:
    """Respond as soon as anything comes, whatever it is."""
    await peer.reader.read(1)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")


async def test_no_tls_where_it_should_be(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server of plain HTTP behind an https URL is told as such."""
    async with raw_server(speak_plainly) as server:
        checks = await examined(monkeypatch, f"https://{server.address}")
    assert "failed" == checks["TLS"].status
    assert "does not speak TLS, but perhaps plain HTTP" in checks["TLS"].found
    assert "check the URL" in checks["TLS"].advice


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "all_proxy"])
async def test_a_proxy_that_wants_a_password(
    monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    """The proxy is there, and the request for a token tells what it wants."""
    response = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    async with raw_server(responding_with(response)) as proxy:
        monkeypatch.setenv(variable, f"http://user:{PASSWORD}@{proxy.address}")
        checks = await examined(monkeypatch, "https://api.example.com")
    assert ("ok", f"{proxy.address} of {variable}") == (
        checks["proxy"].status,
        checks["proxy"].found,
    )
    assert "failed" == checks["token"].status
    assert f"give its user name and password in {variable}" in checks["token"].found
    assert "resolves" not in checks


async def test_a_proxy_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy fails and is named with its variable; nothing is tried beyond it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    monkeypatch.setenv("HTTPS_PROXY", f"http://user:{PASSWORD}@{address}")
    checks = await examined(monkeypatch, "https://api.example.com")
    assert "failed" == checks["proxy"].status
    assert f"{address} of HTTPS_PROXY: 127.0.0.1: Connect" in checks["proxy"].found
    assert "skipped" == checks["token"].status


async def test_a_port_where_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection fails; the other server is looked at all the same."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
    async with raw_server(api()) as server:
        checks = await examined(monkeypatch, f"http://{address}", f"http://{server.address}")
    assert ("failed", "ok", "skipped") == tuple(
        checks[name].status for name in ("connects", "token", "listing")
    )
    assert "127.0.0.1: Connect call failed" in checks["connects"].found


async def test_a_host_that_does_not_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name fails, with its region or URL to check."""
    checks = await examined(monkeypatch, "https://nowhere.invalid")
    assert "failed" == checks["resolves"].status
    assert "there is no host nowhere.invalid" in checks["resolves"].found
    assert "check the region or the URL" in checks["resolves"].advice
    assert "connects" not in checks


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_server_that_never_responds(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    """Each step has its time: a socket that nobody reads from holds nothing up."""
    for module in (_reach, _checkup):
        monkeypatch.setattr(module, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as black_hole:
        address = f"127.0.0.1:{black_hole.getsockname()[1]}"
        checks = await examined(monkeypatch, f"{scheme}://{address}")
    failed = {name: check.found for name, check in checks.items() if check.status == "failed"}
    if scheme == "https":
        assert {"TLS": "no response to the handshake within 0.2 s"} == failed
    else:
        assert ["token"] == list(failed)
        assert "did not respond within 0.2 s" in failed["token"]


async def test_a_name_service_that_never_responds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing waits for it, not even the end of the program, and the request is not tried, which would wait."""
    monkeypatch.setattr(_reach, "SECONDS", 0.1)
    release = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: release.wait(30) and [])
    checks = await examined(monkeypatch, "https://api.example.com")
    release.set()
    assert ("failed", "no response within 0.1 s") == (
        checks["resolves"].status,
        checks["resolves"].found,
    )
    assert "skipped" == checks["token"].status


@pytest.mark.parametrize(
    ("ahead", "status"), [(0, "ok"), (30, "ok"), (7200, "failed"), (-7200, "failed")]
)
async def test_a_clock_that_is_off(
    monkeypatch: pytest.MonkeyPatch, ahead: float, status: str
) -> None:
    """The clocks are compared by the date of a response; hours are a failure, half a minute is not."""
    async with raw_server(api(ahead=ahead)) as server:
        checks = await examined(monkeypatch, f"http://{server.address}")
    assert status == checks["clock"].status
    words = "that of the server, which tells whole seconds"
    assert (ahead == 0) == (checks["clock"].found == words)
    if status == "failed":
        assert ("behind" if ahead > 0 else "ahead of") in checks["clock"].found
        assert "set the clock" in checks["clock"].advice


async def test_an_allow_list_without_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The gateway's words are told, by the token endpoint or the API, with what to do."""
    no = "403 Forbidden"
    for name, behaviour in (("token", api(token=no)), ("listing", api(listing=no))):
        async with raw_server(behaviour) as server:
            checks = await examined(monkeypatch, f"http://{server.address}")
        assert "failed" == checks[name].status
        assert "IP not allowed for any organization" in checks[name].found
        assert "the account's IP allow list" in checks[name].found


async def test_credentials_that_were_revoked(monkeypatch: pytest.MonkeyPatch) -> None:
    """The endpoint's own words and the variables to check; the clock is compared all the same."""
    async with raw_server(api(token="401 Unauthorized")) as server:
        checks = await examined(monkeypatch, f"http://{server.address}")
    assert "failed" == checks["token"].status
    assert "invalid_client: Revoked" in checks["token"].found
    assert "MATILLION_CLIENT_SECRET" in checks["token"].found
    assert ("skipped", "ok") == (checks["listing"].status, checks["clock"].status)


async def test_credentials_without_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty listing is not a failure, and says what it may mean."""
    async with raw_server(api(projects=0)) as server:
        checks = await examined(monkeypatch, f"http://{server.address}")
    assert "ok" == checks["listing"].status
    assert "the credentials have no role" in checks["listing"].advice


async def test_limits_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in MATILLION_RATE_LIMITS fails its own check alone, and each of its forms is told."""
    async with raw_server(respond_to_all) as server:
        for text, status, told in (
            ("60 per min", "failed", "is not a rate limit"),
            ("60/min,5/s", "ok", "60/min, 5/s of MATILLION_RATE_LIMITS"),
            ("none", "ok", "switched off by MATILLION_RATE_LIMITS"),
        ):
            monkeypatch.setenv("MATILLION_RATE_LIMITS", text)
            checks = await examined(monkeypatch, f"http://{server.address}")
            assert status == checks["limits"].status
            assert told in checks["limits"].found


def test_the_exit_code_and_the_lines(invoke: Invoke, served: Start) -> None:
    """Everything in order is exit code 0 and one line for each check."""
    result = invoke("doctor", env=served().environment)
    assert result.exit_code == 0
    assert ["settings", "resolves", "connects", "token", "listing", "clock", "limits"] == [
        line.split()[1] for line in result.stdout.splitlines()
    ]
    assert result.stdout.startswith("ok      settings  http://127.0.0.1:")


def test_as_json(invoke: Invoke, served: Start) -> None:
    """The same as one object, also when something failed, which is exit code 1."""
    wrong = {**served().environment, "MATILLION_CLIENT_SECRET": "wrong"}
    result = invoke("doctor", "--json", env=wrong)
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["ok"] is False
    (failed,) = [check for check in told["checks"] if check["status"] == "failed"]
    assert {"name", "target", "status", "found", "advice"} == set(failed)
    assert "token" == failed["name"]
    assert "invalid_client" in failed["found"]


def test_what_is_missing_ends_no_check_that_goes_without(invoke: Invoke, served: Start) -> None:
    """Without credentials the network is looked at all the same; without an address there is nothing to look at."""
    environment = served().environment
    del environment["MATILLION_CLIENT_SECRET"]
    result = invoke("doctor", env=environment)
    assert result.exit_code == 1
    assert "MATILLION_CLIENT_SECRET is not set" in result.stdout.splitlines()[0]
    assert "ok      connects" in result.stdout
    assert "skipped token     127.0.0.1 there are no credentials" in result.stdout

    result = invoke("doctor")
    assert (1, 1) == (result.exit_code, result.stdout.count("\n"))
    assert "MATILLION_CLIENT_ID is not set, and --client-id was not given" in result.stdout


def test_a_sandbox_has_no_network(invoke: Invoke) -> None:
    """With --sandbox nothing but a token and a listing is looked at."""
    result = invoke("doctor", "--sandbox")
    assert result.exit_code == 0
    assert ["settings", "token", "listing", "clock", "limits"] == [
        line.split()[1] for line in result.stdout.splitlines()
    ]


async def test_an_address_that_leads_nowhere_is_told_beside_the_one_that_works() -> None:
    """As where IPv6 is set up and dead: the connection is fine, and the line names what is not."""
    checks: list[Check] = []
    async with raw_server(respond_to_all) as server:
        port = int(server.address.rpartition(":")[2])
        target = Origin("http", "both.example.com", port)
        address = await _reach._connect(target, ["::1", "127.0.0.1"], checks)
    assert "127.0.0.1" == address
    (check,) = checks
    assert "ok" == check.status
    assert check.found.startswith("by 127.0.0.1; ::1 does not: ")


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"MATILLION_TOKEN_URL": "https://nowhere.invalid/token"}, "check the token URL"),
        ({"MATILLION_BASE_URL": "https://nowhere.invalid"}, "check MATILLION_BASE_URL"),
    ],
)
def test_any_command_fails_at_once_as_well(
    invoke: Invoke, served: Start, setting: dict[str, str], told: str
) -> None:
    """One line that says what to do, long before anybody waits for the token endpoint to come back."""
    result = invoke("projects", "list", env={**served().environment, **setting})
    assert result.exit_code != 0
    assert "there is no host nowhere.invalid:443" in result.stderr
    assert told in result.stderr
    assert 1 == result.stderr.count("\n")
