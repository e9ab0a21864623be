"""SCIM, as it goes over the wire."""

from __future__ import annotations

import json

import httpx

from tests.matillion_async.scripted import Script, scripted_client

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
    """An answer may be SCIM's own JSON or plain JSON; a patch may be answered with nothing."""
    content = b'{"id": "1", "userName": "ada", "urn:extension": {"x": 1}}'
    scim = httpx.Response(200, content=content, headers={"Content-Type": "application/scim+json"})
    script = Script(scim, httpx.Response(200, content=content), httpx.Response(204))
    async with scripted_client(script) as client:
        directory = client.directory_integration
        users = [await directory.get_user("1"), await directory.get_user("1")]
        patched = await directory.patch_user("1", operations=[{"op": "add", "value": {}}])
    assert ("ada", {"x": 1}, None) == (users[0].user_name, users[0]["urn:extension"], patched)
    assert users[0] == users[1]
