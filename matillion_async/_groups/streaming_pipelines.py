"""Streaming pipelines, replaced without losing what this package does not know of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matillion_api.api import streaming_pipelines as generated
from matillion_api.api.streaming_pipelines import replace_streaming_pipeline
from matillion_api.models.streaming_advanced_properties import StreamingAdvancedProperties
from matillion_api.models.streaming_pipeline import StreamingPipeline
from matillion_api.models.streaming_pipeline_request import StreamingPipelineRequest
from matillion_api.models.streaming_source import StreamingSource
from matillion_api.models.streaming_target import StreamingTarget
from matillion_api.types import UNSET, Unset, as_model

from matillion_async._groups.replacing import replacement
from matillion_async._names.matching import Kind

_STREAMING_PIPELINE: Kind[StreamingPipeline] = Kind(
    "streaming pipeline",
    lambda pipeline: pipeline.name,
    lambda pipeline: pipeline.streaming_pipeline_id,
)


class StreamingPipelines(generated.StreamingPipelines):
    """Streaming pipelines of a project, which copy changes of a database as they happen."""

    async def find(self, project: str, streaming_pipeline: str) -> StreamingPipeline:
        """Find a streaming pipeline by its exact name, or by its id; the listing is walked for it.

        Args:
            project: id or exact name of the project.
            streaming_pipeline: exact name or id of the streaming pipeline.

        Raises:
            ResourceNameError: there is none, or several; the message and ``candidates`` tell what is near.
        """
        return await _STREAMING_PIPELINE.find(streaming_pipeline, self.list(project))

    async def replace(
        self,
        project: str,
        streaming_pipeline_id: str,
        present: StreamingPipeline | Mapping[str, Any] | None = None,
        *,
        name: str | Unset = UNSET,
        agent_id: str | Unset = UNSET,
        streaming_source: StreamingSource | Mapping[str, Any] | Unset = UNSET,
        streaming_target: StreamingTarget | Mapping[str, Any] | Unset = UNSET,
        advanced_properties: StreamingAdvancedProperties | Mapping[str, Any] | Unset = UNSET,
    ) -> StreamingPipeline | None:
        """Replace the definition of a streaming pipeline; what is neither given nor in ``present`` is not kept.

        Args:
            project: id or exact name of the project.
            streaming_pipeline_id: id of the streaming pipeline.
            present: the pipeline as it was read. All of it but its ids is sent again, also what this package does not
                know. The fields below must be given unless it has them.
            name: its name.
            agent_id: id of the streaming agent that runs it.
            streaming_source: where it reads changes.
            streaming_target: where it writes them.
            advanced_properties: advanced properties by name; these alone may be left out.

        Returns:
            The pipeline as it is now; None where the response is a success without a body.

        Raises:
            InvalidRequestError: a field is missing that is needed; nothing was sent.
        """
        given = {
            "name": name,
            "agentId": agent_id,
            "streamingSource": streaming_source,
            "streamingTarget": streaming_target,
            "advancedProperties": advanced_properties,
        }
        body = replacement(
            "streaming_pipelines.replace",
            present,
            given,
            needed=["name", "agentId", "streamingSource", "streamingTarget"],
            in_the_path=["streamingPipelineId", "projectId"],
        )
        return await self._session.call(
            replace_streaming_pipeline.OPERATION,
            project_id=project,
            streaming_pipeline_id=streaming_pipeline_id,
            body=as_model(StreamingPipelineRequest, body),
        )
