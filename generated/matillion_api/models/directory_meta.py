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
class DirectoryMeta(_Model):
    """What kind of object this is, and when it was changed (RFC 7643, section 3.1).

    Attributes:
        resource_type (None | str | Unset): Kind of the object.
        created (datetime.datetime | None | Unset): When it was created.
        last_modified (datetime.datetime | None | Unset): When it was last changed.
    """

    resource_type: None | str | Unset = UNSET
    created: datetime.datetime | None | Unset = UNSET
    last_modified: datetime.datetime | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        resource_type: None | str | Unset
        if isinstance(self.resource_type, Unset):
            resource_type = UNSET
        else:
            resource_type = self.resource_type

        created: None | str | Unset
        if isinstance(self.created, Unset):
            created = UNSET
        elif isinstance(self.created, datetime.datetime):
            created = self.created.isoformat()
        else:
            created = self.created

        last_modified: None | str | Unset
        if isinstance(self.last_modified, Unset):
            last_modified = UNSET
        elif isinstance(self.last_modified, datetime.datetime):
            last_modified = self.last_modified.isoformat()
        else:
            last_modified = self.last_modified

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if resource_type is not UNSET:
            field_dict["resourceType"] = resource_type
        if created is not UNSET:
            field_dict["created"] = created
        if last_modified is not UNSET:
            field_dict["lastModified"] = last_modified

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        resource_type: Any = d.pop("resourceType", UNSET)
        if (
            type(resource_type) is not str
            and resource_type is not UNSET
            and resource_type is not None
        ):
            resource_type = reading.as_text(resource_type)

        created: Any = d.pop("created", UNSET)
        if created is not UNSET and created is not None:
            created = reading.as_moment(created, "created")

        last_modified: Any = d.pop("lastModified", UNSET)
        if last_modified is not UNSET and last_modified is not None:
            last_modified = reading.as_moment(last_modified, "lastModified")

        directory_meta = cls(
            resource_type,
            created,
            last_modified,
        )

        directory_meta.extra = d
        return directory_meta
