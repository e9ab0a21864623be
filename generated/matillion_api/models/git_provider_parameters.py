# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class GitProviderParameters(_Model):
    """What finds the repository at its provider; which fields apply depends on the provider.

    Attributes:
        owner_name (str | Unset): User or organization that owns the repository (github).
        organization (str | Unset): Organization (azure-devops).
        repository_id (str | Unset): Id of the repository (azure-devops).
        tenant_id (str | Unset): Id of the tenant (azure-devops).
    """

    owner_name: str | Unset = UNSET
    organization: str | Unset = UNSET
    repository_id: str | Unset = UNSET
    tenant_id: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        owner_name = self.owner_name

        organization = self.organization

        repository_id = self.repository_id

        tenant_id = self.tenant_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if owner_name is not UNSET:
            field_dict["ownerName"] = owner_name
        if organization is not UNSET:
            field_dict["organization"] = organization
        if repository_id is not UNSET:
            field_dict["repositoryId"] = repository_id
        if tenant_id is not UNSET:
            field_dict["tenantId"] = tenant_id

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        owner_name: Any = d.pop("ownerName", UNSET)
        if type(owner_name) is not str and owner_name is not UNSET:
            owner_name = reading.given(reading.as_text(owner_name))

        organization: Any = d.pop("organization", UNSET)
        if type(organization) is not str and organization is not UNSET:
            organization = reading.given(reading.as_text(organization))

        repository_id: Any = d.pop("repositoryId", UNSET)
        if type(repository_id) is not str and repository_id is not UNSET:
            repository_id = reading.given(reading.as_text(repository_id))

        tenant_id: Any = d.pop("tenantId", UNSET)
        if type(tenant_id) is not str and tenant_id is not UNSET:
            tenant_id = reading.given(reading.as_text(tenant_id))

        git_provider_parameters = cls(
            owner_name,
            organization,
            repository_id,
            tenant_id,
        )

        git_provider_parameters.extra = d
        return git_provider_parameters
