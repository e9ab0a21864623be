# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset, unwrap
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class Artifact(_Model):
    """A version of a project that is published to an environment.

    Attributes:
        branch (None | str | Unset): Git branch that the files are from.
        commit_hash (None | str | Unset): Git commit that the files are from.
        created_at (datetime.datetime | None | Unset): When it was uploaded.
        deployed_at (datetime.datetime | None | Unset): When it was published to this environment.
        enabled (bool | None | Unset): Whether its pipelines can run; starting one of a disabled version gives 410.
        provider (None | str | Unset): Where the Git repository is.
        version_name (None | str | Unset): Name of the version.
    """

    branch: None | str | Unset = UNSET
    commit_hash: None | str | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    deployed_at: datetime.datetime | None | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    provider: None | str | Unset = UNSET
    version_name: None | str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        branch: None | str | Unset
        if isinstance(self.branch, Unset):
            branch = UNSET
        else:
            branch = self.branch

        commit_hash: None | str | Unset
        if isinstance(self.commit_hash, Unset):
            commit_hash = UNSET
        else:
            commit_hash = self.commit_hash

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        elif isinstance(self.created_at, datetime.datetime):
            created_at = self.created_at.isoformat()
        else:
            created_at = self.created_at

        deployed_at: None | str | Unset
        if isinstance(self.deployed_at, Unset):
            deployed_at = UNSET
        elif isinstance(self.deployed_at, datetime.datetime):
            deployed_at = self.deployed_at.isoformat()
        else:
            deployed_at = self.deployed_at

        enabled: bool | None | Unset
        if isinstance(self.enabled, Unset):
            enabled = UNSET
        else:
            enabled = self.enabled

        provider: None | str | Unset
        if isinstance(self.provider, Unset):
            provider = UNSET
        else:
            provider = self.provider

        version_name: None | str | Unset
        if isinstance(self.version_name, Unset):
            version_name = UNSET
        else:
            version_name = self.version_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if branch is not UNSET:
            field_dict["branch"] = branch
        if commit_hash is not UNSET:
            field_dict["commitHash"] = commit_hash
        if created_at is not UNSET:
            field_dict["createdAt"] = created_at
        if deployed_at is not UNSET:
            field_dict["deployedAt"] = deployed_at
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if provider is not UNSET:
            field_dict["provider"] = provider
        if version_name is not UNSET:
            field_dict["versionName"] = version_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = reading.as_mapping(unwrap(src_dict, "details"))
        branch: Any = d.pop("branch", UNSET)
        if type(branch) is not str and branch is not UNSET and branch is not None:
            branch = reading.as_text(branch)

        commit_hash: Any = d.pop("commitHash", UNSET)
        if type(commit_hash) is not str and commit_hash is not UNSET and commit_hash is not None:
            commit_hash = reading.as_text(commit_hash)

        created_at: Any = d.pop("createdAt", UNSET)
        if created_at is not UNSET and created_at is not None:
            created_at = reading.as_moment(created_at, "createdAt")

        deployed_at: Any = d.pop("deployedAt", UNSET)
        if deployed_at is not UNSET and deployed_at is not None:
            deployed_at = reading.as_moment(deployed_at, "deployedAt")

        enabled: Any = d.pop("enabled", UNSET)
        if type(enabled) is not bool and enabled is not UNSET and enabled is not None:
            enabled = reading.as_boolean(enabled)

        provider: Any = d.pop("provider", UNSET)
        if type(provider) is not str and provider is not UNSET and provider is not None:
            provider = reading.as_text(provider)

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET and version_name is not None:
            version_name = reading.as_text(version_name)

        artifact = cls(
            branch,
            commit_hash,
            created_at,
            deployed_at,
            enabled,
            provider,
            version_name,
        )

        artifact.extra = d
        return artifact
