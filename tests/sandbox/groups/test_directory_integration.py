"""Users and groups of the directory in the sandbox."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from matillion_async import BadRequestError, ConflictError, NotFoundError
from matillion_async.sandbox._problems import ProblemError
from matillion_async.sandbox._scim_patch import patched
from tests.sandbox.conformance import ConformingSandbox
from tests.sandbox.raw_client import signed_in

USERS = "/v1/directory-integration/scim/v2/Users"


@pytest.mark.virtual_time
async def test_a_user_lives() -> None:
    """It is created, found, replaced, patched and deleted, and knows when it was changed."""
    async with ConformingSandbox().client() as client:
        directory = client.directory_integration
        created = await directory.create_user(
            user_name="joan@example.com", name={"givenName": "Joan"}, active=True
        )
        assert created == await directory.get_user(created.id)

        await asyncio.sleep(60)
        replaced = await directory.replace_user(created.id, user_name="Joan@example.com")
        assert replaced is not None
        assert ("Joan@example.com", False) == (replaced.user_name, bool(replaced.active))
        assert replaced.meta
        assert created.meta
        assert replaced.meta.created == created.meta.created
        assert str(replaced.meta.last_modified) == "2026-01-01 00:01:00+00:00"

        changes: list[dict[str, Any]] = [{"op": "replace", "path": "active", "value": False}]
        patched = await directory.patch_user(created.id, operations=changes)
        assert patched is not None
        assert patched.active is False

        await directory.delete_user(created.id)
        with pytest.raises(NotFoundError):
            await directory.get_user(created.id)


async def test_there_are_users_and_a_group_from_the_start() -> None:
    """The group has both users as members, by name."""
    async with ConformingSandbox().client() as client:
        users = await client.directory_integration.list_users().all()
        groups = await client.directory_integration.list_groups().all()
    assert ["ada@example.com", "grace@example.com"] == [user.user_name for user in users]
    assert ["Developers"] == [group.display_name for group in groups]
    assert isinstance(groups[0].members, list)
    assert [(user.id, user.user_name) for user in users] == [
        (member.value, member.display) for member in groups[0].members
    ]
    assert groups[0].account_name == "Sandbox"


async def test_a_walk_asks_by_index() -> None:
    """All users come once, whatever the number per page."""
    async with ConformingSandbox().client() as client:
        directory = client.directory_integration
        for number in range(5):
            await directory.create_user(user_name=f"user-{number}")
        names = [user.user_name async for user in directory.list_users(count=3)]
        first = await directory.list_users(count=3)
        page = await directory.list_users(start_index=6, count=3)
    assert names[2:] == [f"user-{number}" for number in range(5)]
    assert (7, 1, 3) == (first.total_results, first.start_index, first.items_per_page)
    assert (7, 6, 2) == (page.total_results, page.start_index, page.items_per_page)


async def test_a_user_name_is_taken_once_in_any_case() -> None:
    """Creating and renaming give 409; a user may keep its own name."""
    async with ConformingSandbox().client() as client:
        directory = client.directory_integration
        ada, grace = await directory.list_users().all()
        with pytest.raises(ConflictError):
            await directory.create_user(user_name="ADA@example.com")
        with pytest.raises(ConflictError):
            await directory.replace_user(grace.id, user_name="Ada@example.com")
        replaced = await directory.replace_user(ada.id, user_name="ADA@example.com")
        assert replaced is not None
        assert replaced.id == ada.id


async def test_a_group_lives() -> None:
    """Members are added and removed; a user that is deleted is a member of nothing."""
    async with ConformingSandbox().client() as client:
        directory = client.directory_integration
        ada, grace = await directory.list_users().all()
        group = await directory.create_group(display_name="Readers", members=[{"value": ada.id}])
        await directory.patch_group(
            group.id,
            operations=[
                {"op": "add", "path": "members", "value": [{"value": grace.id}]},
                {"op": "remove", "path": f'members[value eq "{ada.id}"]'},
            ],
        )
        changed = await directory.get_group(group.id)
        assert isinstance(changed.members, list)
        assert [grace.id] == [member.value for member in changed.members]

        await directory.delete_user(grace.id)
        assert (await directory.get_group(group.id)).members == []
        replaced = await directory.replace_group(group.id, display_name="All")
        assert replaced is not None
        assert replaced.display_name == "All"
        await directory.delete_group(group.id)
        with pytest.raises(NotFoundError):
            await directory.get_group(group.id)


async def test_a_patch_is_all_or_nothing() -> None:
    """When one operation fails, those before it leave no trace, and neither does a result that is not a user."""
    async with ConformingSandbox().client() as client:
        directory = client.directory_integration
        ada = (await directory.list_users()).resources[0]  # type: ignore[index]
        for wrong in (
            {"op": "replace", "path": "id", "value": "other"},
            {"op": "remove", "path": "userName"},
            {"op": "replace", "path": "active", "value": "no"},
        ):
            changes = [{"op": "replace", "path": "displayName", "value": "X"}, wrong]
            with pytest.raises(BadRequestError):
                await directory.patch_user(ada.id, operations=changes)
        assert ada == await directory.get_user(ada.id)


async def test_scim_json_is_accepted_and_given() -> None:
    """Requests may use SCIM's own media type or plain JSON; what cannot be written is ignored."""
    async with signed_in(ConformingSandbox()) as client:
        for number, kind in enumerate(("application/scim+json", "application/json")):
            body = f'{{"userName": "user-{number}", "id": 5, "meta": 1}}'
            response = await client.post(USERS, content=body, headers={"Content-Type": kind})
            assert (201, "application/scim+json") == (
                response.status_code,
                response.headers["content-type"],
            )


PERSON: dict[str, Any] = {
    "userName": "ada",
    "name": {"givenName": "Ada"},
    "emails": [{"value": "a@x", "type": "work"}, {"value": "b@x", "type": "home"}],
}


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        ({"op": "add", "value": {"title": "Countess"}}, {"title": "Countess"}),
        ({"op": "add", "path": "name", "value": {"familyName": "L"}}, {"name": {"givenName": "Ada", "familyName": "L"}}),
        ({"op": "add", "path": "emails", "value": [PERSON["emails"][0]]}, {}),
        ({"op": "add", "path": "emails", "value": {"value": "c@x"}}, {"emails": [*PERSON["emails"], {"value": "c@x"}]}),
        ({"op": "replace", "path": "emails", "value": []}, {"emails": []}),
        ({"op": "remove", "path": 'emails[type eq "work"]'}, {"emails": PERSON["emails"][1:]}),
        ({"op": "remove", "path": 'emails[type eq "other"]'}, {}),
        ({"op": "remove", "path": "title"}, {}),
        ({"op": "remove", "path": 'phones[type eq "work"]'}, {"phones": []}),
    ],
)  # fmt: skip
def test_what_a_patch_does(operation: dict[str, Any], changed: dict[str, Any]) -> None:
    """Adding merges and does not repeat, replacing sets, removing takes away what matches."""
    assert PERSON | changed == patched(PERSON, [operation], frozenset())


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        ({"op": "add", "path": "title"}, "add needs a value"),
        ({"op": "remove"}, "remove needs a path"),
        ({"op": "add", "value": 5}, "must be an object"),
        ({"op": "add", "path": "emails[", "value": 5}, "not one that the sandbox understands"),
        ({"op": "replace", "path": "id", "value": 5}, "id cannot be changed"),
        ({"op": "replace", "path": "name.givenName", "value": "A"}, "not one that the sandbox understands"),
        ({"op": "replace", "path": 'emails[type eq "home"]', "value": {}}, "not one that the sandbox understands"),
        ({"op": "remove", "path": 'userName[type eq "x"]'}, "userName is not a list of objects"),
    ],
)  # fmt: skip
def test_what_a_patch_cannot_do(operation: dict[str, Any], reason: str) -> None:
    """The response says which operation failed, and why."""
    with pytest.raises(ProblemError) as caught:
        patched(PERSON, [{"op": "remove", "path": "title"}, operation], frozenset(["id"]))
    assert caught.value.status == 400
    assert caught.value.violations[0].startswith("Operations[1]: ")
    assert reason in caught.value.violations[0]
