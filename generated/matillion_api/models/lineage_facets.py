# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class LineageFacets(_Model):
    """Further facts by name, each an object whose shape its `_schemaURL` tells."""

    def to_dict(self) -> dict[str, Any]:

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        lineage_facets = cls()

        lineage_facets.extra = d
        return lineage_facets
