# Generated from openapi/ by scripts/generate. Do not edit.
"""The client of the plain generated functions."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from attrs import define, field

from . import errors
from .types import Operation, Response

if TYPE_CHECKING:
    import httpx


T = TypeVar("T")


@define
class Client:
    """Holds the httpx client that the plain generated functions send through.

    Args:
        base_url: URL before ``/v1``, such as ``https://eu1.api.matillion.com/dpc``.
        headers: sent with every request; never shown in a repr.
        timeout: seconds for connecting, reading and writing; 30 unless given.
        httpx_args: further arguments for ``httpx.AsyncClient``.
    """

    _base_url: str = field(alias="base_url")
    _headers: dict[str, str] = field(factory=dict, kw_only=True, alias="headers", repr=False)
    _timeout: "httpx.Timeout | float" = field(
        default=30.0, kw_only=True, alias="timeout", repr=False
    )
    _httpx_args: dict[str, Any] = field(factory=dict, kw_only=True, alias="httpx_args", repr=False)
    _async_client: "httpx.AsyncClient | None" = field(default=None, init=False, repr=False)

    def set_async_httpx_client(self, async_client: "httpx.AsyncClient") -> Self:
        """Send through this client from now on; its base URL, headers and timeout rule."""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> "httpx.AsyncClient":
        """The httpx client; it is made at the first call unless one was set."""
        if self._async_client is None:
            import httpx

            self._async_client = httpx.AsyncClient(
                base_url=self._base_url,
                headers=self._headers,
                timeout=self._timeout,
                **self._httpx_args,
            )
        return self._async_client

    async def aclose(self) -> None:
        """Close the httpx client, if there is one."""
        if self._async_client is not None:
            await self._async_client.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exc_info: object) -> None:
        await self.aclose()


async def respond(client: Client, operation: Operation[T], kwargs: dict[str, Any]) -> Response[T]:
    """Send the request of an operation, and read its response.

    Args:
        client: sends it.
        operation: is also an extension of the request, for transports.
        kwargs: what ``operation.get_kwargs`` returns.
    """
    response = await client.get_async_httpx_client().request(
        **kwargs, extensions={"operation": operation}
    )
    if not response.is_success:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=operation.decode(response),
    )
