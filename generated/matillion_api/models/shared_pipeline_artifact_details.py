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
class SharedPipelineArtifactDetails(_Model):
    """A published version of shared pipelines.

    Attributes:
        branch (None | str | Unset): Git branch it was published from.
        commit_hash (None | str | Unset): Git commit it was published from.
        created_at (datetime.datetime | None | Unset): When it was published.
        enabled (bool | None | Unset): Whether it can be used.
        provider (None | str | Unset): Where the Git repository is.
        shared_pipeline_id_prefix (None | str | Unset): What the ids of its pipelines begin with.
        version_name (None | str | Unset): Name of the version.
    """

    branch: None | str | Unset = UNSET
    commit_hash: None | str | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    enabled: bool | None | Unset = UNSET
    provider: None | str | Unset = UNSET
    shared_pipeline_id_prefix: None | str | Unset = UNSET
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

        shared_pipeline_id_prefix: None | str | Unset
        if isinstance(self.shared_pipeline_id_prefix, Unset):
            shared_pipeline_id_prefix = UNSET
        else:
            shared_pipeline_id_prefix = self.shared_pipeline_id_prefix

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
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if provider is not UNSET:
            field_dict["provider"] = provider
        if shared_pipeline_id_prefix is not UNSET:
            field_dict["sharedPipelineIdPrefix"] = shared_pipeline_id_prefix
        if version_name is not UNSET:
            field_dict["versionName"] = version_name

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = reading.as_mapping(unwrap(src_dict, "artifactDetails"))
        branch: Any = d.pop("branch", UNSET)
        if type(branch) is not str and branch is not UNSET and branch is not None:
            branch = reading.as_text(branch)

        commit_hash: Any = d.pop("commitHash", UNSET)
        if type(commit_hash) is not str and commit_hash is not UNSET and commit_hash is not None:
            commit_hash = reading.as_text(commit_hash)

        created_at: Any = d.pop("createdAt", UNSET)
        if created_at is not UNSET and created_at is not None:
            created_at = reading.as_moment(created_at, "createdAt")

        enabled: Any = d.pop("enabled", UNSET)
        if type(enabled) is not bool and enabled is not UNSET and enabled is not None:
            enabled = reading.as_boolean(enabled)

        provider: Any = d.pop("provider", UNSET)
        if type(provider) is not str and provider is not UNSET and provider is not None:
            provider = reading.as_text(provider)

        shared_pipeline_id_prefix: Any = d.pop("sharedPipelineIdPrefix", UNSET)
        if (
            type(shared_pipeline_id_prefix) is not str
            and shared_pipeline_id_prefix is not UNSET
            and shared_pipeline_id_prefix is not None
        ):
            shared_pipeline_id_prefix = reading.as_text(shared_pipeline_id_prefix)

        version_name: Any = d.pop("versionName", UNSET)
        if type(version_name) is not str and version_name is not UNSET and version_name is not None:
            version_name = reading.as_text(version_name)

        shared_pipeline_artifact_details = cls(
            branch,
            commit_hash,
            created_at,
            enabled,
            provider,
            shared_pipeline_id_prefix,
            version_name,
        )

        shared_pipeline_artifact_details.extra = d
        return shared_pipeline_artifact_details
