# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``streaming_pipelines``."""

from collections.abc import Mapping
from typing import Any

from ...models.streaming_advanced_properties import StreamingAdvancedProperties
from ...models.streaming_pipeline import StreamingPipeline
from ...models.streaming_pipeline_command import StreamingPipelineCommand
from ...models.streaming_pipeline_command_request import StreamingPipelineCommandRequest
from ...models.streaming_pipeline_page import StreamingPipelinePage
from ...models.streaming_pipeline_request import StreamingPipelineRequest
from ...models.streaming_pipeline_state import StreamingPipelineState
from ...models.streaming_source import StreamingSource
from ...models.streaming_target import StreamingTarget
from ...types import UNSET, Listing, Session, Unset, as_model
from . import (
    create_streaming_pipeline as _create_streaming_pipeline,
)
from . import (
    delete_streaming_pipeline as _delete_streaming_pipeline,
)
from . import (
    get_streaming_pipeline as _get_streaming_pipeline,
)
from . import (
    get_streaming_pipeline_status as _get_streaming_pipeline_status,
)
from . import (
    list_streaming_pipelines as _list_streaming_pipelines,
)
from . import (
    replace_streaming_pipeline as _replace_streaming_pipeline,
)
from . import (
    send_streaming_pipeline_command as _send_streaming_pipeline_command,
)


class StreamingPipelines:
    """Streaming pipelines of a project, which copy changes of a database as they happen."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[StreamingPipeline, StreamingPipelinePage]:
        """List streaming pipelines.

        Lists the streaming pipelines of a project, one page at a time. The order is not
        documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: API reference, streaming provider. Idempotent.
        """

        return self._session.listing(
            _list_streaming_pipelines.OPERATION,
            StreamingPipeline,
            project_id=project,
            page=page,
            size=size,
        )

    async def create(
        self,
        project: str,
        *,
        name: str,
        agent_id: str,
        streaming_source: StreamingSource | Mapping[str, Any],
        streaming_target: StreamingTarget | Mapping[str, Any],
        advanced_properties: StreamingAdvancedProperties | Mapping[str, Any] | Unset = UNSET,
    ) -> StreamingPipeline:
        """Create a streaming pipeline.

        Creates a streaming pipeline and returns it. It does not run before it is told to start. A
        request whose response was lost must not be repeated blindly: list the streaming pipelines
        and look for the name first.

        Args:
            project (str): Id or exact name of the project.
            name (str): Name of the streaming pipeline.
            agent_id (str): Id of the streaming agent that runs it (a UUID).
            streaming_source (StreamingSource): Where a streaming pipeline reads changes.
            streaming_target (StreamingTarget): Where a streaming pipeline writes changes.
                Which fields apply depends on `type`.
            advanced_properties (StreamingAdvancedProperties | Unset): Advanced properties by
                name, numbers or strings. The repr does not show them, since one may be a
                password.

        Source: API reference, streaming provider. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _create_streaming_pipeline.OPERATION,
            project_id=project,
            body=StreamingPipelineRequest(
                name=name,
                agent_id=agent_id,
                streaming_source=as_model(StreamingSource, streaming_source),
                streaming_target=as_model(StreamingTarget, streaming_target),
                advanced_properties=advanced_properties
                if isinstance(advanced_properties, Unset)
                else as_model(StreamingAdvancedProperties, advanced_properties),
            ),
        )

    async def get(
        self,
        project: str,
        streaming_pipeline_id: str,
    ) -> StreamingPipeline:
        """Get a streaming pipeline.

        Returns a streaming pipeline.

        Args:
            project (str): Id or exact name of the project.
            streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).

        Source: API reference, streaming provider. Idempotent.
        """

        return await self._session.call(
            _get_streaming_pipeline.OPERATION,
            project_id=project,
            streaming_pipeline_id=streaming_pipeline_id,
        )

    async def replace(
        self,
        project: str,
        streaming_pipeline_id: str,
        *,
        name: str,
        agent_id: str,
        streaming_source: StreamingSource | Mapping[str, Any],
        streaming_target: StreamingTarget | Mapping[str, Any],
        advanced_properties: StreamingAdvancedProperties | Mapping[str, Any] | Unset = UNSET,
    ) -> StreamingPipeline | None:
        """Replace a streaming pipeline.

        Replaces the definition of a streaming pipeline as a whole, and returns it. What is not
        given is not kept.

        Args:
            project (str): Id or exact name of the project.
            streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
            name (str): Name of the streaming pipeline.
            agent_id (str): Id of the streaming agent that runs it (a UUID).
            streaming_source (StreamingSource): Where a streaming pipeline reads changes.
            streaming_target (StreamingTarget): Where a streaming pipeline writes changes.
                Which fields apply depends on `type`.
            advanced_properties (StreamingAdvancedProperties | Unset): Advanced properties by
                name, numbers or strings. The repr does not show them, since one may be a
                password.

        Source: API reference, streaming provider. Idempotent.
        """

        return await self._session.call(
            _replace_streaming_pipeline.OPERATION,
            project_id=project,
            streaming_pipeline_id=streaming_pipeline_id,
            body=StreamingPipelineRequest(
                name=name,
                agent_id=agent_id,
                streaming_source=as_model(StreamingSource, streaming_source),
                streaming_target=as_model(StreamingTarget, streaming_target),
                advanced_properties=advanced_properties
                if isinstance(advanced_properties, Unset)
                else as_model(StreamingAdvancedProperties, advanced_properties),
            ),
        )

    async def delete(
        self,
        project: str,
        streaming_pipeline_id: str,
    ) -> None:
        """Delete a streaming pipeline.

        Deletes a streaming pipeline. This cannot be undone. If a repeated request gets 404, the
        first one may have succeeded.

        Args:
            project (str): Id or exact name of the project.
            streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).

        Source: API reference, streaming provider. Idempotent.
        """

        await self._session.call(
            _delete_streaming_pipeline.OPERATION,
            project_id=project,
            streaming_pipeline_id=streaming_pipeline_id,
        )

    async def status(
        self,
        project: str,
        streaming_pipeline_id: str,
    ) -> StreamingPipelineState:
        """Get the status of a streaming pipeline.

        Returns whether a streaming pipeline runs.

        Args:
            project (str): Id or exact name of the project.
            streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).

        Source: API reference. Idempotent.
        """

        return await self._session.call(
            _get_streaming_pipeline_status.OPERATION,
            project_id=project,
            streaming_pipeline_id=streaming_pipeline_id,
        )

    async def command(
        self,
        project: str,
        streaming_pipeline_id: str,
        *,
        command: StreamingPipelineCommand | str,
    ) -> None:
        """Start or stop a streaming pipeline.

        Tells a streaming pipeline to start or to stop. Its status follows some time later.

        Args:
            project (str): Id or exact name of the project.
            streaming_pipeline_id (str): Id of the streaming pipeline (a UUID).
            command (StreamingPipelineCommand): What a streaming pipeline is to do.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        await self._session.call(
            _send_streaming_pipeline_command.OPERATION,
            project_id=project,
            streaming_pipeline_id=streaming_pipeline_id,
            body=StreamingPipelineCommandRequest(
                command=StreamingPipelineCommand(command),
            ),
        )
