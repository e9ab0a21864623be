# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from .. import reading, types
from ..types import File
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ArtifactFiles(_Model):
    """Files by their paths in the project, with forward slashes, such as `ingest/daily.orch.yaml`. Each is text and sent
    as text/plain.

    """

    extra: dict[str, File] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        for prop_name, prop in self.extra.items():
            field_dict[prop_name] = prop.to_tuple()

        return field_dict

    def to_multipart(self) -> types.RequestFiles:
        files: types.RequestFiles = []

        for prop_name, prop in self.extra.items():
            files.append((prop_name, prop.to_tuple()))

        return files

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        artifact_files = cls()

        additional_properties = {}
        for prop_name, prop_dict in d.items():
            additional_property = File.of(prop_dict)

            additional_properties[prop_name] = additional_property

        artifact_files.extra = additional_properties
        return artifact_files
