# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.git_provider import GitProvider
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.git_provider_parameters import GitProviderParameters


@_attrs_define(repr=False, eq=False)
class ConnectRepositoryRequest(_Model):
    """The repository to connect.

    Attributes:
        provider (GitProvider): Where the repository is. Other values may be added.
        repository_name (str): Name of the repository, at most 255 characters.
        provider_parameters (GitProviderParameters): What finds the repository at its provider; which fields apply
            depends on the provider.
    """

    provider: GitProvider
    repository_name: str
    provider_parameters: GitProviderParameters

    def to_dict(self) -> dict[str, Any]:
        provider = self.provider.value

        repository_name = self.repository_name

        provider_parameters = self.provider_parameters.to_dict()

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "provider": provider,
                "repositoryName": repository_name,
                "providerParameters": provider_parameters,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.git_provider_parameters import GitProviderParameters  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        provider: Any = d.pop("provider", None)
        if provider is None:
            raise reading.lacks("provider")
        provider = reading.as_member(GitProvider, provider, "provider")

        repository_name: Any = d.pop("repositoryName", None)
        if type(repository_name) is not str:
            repository_name = reading.needed(reading.as_text(repository_name), "repositoryName")

        provider_parameters: Any = d.pop("providerParameters", None)
        if provider_parameters is None:
            raise reading.lacks("providerParameters")
        provider_parameters = reading.as_object(
            GitProviderParameters, provider_parameters, "providerParameters"
        )

        connect_repository_request = cls(
            provider,
            repository_name,
            provider_parameters,
        )

        connect_repository_request.extra = d
        return connect_repository_request
