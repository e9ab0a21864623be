"""Secrets that are sent or received stay out of logs, errors and reprs."""

from __future__ import annotations

import logging
import traceback

import pytest

from matillion_async import InvalidRequestError, MatillionError
from matillion_async._transport.transport import AiohttpTransport
from matillion_async.sandbox import Sandbox, serve

TOKEN = "git-provider-token"


@pytest.mark.parametrize(
    ("fault", "token"),
    [
        ("404", TOKEN),
        ("503", TOKEN),
        ("429", TOKEN),
        ("reset", TOKEN),
        ("503", f"{TOKEN}\n"),
        ("503", f"{TOKEN}\N{LATIN SMALL LETTER E WITH ACUTE}"),
    ],
)
async def test_the_token_of_a_git_provider(
    fault: str, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever goes wrong, and with all logs on, the token is in no line of them and in no traceback."""
    caplog.set_level(logging.DEBUG)
    sandbox = Sandbox(projects=1, faults=[f"repositories.rotate_token:{fault}"])
    attempts: list[object] = []
    async with (
        serve(sandbox) as served,
        sandbox.client(
            base_url=f"{served.url}/dpc",
            token_url=f"{served.url}/oauth/dpc/token",
            transport=AiohttpTransport(),
            retry=None,
            on_attempt=attempts.append,
        ) as client,
    ):
        project_id = (await client.projects.list()).results[0].id
        with pytest.raises(MatillionError) as caught:
            await client.repositories.rotate_token(project_id, git_provider_access_token=token)
    assert token == TOKEN or isinstance(caught.value, InvalidRequestError)
    told = [*traceback.format_exception(caught.value), repr(caught.value), repr(attempts)]
    assert TOKEN not in "".join([*told, caplog.text, repr(vars(caught.value))])


async def test_the_secret_of_an_agent(caplog: pytest.LogCaptureFixture) -> None:
    """Credentials that arrived can be logged as they are: their secret is not shown."""
    caplog.set_level(logging.DEBUG)
    async with Sandbox(projects=1).client() as client:
        agent = (await client.agents.list()).results[0]
        credentials = await client.agents.credentials(agent.agent_id)
        logging.getLogger("test").info("got %s", credentials)
    assert credentials.client_id in caplog.text
    assert credentials.client_secret not in caplog.text
