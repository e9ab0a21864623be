# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``pipeline_reviews``."""

import builtins

from ...models.pipeline_review import PipelineReview
from ...models.review_pipelines_request import ReviewPipelinesRequest
from ...types import UNSET, Session, Unset
from . import (
    review_pipelines as _review_pipelines,
)


class PipelineReviews:
    """Reviews of the quality of pipelines."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def create(
        self,
        project: str,
        *,
        branch_name: str,
        commit_id: str,
        data_warehouse_type: str,
        file_paths: builtins.list[str] | Unset = UNSET,
        agent_version: str,
    ) -> PipelineReview:
        """Review pipelines.

        Reviews the quality of the pipelines in a commit, or of some of its files, and returns
        what was found. A request whose response was lost is not repeated, since nothing tells
        whether a second review costs anything.

        Args:
            project (str): Id or exact name of the project.
            branch_name (str): Git branch.
            commit_id (str): Git commit.
            data_warehouse_type (str): Warehouse that the pipelines are for, such as
                `SNOWFLAKE`; its values are not documented.
            file_paths (list[str] | Unset): Paths of the files to review; all unless given.
            agent_version (str): Version of the agent whose rules are to be used. Sent in a
                header, so printable ASCII only.

        Source: API reference. Not idempotent: never sent again when its outcome is unknown.
        """

        return await self._session.call(
            _review_pipelines.OPERATION,
            project_id=project,
            body=ReviewPipelinesRequest(
                branch_name=branch_name,
                commit_id=commit_id,
                data_warehouse_type=data_warehouse_type,
                file_paths=file_paths,
            ),
            agent_version=agent_version,
        )
