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
class AuditEvent(_Model):
    """Something that happened in the account.

    Attributes:
        event_id (str | Unset): Id of the event (a UUID).
        event_timestamp (datetime.datetime | None | Unset): When it happened.
        event_type (None | str | Unset): Kind of the event, such as LOGIN. The kinds are not documented.
        event_name (None | str | Unset): Name of the event.
        event_description (None | str | Unset): What happened, for a person to read.
        event_source (None | str | Unset): The part of the product where it happened.
        event_project_id (None | str | Unset): Id of the project it happened in.
        event_subject_id (None | str | Unset): Id of what it happened to.
        event_subject_name (None | str | Unset): Name of what it happened to.
        event_subject_type (None | str | Unset): Kind of what it happened to.
        actor_id (None | str | Unset): Id of the one who did it.
        actor_email (None | str | Unset): Email address of the one who did it.
        additional_info (Any | Unset): Further facts about the event, as an object or, in older versions of the API, as
            a string.
    """

    event_id: str | Unset = UNSET
    event_timestamp: datetime.datetime | None | Unset = UNSET
    event_type: None | str | Unset = UNSET
    event_name: None | str | Unset = UNSET
    event_description: None | str | Unset = UNSET
    event_source: None | str | Unset = UNSET
    event_project_id: None | str | Unset = UNSET
    event_subject_id: None | str | Unset = UNSET
    event_subject_name: None | str | Unset = UNSET
    event_subject_type: None | str | Unset = UNSET
    actor_id: None | str | Unset = UNSET
    actor_email: None | str | Unset = UNSET
    additional_info: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        event_id = self.event_id

        event_timestamp: None | str | Unset
        if isinstance(self.event_timestamp, Unset):
            event_timestamp = UNSET
        elif isinstance(self.event_timestamp, datetime.datetime):
            event_timestamp = self.event_timestamp.isoformat()
        else:
            event_timestamp = self.event_timestamp

        event_type: None | str | Unset
        if isinstance(self.event_type, Unset):
            event_type = UNSET
        else:
            event_type = self.event_type

        event_name: None | str | Unset
        if isinstance(self.event_name, Unset):
            event_name = UNSET
        else:
            event_name = self.event_name

        event_description: None | str | Unset
        if isinstance(self.event_description, Unset):
            event_description = UNSET
        else:
            event_description = self.event_description

        event_source: None | str | Unset
        if isinstance(self.event_source, Unset):
            event_source = UNSET
        else:
            event_source = self.event_source

        event_project_id: None | str | Unset
        if isinstance(self.event_project_id, Unset):
            event_project_id = UNSET
        else:
            event_project_id = self.event_project_id

        event_subject_id: None | str | Unset
        if isinstance(self.event_subject_id, Unset):
            event_subject_id = UNSET
        else:
            event_subject_id = self.event_subject_id

        event_subject_name: None | str | Unset
        if isinstance(self.event_subject_name, Unset):
            event_subject_name = UNSET
        else:
            event_subject_name = self.event_subject_name

        event_subject_type: None | str | Unset
        if isinstance(self.event_subject_type, Unset):
            event_subject_type = UNSET
        else:
            event_subject_type = self.event_subject_type

        actor_id: None | str | Unset
        if isinstance(self.actor_id, Unset):
            actor_id = UNSET
        else:
            actor_id = self.actor_id

        actor_email: None | str | Unset
        if isinstance(self.actor_email, Unset):
            actor_email = UNSET
        else:
            actor_email = self.actor_email

        additional_info = self.additional_info

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if event_id is not UNSET:
            field_dict["eventId"] = event_id
        if event_timestamp is not UNSET:
            field_dict["eventTimestamp"] = event_timestamp
        if event_type is not UNSET:
            field_dict["eventType"] = event_type
        if event_name is not UNSET:
            field_dict["eventName"] = event_name
        if event_description is not UNSET:
            field_dict["eventDescription"] = event_description
        if event_source is not UNSET:
            field_dict["eventSource"] = event_source
        if event_project_id is not UNSET:
            field_dict["eventProjectId"] = event_project_id
        if event_subject_id is not UNSET:
            field_dict["eventSubjectId"] = event_subject_id
        if event_subject_name is not UNSET:
            field_dict["eventSubjectName"] = event_subject_name
        if event_subject_type is not UNSET:
            field_dict["eventSubjectType"] = event_subject_type
        if actor_id is not UNSET:
            field_dict["actorId"] = actor_id
        if actor_email is not UNSET:
            field_dict["actorEmail"] = actor_email
        if additional_info is not UNSET:
            field_dict["additionalInfo"] = additional_info

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        event_id: Any = d.pop("eventId", UNSET)
        if type(event_id) is not str and event_id is not UNSET:
            event_id = reading.given(reading.as_text(event_id))

        event_timestamp: Any = d.pop("eventTimestamp", UNSET)
        if event_timestamp is not UNSET and event_timestamp is not None:
            event_timestamp = reading.as_moment(event_timestamp, "eventTimestamp")

        event_type: Any = d.pop("eventType", UNSET)
        if type(event_type) is not str and event_type is not UNSET and event_type is not None:
            event_type = reading.as_text(event_type)

        event_name: Any = d.pop("eventName", UNSET)
        if type(event_name) is not str and event_name is not UNSET and event_name is not None:
            event_name = reading.as_text(event_name)

        event_description: Any = d.pop("eventDescription", UNSET)
        if (
            type(event_description) is not str
            and event_description is not UNSET
            and event_description is not None
        ):
            event_description = reading.as_text(event_description)

        event_source: Any = d.pop("eventSource", UNSET)
        if type(event_source) is not str and event_source is not UNSET and event_source is not None:
            event_source = reading.as_text(event_source)

        event_project_id: Any = d.pop("eventProjectId", UNSET)
        if (
            type(event_project_id) is not str
            and event_project_id is not UNSET
            and event_project_id is not None
        ):
            event_project_id = reading.as_text(event_project_id)

        event_subject_id: Any = d.pop("eventSubjectId", UNSET)
        if (
            type(event_subject_id) is not str
            and event_subject_id is not UNSET
            and event_subject_id is not None
        ):
            event_subject_id = reading.as_text(event_subject_id)

        event_subject_name: Any = d.pop("eventSubjectName", UNSET)
        if (
            type(event_subject_name) is not str
            and event_subject_name is not UNSET
            and event_subject_name is not None
        ):
            event_subject_name = reading.as_text(event_subject_name)

        event_subject_type: Any = d.pop("eventSubjectType", UNSET)
        if (
            type(event_subject_type) is not str
            and event_subject_type is not UNSET
            and event_subject_type is not None
        ):
            event_subject_type = reading.as_text(event_subject_type)

        actor_id: Any = d.pop("actorId", UNSET)
        if type(actor_id) is not str and actor_id is not UNSET and actor_id is not None:
            actor_id = reading.as_text(actor_id)

        actor_email: Any = d.pop("actorEmail", UNSET)
        if type(actor_email) is not str and actor_email is not UNSET and actor_email is not None:
            actor_email = reading.as_text(actor_email)

        additional_info: Any = d.pop("additionalInfo", UNSET)

        audit_event = cls(
            event_id,
            event_timestamp,
            event_type,
            event_name,
            event_description,
            event_source,
            event_project_id,
            event_subject_id,
            event_subject_name,
            event_subject_type,
            actor_id,
            actor_email,
            additional_info,
        )

        audit_event.extra = d
        return audit_event
