"""What an error says of an answer that cannot be read."""

from __future__ import annotations

import traceback
from typing import Any

import httpx
import pytest
from matillion_api.api.agents.get_agent import OPERATION as GET_AGENT
from matillion_api.api.agents.get_agent_credentials import OPERATION as GET_CREDENTIALS
from matillion_api.api.streaming_pipelines.get_streaming_pipeline import OPERATION as GET_STREAMING
from matillion_api.types import Operation

from matillion_async import ResponseDecodingError
from matillion_async._calls.responses import decode

SECRET = "s3cret-value"


@pytest.mark.parametrize(
    ("operation", "content"),
    [
        (GET_CREDENTIALS, f'{{"clientId": "a", "secret": "{SECRET}"}}'),
        (GET_CREDENTIALS, f'{{"clientSecret": "{SECRET}"'),
        (GET_CREDENTIALS, f'["{SECRET}"]'),
        (
            GET_STREAMING,
            f'{{"streamingPipelineId": "a", "streamingSource": {{"type": ["{SECRET}"]}}}}',
        ),
    ],
)
def test_an_answer_that_may_hold_a_secret_is_not_repeated(
    operation: Operation[Any], content: str
) -> None:
    """Secrets in an answer that cannot be read are in no message, body or traceback."""
    with pytest.raises(ResponseDecodingError) as caught:
        decode(operation, httpx.Response(200, text=content))
    assert "it may hold a secret" in caught.value.body
    assert SECRET not in "".join(traceback.format_exception(caught.value))


def test_any_other_answer_is_repeated() -> None:
    """The beginning of an answer without secrets helps to find out what happened."""
    with pytest.raises(ResponseDecodingError) as caught:
        decode(GET_AGENT, httpx.Response(200, text='{"agentId": "a"}'))
    assert '{"agentId": "a"}' == caught.value.body
