# Generated from openapi/ by scripts/generate. Do not edit.
"""The operations of the group ``connectors``."""

import builtins

from ...models.custom_connector import CustomConnector
from ...models.flex_connector import FlexConnector
from ...types import Session
from . import (
    list_custom_connectors as _list_custom_connectors,
)
from . import (
    list_flex_connectors as _list_flex_connectors,
)


class Connectors:
    """Custom and Flex connectors of the account."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def list_custom(
        self,
    ) -> builtins.list[CustomConnector]:
        """List custom connectors.

        Lists the profiles of the account's custom connectors, all at once: no pages are known.

        Source: ChatBotKit, CI script, older guides. Idempotent.
        """

        return await self._session.call(
            _list_custom_connectors.OPERATION,
        )

    async def list_flex(
        self,
    ) -> builtins.list[FlexConnector]:
        """List Flex connectors.

        Lists the profiles of the account's Flex connectors, all at once: no pages are known.

        Source: ChatBotKit, CI script, older guides. Idempotent.
        """

        return await self._session.call(
            _list_flex_connectors.OPERATION,
        )
