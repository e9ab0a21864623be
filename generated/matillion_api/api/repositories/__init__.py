# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``repositories``."""

from collections.abc import Mapping
from typing import Any

from ...models.connect_repository_request import ConnectRepositoryRequest
from ...models.git_provider import GitProvider
from ...models.git_provider_parameters import GitProviderParameters
from ...types import UNSET, Session, Unset, as_model
from . import (
    connect_repository as _connect_repository,
)
from . import (
    rotate_repository_token as _rotate_repository_token,
)


class Repositories:
    """The Git repository of a project."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def connect(
        self,
        project: str,
        *,
        provider: GitProvider | str,
        repository_name: str,
        provider_parameters: GitProviderParameters | Mapping[str, Any],
        git_provider_access_token: str | Unset = UNSET,
    ) -> None:
        """Connect a project to a Git repository.

        Connects a project to a repository of a Git provider. A request whose response was lost
        must not be repeated blindly: look at the project first.

        Args:
            project (str): Id or exact name of the project.
            provider (GitProvider): Where the repository is. Other values may be added.
            repository_name (str): Name of the repository, at most 255 characters.
            provider_parameters (GitProviderParameters): What finds the repository at its
                provider; which fields apply depends on the provider.
            git_provider_access_token (str | Unset): Access token of the Git provider. It is a
                secret; read it from where secrets are kept.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _connect_repository.OPERATION,
            project_id=project,
            body=ConnectRepositoryRequest(
                provider=GitProvider(provider),
                repository_name=repository_name,
                provider_parameters=as_model(GitProviderParameters, provider_parameters),
            ),
            git_provider_access_token=git_provider_access_token,
        )

    async def rotate_token(
        self,
        project: str,
        *,
        git_provider_access_token: str,
    ) -> None:
        """Replace the access token of the Git repository.

        Replaces the access token that the project's repository is read with.

        Args:
            project (str): Id or exact name of the project.
            git_provider_access_token (str): The new access token. It is a secret; read it
                from where secrets are kept.

        Source: API reference. Idempotent.
        """

        await self._session.call(
            _rotate_repository_token.OPERATION,
            project_id=project,
            git_provider_access_token=git_provider_access_token,
        )
