# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``pipelines``."""

from ...models.published_pipeline import PublishedPipeline
from ...models.published_pipeline_page import PublishedPipelinePage
from ...types import UNSET, Listing, Session, Unset
from . import (
    list_published_pipelines as _list_published_pipelines,
)


class Pipelines:
    """Pipelines that are published to an environment."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        project: str,
        *,
        environment_name: str,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[PublishedPipeline, PublishedPipelinePage]:
        """List published pipelines.

        Lists the pipelines that are published to an environment of a project, one page at a time.
        A pipeline has no id: its name, the path of its file in the project, is what a start asks
        for. Pipelines that only ran in the designer are not listed; their executions are. The
        order is not documented.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            project (str): Id or exact name of the project.
            environment_name (str): Name of the environment. It may contain spaces and
                slashes.
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides, older guides, DataHub, Paradime CLI, ChatBotKit. Idempotent.
        """

        return self._session.listing(
            _list_published_pipelines.OPERATION,
            PublishedPipeline,
            project_id=project,
            environment_name=environment_name,
            page=page,
            size=size,
        )
