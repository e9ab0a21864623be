# Generated from openapi/ by scripts/generate. Do not edit.
"""Create a secret reference."""

from typing import Any

from ...client import Client, respond
from ...models.create_secret_reference_request import CreateSecretReferenceRequest
from ...types import Operation, Response, check_body, path_segment


def _get_kwargs(
    project_id: str,
    secret_reference_name: str,
    *,
    body: CreateSecretReferenceRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/v1/projects/{project_id}/secret-references/{secret_reference_name}".format(
            project_id=path_segment("project", project_id),
            secret_reference_name=path_segment("secret_reference_name", secret_reference_name),
        ),
    }

    _kwargs["json"] = body.to_dict()

    check_body(_kwargs.get("json"))
    _kwargs["headers"] = headers
    return _kwargs


def _parse(data: Any) -> None:
    return None


OPERATION: Operation[None] = Operation(
    id="secret_references.create",
    method="POST",
    path="/v1/projects/{projectId}/secret-references/{secretReferenceName}",
    idempotent=False,
    get_kwargs=_get_kwargs,
    parse=_parse,
    body="none",
    may_be_empty=False,
    projects=("project_id",),
)


async def asyncio_detailed(
    project_id: str,
    secret_reference_name: str,
    *,
    client: Client,
    body: CreateSecretReferenceRequest,
) -> Response[None]:
    """Create a secret reference.

    Gives a secret in a secret store a name in the project. The secret itself is not sent. A
    request whose response was lost must not be repeated blindly: list the secret references
    first.

    Args:
        project_id (str): Id of the project (a UUID).
        secret_reference_name (str): Name of the new secret reference: at most 128 letters,
            digits, and the signs _ - ( ).
        body (CreateSecretReferenceRequest): The secret that the name stands for.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        secret_reference_name=secret_reference_name,
        body=body,
    )
    return await respond(client, OPERATION, kwargs)


async def asyncio(
    project_id: str,
    secret_reference_name: str,
    *,
    client: Client,
    body: CreateSecretReferenceRequest,
) -> None:
    """Create a secret reference.

    Gives a secret in a secret store a name in the project. The secret itself is not sent. A
    request whose response was lost must not be repeated blindly: list the secret references
    first.

    Args:
        project_id (str): Id of the project (a UUID).
        secret_reference_name (str): Name of the new secret reference: at most 128 letters,
            digits, and the signs _ - ( ).
        body (CreateSecretReferenceRequest): The secret that the name stands for.

    Raises:
        errors.InvalidArgument: an argument is out of bounds; nothing was sent.
        errors.UnexpectedStatus: the response is not a success.
        httpx.HTTPError: no whole response arrived.

    Source: API reference, guides.
    """

    kwargs = _get_kwargs(
        project_id=project_id,
        secret_reference_name=secret_reference_name,
        body=body,
    )
    await respond(client, OPERATION, kwargs)
