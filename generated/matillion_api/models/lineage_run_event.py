# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset, as_plain
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.lineage_dataset import LineageDataset
    from ..models.lineage_job import LineageJob
    from ..models.lineage_run import LineageRun


@_attrs_define(repr=False, eq=False)
class LineageRunEvent(_Model):
    """A run event as OpenLineage defines it. What it holds is kept as it came, dates as strings included, so that it can
    be passed on to any OpenLineage backend.

        Attributes:
            event_type (None | str | Unset): What became of the run, such as START, RUNNING, COMPLETE, ABORT, FAIL or OTHER.
            event_time (None | str | Unset): When that was, in ISO 8601.
            producer (None | str | Unset): URI of what made the event.
            schema_url (None | str | Unset): URI of the version of OpenLineage that defines the event.
            job (LineageJob | None | Unset): The pipeline.
            run (LineageRun | None | Unset): The run of the pipeline.
            inputs (list[LineageDataset] | None | Unset): What the run read.
            outputs (list[LineageDataset] | None | Unset): What the run wrote.
    """

    event_type: None | str | Unset = UNSET
    event_time: None | str | Unset = UNSET
    producer: None | str | Unset = UNSET
    schema_url: None | str | Unset = UNSET
    job: LineageJob | None | Unset = UNSET
    run: LineageRun | None | Unset = UNSET
    inputs: list[LineageDataset] | None | Unset = UNSET
    outputs: list[LineageDataset] | None | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        from ..models.lineage_job import LineageJob  # noqa: PLC0415
        from ..models.lineage_run import LineageRun  # noqa: PLC0415

        event_type: None | str | Unset
        if isinstance(self.event_type, Unset):
            event_type = UNSET
        else:
            event_type = self.event_type

        event_time: None | str | Unset
        if isinstance(self.event_time, Unset):
            event_time = UNSET
        else:
            event_time = self.event_time

        producer: None | str | Unset
        if isinstance(self.producer, Unset):
            producer = UNSET
        else:
            producer = self.producer

        schema_url: None | str | Unset
        if isinstance(self.schema_url, Unset):
            schema_url = UNSET
        else:
            schema_url = self.schema_url

        job: dict[str, Any] | None | Unset
        if isinstance(self.job, Unset):
            job = UNSET
        elif isinstance(self.job, LineageJob):
            job = self.job.to_dict()
        else:
            job = self.job

        run: dict[str, Any] | None | Unset
        if isinstance(self.run, Unset):
            run = UNSET
        elif isinstance(self.run, LineageRun):
            run = self.run.to_dict()
        else:
            run = self.run

        inputs: Any = as_plain(self.inputs)

        outputs: Any = as_plain(self.outputs)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
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

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        event_type: Any = d.pop("eventType", UNSET)
        if type(event_type) is not str and event_type is not UNSET and event_type is not None:
            event_type = reading.as_text(event_type)

        event_time: Any = d.pop("eventTime", UNSET)
        if type(event_time) is not str and event_time is not UNSET and event_time is not None:
            event_time = reading.as_text(event_time)

        producer: Any = d.pop("producer", UNSET)
        if type(producer) is not str and producer is not UNSET and producer is not None:
            producer = reading.as_text(producer)

        schema_url: Any = d.pop("schemaURL", UNSET)
        if type(schema_url) is not str and schema_url is not UNSET and schema_url is not None:
            schema_url = reading.as_text(schema_url)

        job: Any = d.pop("job", UNSET)
        if job is not UNSET and job is not None:
            job = reading.as_object(LineageJob, job, "job")

        run: Any = d.pop("run", UNSET)
        if run is not UNSET and run is not None:
            run = reading.as_object(LineageRun, run, "run")

        inputs: Any = d.pop("inputs", UNSET)
        if inputs is not UNSET and inputs is not None:
            inputs = reading.as_list(LineageDataset.from_dict, inputs, "inputs")

        outputs: Any = d.pop("outputs", UNSET)
        if outputs is not UNSET and outputs is not None:
            outputs = reading.as_list(LineageDataset.from_dict, outputs, "outputs")

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

        lineage_run_event.extra = d
        return lineage_run_event
