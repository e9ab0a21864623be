# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``shared_pipelines``."""

from ...models.shared_pipeline import SharedPipeline
from ...models.shared_pipeline_page import SharedPipelinePage
from ...types import UNSET, Listing, Session, Unset
from . import (
    list_shared_pipelines as _list_shared_pipelines,
)


class SharedPipelines:
    """Pipelines that several projects share."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def list(
        self,
        *,
        page: int | Unset = UNSET,
        size: int | Unset = UNSET,
    ) -> Listing[SharedPipeline, SharedPipelinePage]:
        """List shared pipelines.

        Lists the pipelines that projects of the account share, one page at a time.

        ``await`` it for one page, a sequence of its items; walk it with ``async for`` for the items of all
        pages, with ``.pages()`` for the pages, or collect them with ``.all()``. A walk that is not told a size asks for
        100 items at a time.

        Args:
            page (int | Unset): Number of the page to return. The first page is 0.
            size (int | Unset): Number of items per page, from 1 to 100.

        Source: guides. Idempotent.
        """

        return self._session.listing(
            _list_shared_pipelines.OPERATION,
            SharedPipeline,
            page=page,
            size=size,
        )
