"""SCIM, as it goes over the wire."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from matillion_async import InvalidRequestError
from tests.matillion_async.scripted import Script, scripted_client
from tests.sandbox.conformance import ConformingSandbox

CORE = "urn:ietf:params:scim:schemas:core:2.0:"


async def test_the_schema_need_not_be_named() -> None:
    """Requests carry the URI that SCIM asks for, unless others are given, and are JSON."""
    script = Script(httpx.Response(201, json={"id": "1"}))
    async with scripted_client(script) as client:
        directory = client.directory_integration
        await directory.create_user(user_name="ada")
        await directory.replace_group("1", display_name="Readers")
        await directory.patch_user("1", operations=[{"op": "Remove", "path": "title"}])
        await directory.create_user(user_name="ada", schemas=["urn:other"])
    assert [
        {"schemas": [f"{CORE}User"], "userName": "ada"},
        {"schemas": [f"{CORE}Group"], "displayName": "Readers"},
        {
            "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
            "Operations": [{"op": "remove", "path": "title"}],
        },
        {"schemas": ["urn:other"], "userName": "ada"},
    ] == [json.loads(request.content) for request in script.requests]
    assert {"application/json"} == {request.headers["content-type"] for request in script.requests}


async def test_both_media_types_are_read() -> None:
    """A response may be SCIM's own JSON or plain JSON; that to a patch may be empty."""
    content = b'{"id": "1", "userName": "ada", "urn:extension": {"x": 1}}'
    scim = httpx.Response(200, content=content, headers={"Content-Type": "application/scim+json"})
    script = Script(scim, httpx.Response(200, content=content), httpx.Response(204))
    async with scripted_client(script) as client:
        directory = client.directory_integration
        users = [await directory.get_user("1"), await directory.get_user("1")]
        patched = await directory.patch_user("1", operations=[{"op": "add", "value": {}}])
    assert ("ada", {"x": 1}, None) == (users[0].user_name, users[0].extra["urn:extension"], patched)
    assert users[0] == users[1]


USER: dict[str, Any] = {
    "schemas": [f"{CORE}User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
    "id": "u1",
    "userName": "ada",
    "displayName": "Ada",
    "active": True,
    "title": "Countess",
    "nickName": None,
    "roles": [{"value": "admin", "primary": True}],
    "emails": [{"value": "ada@example.com", "type": "work", "display": "Ada"}],
    "name": {"givenName": "Ada", "honorificPrefix": "Lady"},
    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"manager": {"value": "u2"}},
    "meta": {"resourceType": "User", "location": "u1", "version": 'W/"1"'},
}
GROUP: dict[str, Any] = {
    "schemas": [f"{CORE}Group"],
    "id": "g1",
    "displayName": "Readers",
    "role": "READER",
    "members": [{"value": "u1", "ref": "u1", "type": "USER", "display": "Ada"}],
    "entitlements": ["x"],
}


async def test_nothing_that_was_read_is_lost_when_it_is_replaced() -> None:
    """Also what is not known; what is given is in its place."""
    script = Script(*(httpx.Response(200, json=each) for each in (USER, USER, GROUP, GROUP, GROUP)))
    async with scripted_client(script) as client:
        directory = client.directory_integration
        await directory.replace_user("u1", await directory.get_user("u1"), active=False)
        group = await directory.get_group("g1")
        await directory.replace_group("g1", group, display_name="All")
        await directory.replace_group("g1", group.to_dict(), members=[])
    sent = [json.loads(request.content) for request in script.requests if request.content]
    assert [
        {**USER, "active": False},
        {**GROUP, "displayName": "All"},
        {**GROUP, "members": []},
    ] == sent


async def test_a_model_that_was_changed_is_sent_as_it_is_now() -> None:
    """Fields that are not known are set like items of a mapping."""
    script = Script(httpx.Response(200, json=USER), httpx.Response(204))
    async with scripted_client(script) as client:
        user = await client.directory_integration.get_user("u1")
        user.display_name = "Augusta"
        user.extra["title"] = "Baroness"
        assert await client.directory_integration.replace_user("u1", user) is None
    changed = {"displayName": "Augusta", "title": "Baroness"}
    assert {**USER, **changed} == json.loads(script.requests[1].content)


async def test_a_name_is_needed() -> None:
    """A user or group without one is refused before anything is sent, and so is what is not a user or group."""
    script = Script(httpx.Response(200, json=USER))
    wrong: Any = "u1"
    async with scripted_client(script) as client:
        directory = client.directory_integration
        with pytest.raises(InvalidRequestError, match=r"replace_user: userName must be given"):
            await directory.replace_user("u1", active=False)
        with pytest.raises(InvalidRequestError, match=r"replace_group: displayName must be given"):
            await directory.replace_group("g1", {"id": "g1"})
        with pytest.raises(
            InvalidRequestError, match="a mapping is needed as it was read, not str"
        ):
            await directory.replace_user("u1", wrong)
    assert [] == script.requests


async def test_a_user_of_the_sandbox_is_replaced_as_it_was_read() -> None:
    """A server takes what it gave."""
    async with ConformingSandbox().client() as client:
        directory = client.directory_integration
        user = (await directory.list_users().all())[0]
        replaced = await directory.replace_user(user.id, user, display_name="Augusta")
        assert replaced is not None
        assert ("Augusta", user.emails) == (replaced.display_name, replaced.emails)
