# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``secret_references``."""

from ...models.create_secret_reference_request import CreateSecretReferenceRequest
from ...models.secret_reference import SecretReference
from ...models.secret_reference_agent_type import SecretReferenceAgentType
from ...models.secret_reference_page import SecretReferencePage
from ...models.secret_reference_type import SecretReferenceType
from ...types import UNSET, Listing, Session, Unset
from . import (
    create_secret_reference as _create_secret_reference,
)
from . import (
    list_secret_references as _list_secret_references,
)


class SecretReferences:
    """Names of secrets that live in a secret store."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[SecretReference, SecretReferencePage]:
        """List secret references.

        Lists the secret references of a project, one page at a time. They name secrets and hold
        none. The order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides. Idempotent.
        """

        return self._session.listing(
            _list_secret_references.OPERATION,
            SecretReference,
            project_id=project,
            page=page,
            size=size,
        )

    async def create(
        self,
        project: str,
        secret_reference_name: str,
        *,
        agent_type: SecretReferenceAgentType | str,
        secret_reference_type: SecretReferenceType | str,
        secret_name: str,
        secret_key: str | Unset = UNSET,
        description: str | Unset = UNSET,
        agent_id: str | Unset = UNSET,
    ) -> None:
        """Create a secret reference.

        Gives a secret in a secret store a name in the project. The secret itself is not sent. A
        request whose response was lost must not be repeated blindly: list the secret references
        first.

        Args:
            project (str): Id or exact name of the project.
            secret_reference_name (str): Name of the new secret reference: at most 128
                letters, digits, and the signs _ - ( ).
            agent_type (SecretReferenceAgentType): Whose secret store it is. Other values may
                be added.
            secret_reference_type (SecretReferenceType): Kind of secret. Other values may be
                added.
            secret_name (str): Name of the secret in the store.
            secret_key (str | Unset): Key inside the secret.
            description (str | Unset): Description of the secret reference.
            agent_id (str | Unset): Id of the agent that reads the secret (a UUID); older
                versions need it.

        Source: API reference, guides. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _create_secret_reference.OPERATION,
            project_id=project,
            secret_reference_name=secret_reference_name,
            body=CreateSecretReferenceRequest(
                agent_type=SecretReferenceAgentType(agent_type),
                secret_reference_type=SecretReferenceType(secret_reference_type),
                secret_name=secret_name,
                secret_key=secret_key,
                description=description,
                agent_id=agent_id,
            ),
        )
