# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``shared_pipelines``."""

from ...models.shared_pipeline_artifact import SharedPipelineArtifact
from ...types import UNSET, Session, Unset
from . import (
    get_shared_pipeline_artifact_details as _get_shared_pipeline_artifact_details,
)


class SharedPipelines:
    """Published versions of pipelines that several projects share."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def details(
        self,
        *,
        shared_pipeline_id_prefix: str,
        version_name: str | Unset = UNSET,
    ) -> SharedPipelineArtifact:
        """Get the details of a shared pipeline artifact.

        Describes a published version of shared pipelines: where it came from, and which pipelines
        are in it.

        Args:
            shared_pipeline_id_prefix (str): What the ids of the shared pipelines begin with.
            version_name (str | Unset): Name of the version.

        Source: REF. Idempotent.
        """

        return await self._session.call(
            _get_shared_pipeline_artifact_details.OPERATION,
            shared_pipeline_id_prefix=shared_pipeline_id_prefix,
            version_name=version_name,
        )
