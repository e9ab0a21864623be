# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class PublishedPipeline(_Model):
    """A pipeline that is published to an environment.

    Attributes:
        name (str): Path of the pipeline's file in the project, usually with the suffix `.orch.yaml` or `.tran.yaml`. It
            identifies the pipeline.
        published_time (datetime.datetime | None | Unset): When it was published.
    """

    name: str
    published_time: datetime.datetime | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        published_time: None | str | Unset
        if isinstance(self.published_time, Unset):
            published_time = UNSET
        elif isinstance(self.published_time, datetime.datetime):
            published_time = self.published_time.isoformat()
        else:
            published_time = self.published_time

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
            }
        )
        if published_time is not UNSET:
            field_dict["publishedTime"] = published_time

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        published_time: Any = d.pop("publishedTime", UNSET)
        if published_time is not UNSET and published_time is not None:
            published_time = reading.as_moment(published_time, "publishedTime")

        published_pipeline = cls(
            name,
            published_time,
        )

        published_pipeline.extra = d
        return published_pipeline
