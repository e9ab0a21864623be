"""The hook: connections, their form, and the button Test."""

from __future__ import annotations

import json

import pytest
from airflow.models.connection import Connection
from airflow.providers_manager import ProvidersManager

from matillion_async import ConfigurationError, Secret
from matillion_async.airflow import MatillionHook
from matillion_async.sandbox import Sandbox, Served
from tests.airflow_provider.surroundings import connection


def test_airflow_knows_the_provider() -> None:
    """Its connection can be tested, and the form has names for what it asks for."""
    manager = ProvidersManager()
    assert "matillion-async" in manager.providers
    info = dict(manager.hooks.items())["matillion"]
    assert info is not None
    assert info.connection_testable
    assert {"region", "rate_limits", "token_url", "audience"} == {
        name.removeprefix("extra__matillion__")
        for name in manager.connection_form_widgets
        if "__matillion__" in name
    }
    behaviour = manager.field_behaviours["matillion"]
    assert "Client secret" == behaviour["relabeling"]["password"]
    assert "matillion_async.airflow.links.MatillionLink" in manager.extra_links_class_names


def test_one_client_for_all_uses(server: Served, sandbox: Sandbox) -> None:
    """What a task asks for goes through one client, with one token."""
    hook = MatillionHook()
    names = [each.name for each in hook.run(lambda client: client.projects.list().all())]
    assert ["Sales"] == names
    hook.run(lambda client: client.projects.find("Sales"))
    hook.close()
    assert 1 == sandbox.stats.token_requests
    assert ["Sales"] == [
        each.name for each in hook.run(lambda client: client.projects.list().all())
    ]
    hook.close()
    hook.close()


async def test_a_client_of_ones_own(server: Served) -> None:
    """Where there is an event loop, the hook gives a client."""
    async with MatillionHook().get_conn() as client:
        assert 1 == (await client.projects.list()).total


def test_the_button_works(server: Served) -> None:
    """It says where the connection leads, or what is wrong."""
    connection = Connection(conn_id="matillion_default", conn_type="matillion")
    assert (True, f"{server.url}/dpc lists 1 projects") == connection.test_connection()


def test_the_button_tells_what_is_wrong(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that is refused is an answer, and is not shown."""
    monkeypatch.setenv("AIRFLOW_CONN_WRONG", connection(server, password="a-wrong-secret"))
    is_good, text = MatillionHook("wrong").test_connection()
    assert not is_good
    assert "401" in text or "refused" in text, text
    assert "a-wrong-secret" not in text
    monkeypatch.setenv("AIRFLOW_CONN_EMPTY", json.dumps({"conn_type": "matillion"}))
    is_good, text = MatillionHook("empty").test_connection()
    assert not is_good
    assert "missing client_id" in text


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("matillion://me:hush@/?region=us1", None),
        ("matillion://me:hush@127.0.0.1:8800/http?region=", "http://127.0.0.1:8800"),
        ("matillion://me:hush@api.example.com", "https://api.example.com"),
    ],
)
def test_settings_of_a_connection(
    given: str, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A connection may be written as a URI; what is empty is left to the environment."""
    monkeypatch.setenv("AIRFLOW_CONN_AS_URI", given)
    settings = MatillionHook("as_uri").settings
    assert url == settings.get("base_url")
    assert ("us1" if url is None else None) == settings.get("region")
    assert "me" == settings.get("client_id")
    assert isinstance(settings.get("client_secret"), Secret)
    assert "hush" not in repr(settings)


def test_a_field_that_is_not_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named."""
    extra = {"region": 1}
    monkeypatch.setenv("AIRFLOW_CONN_ODD", json.dumps({"conn_type": "matillion", "extra": extra}))
    with pytest.raises(ConfigurationError, match="'odd': region must be text, not int"):
        _ = MatillionHook("odd").settings
