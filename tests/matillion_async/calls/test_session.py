"""The path of one call: tokens, typed errors, retries, deadlines."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
from matillion_api.api.projects import create_project, list_projects
from matillion_api.models import CreateProjectRequest, Warehouse
from matillion_api.models.agent_deployment_type import AgentDeploymentType

from matillion_async import (
    APIConnectionError,
    APITimeoutError,
    Attempt,
    BadRequestError,
    ClientStateError,
    ConflictError,
    DeadlineExceededError,
    GoneError,
    InvalidRequestError,
    MatillionClient,
    MatillionError,
    NotFoundError,
    PermissionDeniedError,
    RateLimitedError,
    ResponseDecodingError,
    RetryPolicy,
    ServerError,
    StatusError,
    Token,
    UnauthorizedError,
)
from matillion_async.sandbox import Sandbox
from tests.matillion_async.scripted import (
    CountingTokens,
    Script,
    project_page,
    scripted_client,
    shut,
)

pytestmark = pytest.mark.virtual_time

PROJECT_ID = "7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10"
OK = httpx.Response(200, json=project_page("a"))
CREATED = httpx.Response(201, json={"projectId": "p1"})
PROJECT: dict[str, Any] = {
    "name": "Sales",
    "warehouse": "SNOWFLAKE",
    "agent_deployment_type": "HYBRID",
}


async def test_a_plain_function_carries_the_same_headers() -> None:
    """What httpx would send by itself takes the place of none of them."""
    script = Script(OK)
    async with scripted_client(script, headers={"User-Agent": "mine"}) as client:
        await client.projects.list()
        await list_projects.asyncio(client=client.api)
    ours, plain = ({**request.headers} for request in script.requests)
    assert ours == {name: value for name, value in plain.items() if name != "connection"}


async def test_a_call_carries_token_and_headers() -> None:
    """Authorization, Accept, User-Agent and the user's own headers arrive."""
    script = Script(OK)
    async with scripted_client(
        script, headers={"account-id": "42", "user-agent": "mine"}
    ) as client:
        page = await client.projects.list(page=0, size=25)
    sent = script.requests[0]
    assert [project.name for project in page.results] == ["a"]
    assert str(sent.url) == "https://api.example.com/dpc/v1/projects?page=0&size=25"
    assert sent.headers["authorization"] == "Bearer token-1"
    assert sent.headers["account-id"] == "42"
    assert sent.headers.get_list("user-agent") == ["mine"]
    assert sent.headers["accept"] == "application/json"


async def test_a_body_is_json() -> None:
    """Keyword arguments become the fields of the body, in the API's own names."""
    script = Script(CREATED)
    async with scripted_client(script) as client:
        created = await client.projects.create(**PROJECT)
    assert created.project_id == "p1"
    assert script.requests[0].headers["content-type"] == "application/json"
    assert (
        b'{"name":"Sales","warehouse":"SNOWFLAKE","agentDeploymentType":"HYBRID"}'
        == script.requests[0].content
    )


async def test_path_values_are_encoded() -> None:
    """Names with spaces and slashes stay one segment of the path."""
    script = Script(httpx.Response(204))
    async with scripted_client(script) as client:
        await client.environments.delete(PROJECT_ID, "a/b?c#d%é")
    assert (
        b"/dpc/v1/projects/7f2a4c7e-0b4e-4f5d-9d3c-3a1f6a2b8c10/environments/a%2Fb%3Fc%23d%25%C3%A9"
        == script.requests[0].url.raw_path
    )


@pytest.mark.parametrize("value", ["", ".", "..", "a\nb", None, 5, "\ud800"])
async def test_a_path_value_that_changes_the_path_is_not_sent(value: Any) -> None:
    """It is refused before anything is sent, with the operation and the parameter."""
    script = Script(OK)
    async with scripted_client(script) as client:
        with pytest.raises(InvalidRequestError, match=r"^projects\.delete: project ") as caught:
            await client.projects.delete(value)
    assert script.requests == []
    assert caught.value.operation == "projects.delete"


@pytest.mark.parametrize("bounds", [{"page": -1}, {"size": 0}, {"size": 101}, {"size": "7"}])
async def test_a_parameter_out_of_bounds_is_not_sent(bounds: dict[str, Any]) -> None:
    """page and size are checked against the documented bounds."""
    script = Script(OK)
    async with scripted_client(script) as client:
        for pending in (client.projects.list(**bounds), client.projects.list(**bounds).all()):
            with pytest.raises(InvalidRequestError, match=rf"{next(iter(bounds))} must be"):
                await pending
    assert script.requests == []


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, BadRequestError),
        (403, PermissionDeniedError),
        (404, NotFoundError),
        (409, ConflictError),
        (410, GoneError),
        (418, StatusError),
        (499, StatusError),
        (302, StatusError),
        (500, ServerError),
        (520, ServerError),
        (599, ServerError),
    ],
)
@pytest.mark.parametrize(
    "body",
    [
        {"json": {"title": "Nope", "detail": "why", "violations": ["name: must not be blank"]}},
        {"html": "<html><h1>Bad gateway</h1></html>"},
        {"text": "IP not allowed for any organization"},
        {"content": b""},
        {"content": b'{"title": "No'},
        {"json": ["not", "an", "object"]},
        {"content": b"\xff\xfe\x00"},
    ],
)
async def test_each_status_is_a_typed_error_whatever_its_body(
    status: int, kind: type[StatusError], body: dict[str, Any]
) -> None:
    """The status is judged before anything is parsed."""
    response = httpx.Response(status, headers={"x-request-id": "r-1"}, **body)
    good = httpx.Response(200, json=project_page())
    async with scripted_client(Script(good, response), retry=None) as client:
        await client.projects.list()  # before a first success there would be advice on top
        with pytest.raises(StatusError) as caught:
            await client.projects.list()
    error = caught.value
    assert type(error) is kind
    assert (error.operation, error.status_code) == ("projects.list", status)
    assert (error.request_id, error.attempts) == ("r-1", 1)
    if isinstance(body.get("json"), dict):
        assert (error.problem.title, error.problem.detail) == ("Nope", "why")
        assert error.problem.violations == ("name: must not be blank",)
        assert f"projects.list: {status} Nope: why; name: must not be blank" == str(error)
    if "text" in body:
        assert error.body == "IP not allowed for any organization"
        assert "IP not allowed" in str(error)


async def test_a_long_body_is_trimmed() -> None:
    """An error keeps the beginning of the body only."""
    async with scripted_client(Script(httpx.Response(400, text="x" * 100_000))) as client:
        with pytest.raises(BadRequestError) as caught:
            await client.projects.list()
    assert len(caught.value.body) < 3000
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (httpx.Response(200, text="<html>login</html>"), "is not JSON"),
        (httpx.Response(200, content=b""), "is not JSON"),
        (httpx.Response(200, content=b'{"results": [{"id": "a", "na'), "is not JSON"),
        (httpx.Response(200, content=b'{"total": NaN}'), r"is not JSON \(JSON has no NaN\)"),
        (httpx.Response(200, json=5), r"has another shape .*\(it is not an object: 5\)"),
        (httpx.Response(200, json=[1, 2]), "2 of 2 rows cannot be read, .* it is not an object: 1"),
        (httpx.Response(200, json={"results": 5}), r"another shape .*\(results is not a list: 5\)"),
        (httpx.Response(200, json={"results": ["a"]}), "row 0: it is not an object: 'a'"),
        (httpx.Response(200, content=b"\xff\xff{}"), "has another shape|is not JSON"),
    ],
)
async def test_a_body_that_cannot_be_read_is_one_typed_error(
    response: httpx.Response, reason: str
) -> None:
    """Not JSON, cut off, of the wrong shape: always ResponseDecodingError, with the body's beginning."""
    async with scripted_client(Script(response)) as client:
        with pytest.raises(ResponseDecodingError, match=reason) as caught:
            await client.projects.list()
    assert caught.value.status_code == 200
    assert caught.value.operation == "projects.list"


async def test_a_401_renews_the_token_once_and_replays_once() -> None:
    """The token that failed is dropped, and the request sent again with a new one, a POST too."""
    script = Script(httpx.Response(401), CREATED)
    tokens = CountingTokens()
    async with scripted_client(script, token_source=tokens, retry=None) as client:
        await client.projects.create(**PROJECT)
    assert script.tokens == ["Bearer token-1", "Bearer token-2"]


async def test_a_second_401_is_an_error() -> None:
    """A new token that is refused as well ends the call."""
    script = Script(httpx.Response(401))
    async with scripted_client(script) as client:
        with pytest.raises(UnauthorizedError) as caught:
            await client.projects.list()
    assert caught.value.attempts == 2 == len(script.requests)


async def test_a_revoked_token_under_many_calls_is_renewed_once() -> None:
    """200 calls that fail with one token share one renewal, and all succeed."""
    tokens = CountingTokens()

    def revoked_once(request: httpx.Request) -> httpx.Response:
        return httpx.Response(401) if request.headers["authorization"].endswith("-1") else OK

    async with scripted_client(revoked_once, token_source=tokens) as client:
        pages = await asyncio.gather(*(_page(client) for _ in range(200)))
    assert (len(pages), tokens.fetched) == (200, 2)


async def test_a_deadline_before_the_next_token_is_not_a_wrong_token() -> None:
    """Credentials that work are not told to be wrong when the deadline comes before the pause between two tokens ends."""
    good = 1

    def respond(request: httpx.Request) -> httpx.Response:
        is_good = request.headers["authorization"].endswith(f"-{good}")
        return OK if is_good else httpx.Response(401)

    seen: list[Attempt] = []
    async with scripted_client(
        respond, token_source=CountingTokens(), on_attempt=seen.append
    ) as client:
        await client.projects.list()
        good = 2
        await client.projects.list()
        good = 3
        with pytest.raises(DeadlineExceededError, match="token, which was refused") as caught:
            await client.with_options(deadline=0.5).projects.create(**PROJECT)
        assert (caught.value.attempts, caught.value.may_have_been_processed) == (1, False)
        assert (seen[-1].status_code, seen[-1].retry_in) == (401, None)
        timing = caught.value.timing
        assert timing is not None
        assert timing.token == pytest.approx(0.5)
        assert await client.projects.list()


async def _page(client: MatillionClient) -> Any:
    return await client.projects.list()


async def test_the_token_goes_to_the_api_only() -> None:
    """The httpx client behind client.api refuses another origin, and says so."""
    script = Script(OK)
    async with scripted_client(script) as client:
        http = client.api.get_async_httpx_client()
        for url in (
            "https://evil.example.com/dpc/v1/projects",
            "http://api.example.com/dpc/v1/projects",
            "https://api.example.com:8443/dpc/v1/projects",
        ):
            with pytest.raises(InvalidRequestError, match="refused to send the token"):
                await http.get(url)
        assert (await http.get("https://api.example.com:443/dpc/v1/projects")).status_code == 200
    assert len(script.requests) == 1


async def test_the_plain_functions_go_the_same_way() -> None:
    """Token, retries and typed errors hold for matillion_api's own functions."""
    script = Script(httpx.Response(503), OK, CREATED, httpx.Response(404))
    async with scripted_client(script) as client:
        page = await list_projects.asyncio(client=client.api, size=1)
        body = CreateProjectRequest(
            name="n",
            warehouse=Warehouse.SNOWFLAKE,
            agent_deployment_type=AgentDeploymentType.HYBRID,
        )
        detailed = await create_project.asyncio_detailed(client=client.api, body=body)
        with pytest.raises(NotFoundError, match=r"^projects\.list: 404"):
            await list_projects.asyncio(client=client.api)
    assert page.results[0].name == "a"
    assert (detailed.status_code, detailed.parsed.project_id) == (201, "p1")
    assert script.requests[0].headers["authorization"] == "Bearer token-1"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_an_idempotent_operation_is_repeated_after_a_server_error(status: int) -> None:
    """A failing response is followed by another attempt."""
    script = Script(httpx.Response(status), httpx.ReadTimeout("slow"), OK)
    async with scripted_client(script) as client:
        await client.projects.list()
    assert len(script.requests) == 3


@pytest.mark.parametrize(
    "failure",
    [
        httpx.Response(500),
        httpx.Response(503),
        httpx.ReadTimeout("slow"),
        httpx.ReadError("reset"),
        httpx.RemoteProtocolError("cut"),
        httpx.WriteError("pipe"),
        httpx.WriteTimeout("slow"),
    ],
)
async def test_a_post_that_may_have_been_processed_is_never_repeated(
    failure: httpx.Response | Exception,
) -> None:
    """It is sent once, and its error says that it may have taken effect."""
    script = Script(failure)
    async with scripted_client(script) as client:
        with pytest.raises(MatillionError, match="it was not repeated") as caught:
            await client.projects.create(**PROJECT)
    assert len(script.requests) == 1
    assert caught.value.may_have_been_processed


@pytest.mark.parametrize(
    "failure",
    [httpx.ConnectError("refused"), httpx.ConnectTimeout("slow"), httpx.PoolTimeout("busy")],
)
async def test_a_post_that_was_never_sent_is_repeated(failure: Exception) -> None:
    """Without a connection no method can have been processed."""
    script = Script(failure, CREATED)
    async with scripted_client(script) as client:
        assert (await client.projects.create(**PROJECT)).project_id == "p1"


async def test_a_429_is_repeated_for_every_operation() -> None:
    """It was not processed: a POST is sent again after Retry-After."""
    loop = asyncio.get_running_loop()
    script = Script(httpx.Response(429, text="slow down", headers={"Retry-After": "7"}), CREATED)
    async with scripted_client(script) as client:
        await client.projects.create(**PROJECT)
    assert len(script.requests) == 2
    assert loop.time() >= 7


async def test_a_retry_after_beyond_the_policy_fails_at_once() -> None:
    """An hour's wait is the caller's decision; the error carries it."""
    loop = asyncio.get_running_loop()
    script = Script(httpx.Response(429, headers={"Retry-After": "3600"}))
    async with scripted_client(script) as client:
        with pytest.raises(RateLimitedError) as caught:
            await client.projects.list()
    assert caught.value.retry_after == 3600
    assert (len(script.requests), loop.time()) == (1, 0)


async def test_attempts_end() -> None:
    """max_attempts bounds the requests of one call, whatever fails."""
    script = Script(httpx.Response(503), httpx.Response(429), httpx.ReadError("x"))
    async with scripted_client(script, retry=RetryPolicy(max_attempts=4)) as client:
        with pytest.raises(APIConnectionError) as caught:
            await client.projects.list()
    assert caught.value.attempts == 4 == len(script.requests)


async def test_without_retries_the_first_failure_is_raised() -> None:
    """retry=None: one request."""
    script = Script(httpx.Response(503))
    async with scripted_client(script, retry=None) as client:
        with pytest.raises(ServerError):
            await client.projects.list()
    assert len(script.requests) == 1


async def test_the_hook_sees_each_attempt() -> None:
    """Number, outcome and what happens next, for every attempt."""
    seen: list[Attempt] = []
    script = Script(httpx.Response(503), httpx.Response(401), OK)
    async with scripted_client(script, on_attempt=seen.append) as client:
        await client.projects.list()
    assert [(a.operation, a.number, a.outcome) for a in seen] == [
        ("projects.list", 1, "503"),
        ("projects.list", 2, "401"),
        ("projects.list", 3, "200"),
    ]
    assert seen[0].retry_in is not None
    assert seen[2].retry_in is None


async def test_a_timeout_bounds_one_attempt() -> None:
    """A transport that never responds is given up after `timeout` seconds per attempt."""
    loop = asyncio.get_running_loop()

    async with scripted_client(
        OK_NEVER, transport=SilentTransport(), timeout=5, retry=RetryPolicy(max_attempts=2)
    ) as client:
        with pytest.raises(
            APITimeoutError, match="no complete response within 5 seconds"
        ) as caught:
            await client.projects.list()
    assert caught.value.attempts == 2
    assert 10 <= loop.time() <= 11


def OK_NEVER(request: httpx.Request) -> httpx.Response:  # noqa: N802 - stands for a response
    raise AssertionError("not used")


class SilentTransport(httpx.AsyncBaseTransport):
    """Takes every request and never responds."""

    def __init__(self) -> None:
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        await asyncio.sleep(1e9)
        raise AssertionError("unreachable")


async def test_a_deadline_bounds_the_whole_call_and_tells_where_time_went() -> None:
    """Attempts and pauses together end at the deadline."""
    loop = asyncio.get_running_loop()
    async with scripted_client(
        OK_NEVER, transport=SilentTransport(), timeout=5, deadline=12
    ) as client:
        with pytest.raises(DeadlineExceededError, match=r"s in \d request\(s\)\)$") as caught:
            await client.projects.list()
    assert loop.time() <= 12
    assert caught.value.timing is not None
    assert sum(caught.value.timing.requests) > 5


async def test_options_share_everything_but_themselves() -> None:
    """with_options changes time limits and retries, not the token."""
    tokens = CountingTokens()
    script = Script(OK, httpx.Response(503))
    async with scripted_client(script, token_source=tokens) as client:
        await client.projects.list()
        strict = client.with_options(retry=None, deadline=3)
        with pytest.raises(ServerError):
            await strict.projects.list()
        assert strict.limiter is client.limiter
    assert tokens.fetched == 1
    with pytest.raises(ClientStateError):
        await strict.projects.list()


async def test_asyncio_timeout_is_honoured() -> None:
    """A timeout of the caller's own ends the call as usual in asyncio."""
    async with scripted_client(OK_NEVER, transport=SilentTransport()) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(2):
                await client.projects.list()


async def test_a_closed_client_says_so() -> None:
    """One clear error after closing; closing twice is fine."""
    client = scripted_client(Script(OK))
    async with client:
        await client.projects.list()
    await client.aclose()
    with pytest.raises(ClientStateError, match="closed"):
        await client.projects.list()


async def test_a_close_that_is_cancelled_closes_the_connections_all_the_same() -> None:
    """Whoever waits for it no longer cannot close them later."""
    closed: list[str] = []

    class Closing(httpx.MockTransport):
        async def aclose(self) -> None:
            closed.append("transport")

    class Stubborn:
        """A source of tokens that takes its time to end."""

        async def fetch(self) -> Token:
            try:
                await asyncio.sleep(1000)
            finally:
                await asyncio.sleep(1)
            return Token("late")

    client = scripted_client(OK_NEVER, transport=Closing(OK_NEVER), token_source=Stubborn())
    call = asyncio.create_task(client.projects.list(size=25).all())
    await asyncio.sleep(1)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await client.aclose()
    assert closed == ["transport"]
    await asyncio.gather(call, return_exceptions=True)
    await asyncio.sleep(2)


def test_a_second_event_loop_is_refused() -> None:
    """A client that was used on one loop says so on another."""
    client = scripted_client(Script(OK))

    async def use() -> None:
        await client.projects.list()

    async def close() -> None:
        await client.aclose()

    with asyncio.Runner() as first:
        first.run(use())
        with (
            asyncio.Runner() as second,
            pytest.raises(ClientStateError, match="another event loop"),
        ):
            second.run(use())
        first.run(close())


async def test_unknown_fields_and_values_are_kept() -> None:
    """A newer server does not break an older client."""
    page = {"results": [{"id": "a", "name": "n", "description": None, "colour": "red"}], "next": 1}
    async with scripted_client(Script(httpx.Response(200, json=page))) as client:
        found = await client.projects.list()
    assert found.to_dict() == page
    assert {"colour": "red"} == found[0].extra
    assert Warehouse("snowflake") is Warehouse.SNOWFLAKE
    assert Warehouse("DATABRICKS").value == "DATABRICKS"


async def test_a_wait_for_a_permit_that_fails_is_accounted_for() -> None:
    """A call that fails in the queue says how long it stood there, and how much of that was a pause."""
    script = Script(OK)
    async with scripted_client(script, rate_limits="1/s") as client:
        await client.projects.list()
        waiting = asyncio.ensure_future(_page(client.with_options(deadline=20)))
        shut(client.limiter, 10)
        await asyncio.sleep(4)
        shut(client.limiter, 100)
        with pytest.raises(
            DeadlineExceededError, match=r"\(4\.0 s paused by a 429, 0\.0 s in 0"
        ) as caught:
            await waiting
    assert caught.value.timing is not None
    assert (0.0, 4.0) == pytest.approx((caught.value.timing.queue, caught.value.timing.pause))


async def test_an_error_tells_where_each_second_went() -> None:
    """Queue, pause, token, backoff and attempts add up to the time of the call."""
    loop = asyncio.get_running_loop()

    async def server(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(2)
        return httpx.Response(503)

    class SlowTokens(CountingTokens):
        async def fetch(self) -> Token:
            await asyncio.sleep(3)
            return await super().fetch()

    async with scripted_client(
        Script(),
        transport=httpx.MockTransport(server),
        token_source=SlowTokens(),
        rate_limits="1/s",
        retry=RetryPolicy(max_attempts=3),
    ) as client:
        client.limiter.responded(await client.limiter.acquire(), 0.0)
        shut(client.limiter, 5)
        with pytest.raises(ServerError) as caught:
            await client.projects.list()
    timing = caught.value.timing
    assert timing is not None
    assert (5.0, 3.0) == pytest.approx((timing.pause, timing.token))
    assert [2.0, 2.0, 2.0] == pytest.approx(timing.requests)
    assert timing.backoff > 0
    total = timing.queue + timing.pause + timing.token + timing.backoff + sum(timing.requests)
    assert loop.time() == pytest.approx(total)


async def test_a_server_that_refuses_everything_is_not_waited_for_without_end(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Fifty calls to an API that only says 429 all end within minutes, with their refusal, and the log says what goes on."""
    async with scripted_client(lambda _: httpx.Response(429)) as client:
        ends = await asyncio.gather(*(_page(client) for _ in range(50)), return_exceptions=True)
    assert {RateLimitedError} == {type(end) for end in ends}
    assert asyncio.get_running_loop().time() < 900
    assert any("in a row" in message for message in caplog.messages)


async def test_calls_in_flight_when_a_pause_begins_lose_no_attempt() -> None:
    """500 calls at once meet a limit that nobody knew: each survives its refusals with two attempts."""
    sandbox = Sandbox(limits=("60/min", "5/s"))
    async with sandbox.client(retry=RetryPolicy(max_attempts=2)) as client:
        pages = await asyncio.gather(*(_page(client) for _ in range(500)))
    assert len(pages) == 500
    assert sandbox.stats.refused > 400


async def test_a_server_that_always_refuses_ends_the_call() -> None:
    """A refusal of a request that was sent after the pause counts."""
    script = Script(httpx.Response(429, headers={"Retry-After": "1"}))
    policy = RetryPolicy(max_attempts=3)
    async with scripted_client(script, retry=policy, rate_limits="60/min,5/s") as client:
        errors = await asyncio.gather(*(_page(client) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(error, RateLimitedError) for error in errors)
    # All three are in flight at first, of which one counts; then each attempt does.
    assert 3 + 2 * 3 + 2 == len(script.requests)


async def test_without_retries_a_429_in_flight_is_raised_too() -> None:
    """retry=None means one request for each call, whoever else was refused."""
    script = Script(httpx.Response(429))
    async with scripted_client(script, retry=None) as client:
        errors = await asyncio.gather(*(_page(client) for _ in range(10)), return_exceptions=True)
    assert all(isinstance(error, RateLimitedError) for error in errors)
    assert len(script.requests) == 10


async def test_a_post_whose_response_cannot_be_read_took_effect() -> None:
    """Its error says so, whatever the response looked like."""
    script = Script(httpx.Response(201, text="<html>"))
    async with scripted_client(script) as client:
        with pytest.raises(ResponseDecodingError, match="check whether it took effect") as caught:
            await client.projects.create(**PROJECT)
    assert caught.value.may_have_been_processed
    assert len(script.requests) == 1


async def test_a_client_whose_tokens_are_all_refused_asks_for_few() -> None:
    """Each call fails with the API's 401; new tokens are asked for after pauses that grow, not by each call."""
    script = Script(httpx.Response(401, json={"title": "Unauthorized"}))
    tokens = CountingTokens()
    async with scripted_client(script, token_source=tokens) as client:
        for _ in range(600):
            with pytest.raises(UnauthorizedError, match="401 Unauthorized"):
                await client.projects.list()
            await asyncio.sleep(1)
    assert 10 <= tokens.fetched <= 17
    # Without another token to come a call is not sent a second time.
    assert 600 + tokens.fetched - 1 == len(script.requests)


async def test_a_call_that_is_always_refused_harms_no_other() -> None:
    """The token stays in use for the others, and a revoked one is replaced as ever when the pause is over."""
    dead: set[str] = set()

    def server(request: httpx.Request) -> httpx.Response:
        if request.headers["authorization"] in dead or b"/environments" in request.url.raw_path:
            return httpx.Response(401)
        return OK

    async with scripted_client(server) as client:
        for _ in range(50):
            with pytest.raises(UnauthorizedError):
                await client.environments.list("00000000-0000-4000-8000-000000000000")
            await client.projects.list()
        await asyncio.sleep(60)
        dead.update(f"Bearer token-{number}" for number in range(3))
        await client.projects.list()


async def test_a_slow_401_renews_no_second_time() -> None:
    """One renewal for a call, also when the pause that keeps a refused token is over before the next response."""

    async def server(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(3)
        return httpx.Response(401)

    async with scripted_client(Script(), transport=httpx.MockTransport(server)) as client:
        with pytest.raises(UnauthorizedError) as caught:
            await client.projects.list()
    assert 2 == caught.value.attempts


async def test_a_refused_call_goes_before_those_that_wait() -> None:
    """It had its turn once: after a 429 it is not at the end of the queue again."""
    order: list[str] = []

    def server(request: httpx.Request) -> httpx.Response:
        size = request.url.params["size"]
        order.append(size)
        return httpx.Response(429) if order == ["1"] else OK

    async def call(client: MatillionClient, size: int) -> Any:
        return await client.projects.list(size=size)

    async with scripted_client(server, rate_limits="1/s") as client:
        await asyncio.gather(*(call(client, size) for size in range(1, 6)))
    assert ["1", "1", "2", "3", "4", "5"] == order


async def test_a_header_of_a_plain_function_rules_over_the_clients() -> None:
    """What a request that was made elsewhere says itself is kept; the client's headers fill in what it lacks."""
    script = Script(OK)
    async with scripted_client(script, headers={"X-Team": "ours", "branch": "ours"}) as client:
        http = client.api.get_async_httpx_client()
        await http.get("/v1/projects", headers={"branch": "its own"})
    sent = script.requests[0].headers
    assert ["its own"] == sent.get_list("branch")
    assert ["ours"] == sent.get_list("x-team")
