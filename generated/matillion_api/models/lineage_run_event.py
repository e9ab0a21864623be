# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.lineage_dataset import LineageDataset
    from ..models.lineage_job import LineageJob
    from ..models.lineage_run import LineageRun


@_attrs_define(repr=False, eq=False)
class LineageRunEvent(_Model):
    """A run event as OpenLineage defines it. What it holds is kept as it came, dates as texts included, so that it can be
    passed on to any OpenLineage backend.

        Attributes:
            event_type (None | str | Unset): What became of the run, such as START, RUNNING, COMPLETE, ABORT, FAIL or OTHER.
            event_time (str | Unset): When that was, in ISO 8601.
            producer (str | Unset): URI of what made the event.
            schema_url (str | Unset): URI of the version of OpenLineage that defines the event.
            job (LineageJob | Unset): A pipeline, as OpenLineage names it.
            run (LineageRun | Unset): A run of a pipeline, as OpenLineage names it.
            inputs (list[LineageDataset] | Unset): What the run read.
            outputs (list[LineageDataset] | Unset): What the run wrote.
    """

    event_type: None | str | Unset = UNSET
    event_time: str | Unset = UNSET
    producer: str | Unset = UNSET
    schema_url: str | Unset = UNSET
    job: LineageJob | Unset = UNSET
    run: LineageRun | Unset = UNSET
    inputs: list[LineageDataset] | Unset = UNSET
    outputs: list[LineageDataset] | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        event_type: None | str | Unset
        if isinstance(self.event_type, Unset):
            event_type = UNSET
        else:
            event_type = self.event_type

        event_time = self.event_time

        producer = self.producer

        schema_url = self.schema_url

        job: dict[str, Any] | Unset = UNSET
        if not isinstance(self.job, Unset):
            job = self.job.to_dict()

        run: dict[str, Any] | Unset = UNSET
        if not isinstance(self.run, Unset):
            run = self.run.to_dict()

        inputs: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.inputs, Unset):
            inputs = []
            for inputs_item_data in self.inputs:
                inputs_item = inputs_item_data.to_dict()
                inputs.append(inputs_item)

        outputs: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.outputs, Unset):
            outputs = []
            for outputs_item_data in self.outputs:
                outputs_item = outputs_item_data.to_dict()
                outputs.append(outputs_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if event_type is not UNSET:
            field_dict["eventType"] = event_type
        if event_time is not UNSET:
            field_dict["eventTime"] = event_time
        if producer is not UNSET:
            field_dict["producer"] = producer
        if schema_url is not UNSET:
            field_dict["schemaURL"] = schema_url
        if job is not UNSET:
            field_dict["job"] = job
        if run is not UNSET:
            field_dict["run"] = run
        if inputs is not UNSET:
            field_dict["inputs"] = inputs
        if outputs is not UNSET:
            field_dict["outputs"] = outputs

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.lineage_dataset import LineageDataset  # noqa: PLC0415
        from ..models.lineage_job import LineageJob  # noqa: PLC0415
        from ..models.lineage_run import LineageRun  # noqa: PLC0415

        d = dict(src_dict)
        event_type: None | str | Unset = d.pop("eventType", UNSET)

        event_time = d.pop("eventTime", UNSET)

        producer = d.pop("producer", UNSET)

        schema_url = d.pop("schemaURL", UNSET)

        _job = d.pop("job", UNSET)
        job: LineageJob | Unset
        if _job is None or isinstance(_job, Unset):
            job = UNSET
        else:
            job = LineageJob.from_dict(_job)

        _run = d.pop("run", UNSET)
        run: LineageRun | Unset
        if _run is None or isinstance(_run, Unset):
            run = UNSET
        else:
            run = LineageRun.from_dict(_run)

        _inputs = d.pop("inputs", UNSET)
        inputs: list[LineageDataset] | Unset = UNSET
        if _inputs is not None and _inputs is not UNSET:
            inputs = []
            for inputs_item_data in _inputs:
                inputs_item = LineageDataset.from_dict(inputs_item_data)

                inputs.append(inputs_item)

        _outputs = d.pop("outputs", UNSET)
        outputs: list[LineageDataset] | Unset = UNSET
        if _outputs is not None and _outputs is not UNSET:
            outputs = []
            for outputs_item_data in _outputs:
                outputs_item = LineageDataset.from_dict(outputs_item_data)

                outputs.append(outputs_item)

        lineage_run_event = cls(
            event_type,
            event_time,
            producer,
            schema_url,
            job,
            run,
            inputs,
            outputs,
        )

        lineage_run_event.additional_properties = d
        return lineage_run_event

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
