# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

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
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        owner_name = self.owner_name

        organization = self.organization

        repository_id = self.repository_id

        tenant_id = self.tenant_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
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

        git_provider_parameters.additional_properties = d
        return git_provider_parameters

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
