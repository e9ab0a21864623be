# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a connection."""

from typing import Any

from ... import reading
from ...client import Client, respond
from ...models.connection import Connection
from ...models.create_connection_request import CreateConnectionRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    *,
    body: CreateConnectionRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/connections".format(
            project_id=path_segment("project", project_id),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


_FIELDS = frozenset(
    [
        "name",
        "id",
        "projectId",
        "platformConnectionType",
        "authProvider",
        "authType",
        "connectionDetails",
        "connectionOverrides",
        "createdBy",
        "createdDate",
    ]
)


def _parse(data: Any) -> Connection:
    return Connection.from_dict(reading.documented(data, _FIELDS))


OPERATION: Operation[Connection] = Operation(
    id="connections.create",
    method="POST",
    path="/v1/projects/{projectId}/connections",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="json",
    may_be_empty=False,
    projects=("project_id",),
    secret=True,
)


async def asyncio_detailed(
    project_id: str,
    *,
    client: Client,
    body: CreateConnectionRequest,
) -> Response[Connection]:
    """Create a connection.

    Creates a connection that components of pipelines use, and returns it. Its secrets are
    named, not sent. A request whose response was lost must not be repeated blindly: list the
    connections and look for the name first. These go together: the type `COMPONENT_BASIC`
    with the provider `NONE` and `GENERIC_SECRET`; with a connector such as `salesforce` and
    `OAUTH_CLIENT_CRED`, `OAUTH_USER_TOKENS` or `OAUTH_AUTHORIZATION_CODE`; with `netsuite`
    and `COMPOSITE_TOKEN`; with `x-ads` and `OAUTH_1_0_X_ADS`. The type
    `CLOUD_PLATFORM_CREDENTIALS` goes with `aws`, `gcp` or `azure` and
    `CLOUD_PROVIDER_SECRET`, and its secret is the property `credentialSecretName`.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateConnectionRequest): The connection to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    *,
    client: Client,
    body: CreateConnectionRequest,
) -> Connection:
    """Create a connection.

    Creates a connection that components of pipelines use, and returns it. Its secrets are
    named, not sent. A request whose response was lost must not be repeated blindly: list the
    connections and look for the name first. These go together: the type `COMPONENT_BASIC`
    with the provider `NONE` and `GENERIC_SECRET`; with a connector such as `salesforce` and
    `OAUTH_CLIENT_CRED`, `OAUTH_USER_TOKENS` or `OAUTH_AUTHORIZATION_CODE`; with `netsuite`
    and `COMPOSITE_TOKEN`; with `x-ads` and `OAUTH_1_0_X_ADS`. The type
    `CLOUD_PLATFORM_CREDENTIALS` goes with `aws`, `gcp` or `azure` and
    `CLOUD_PROVIDER_SECRET`, and its secret is the property `credentialSecretName`.

    Args:
        project_id (str): Id of the project (a UUID).
        body (CreateConnectionRequest): The connection to create.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        body=body,
    )
    return (await respond(client, OPERATION, kwargs)).parsed
