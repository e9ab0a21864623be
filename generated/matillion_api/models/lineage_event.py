# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.lineage_run_event import LineageRunEvent


@_attrs_define(repr=False, eq=False)
class LineageEvent(_Model):
    """A lineage event with its id.

    Attributes:
        id (None | str | Unset): Id of the event (a UUID).
        event (LineageRunEvent | None | Unset): The event itself.
    """

    id: None | str | Unset = UNSET
    event: LineageRunEvent | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.lineage_run_event import LineageRunEvent  # noqa: PLC0415

        id: None | str | Unset
        if isinstance(self.id, Unset):
            id = UNSET
        else:
            id = self.id

        event: dict[str, Any] | None | Unset
        if isinstance(self.event, Unset):
            event = UNSET
        elif isinstance(self.event, LineageRunEvent):
            event = self.event.to_dict()
        else:
            event = self.event

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if id is not UNSET:
            field_dict["id"] = id
        if event is not UNSET:
            field_dict["event"] = event

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.lineage_run_event import LineageRunEvent  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        id: Any = d.pop("id", UNSET)
        if type(id) is not str and id is not UNSET and id is not None:
            id = reading.as_text(id)

        event: Any = d.pop("event", UNSET)
        if event is not UNSET and event is not None:
            event = reading.as_object(LineageRunEvent, event, "event")

        lineage_event = cls(
            id,
            event,
        )

        lineage_event.extra = d
        return lineage_event
