"""What the generated code does with what the spec says: secrets, constants, lists in one value, nested answers."""

from __future__ import annotations

from typing import Any

import pytest
from matillion_api.api.agents import Agents
from matillion_api.api.connections import Connections
from matillion_api.api.repositories import Repositories
from matillion_api.errors import InvalidArgument
from matillion_api.models.agent_allow_list import AgentAllowList
from matillion_api.models.agent_credentials import AgentCredentials
from matillion_api.models.agent_track import AgentTrack
from matillion_api.models.agent_version_details import AgentVersionDetails
from matillion_api.models.connection_property_value import ConnectionPropertyValue
from matillion_api.models.streaming_pipeline import StreamingPipeline
from matillion_api.models.streaming_secret import StreamingSecret
from matillion_api.models.streaming_secret_type import StreamingSecretType
from matillion_api.types import Operation, as_model

SECRET = "s3cret-value"


class Recorder:
    """A session that sends nothing and keeps what would have been sent."""

    def __init__(self) -> None:
        self.sent: dict[str, Any] = {}

    async def call(self, operation: Operation[Any], /, **arguments: Any) -> Any:
        self.sent = operation.get_kwargs(**arguments)

    def listing(self, operation: Operation[Any], item: type, /, **arguments: Any) -> Any:
        return self.call(operation, **arguments)


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        (AgentCredentials, {"clientId": "id", "clientSecret": SECRET}),
        (AgentCredentials, {"clientId": "id", "clientSecret": "x", "secret": SECRET}),
        (ConnectionPropertyValue, {"value": SECRET}),
        (
            StreamingPipeline,
            {
                "streamingPipelineId": "id",
                "streamingSource": {
                    "type": "postgres",
                    "connection": {"jdbcProperties": {"password": SECRET}},
                },
                "advancedProperties": {"sink.password": SECRET},
            },
        ),
    ],
)
def test_a_secret_is_in_no_repr(model: Any, fields: dict[str, Any]) -> None:
    """A field of ``format: password``, and a field that a model with secrets does not know, is not shown."""
    made = model.from_dict(fields)
    assert fields == made.to_dict()
    assert SECRET not in repr(made)
    assert SECRET not in str(made)


def test_what_is_no_secret_is_shown() -> None:
    """Only secrets are missing from a repr."""
    assert "client_id='id'" in repr(AgentCredentials("id", SECRET))


async def test_a_constant_is_no_argument() -> None:
    """What has one value only is sent without being asked for."""
    session = Recorder()
    await Agents(session).refresh_credentials("a1")
    assert {"action": "SECRET_REFRESH"} == session.sent["json"]


async def test_a_list_in_one_value() -> None:
    """A list that the API wants in one value is sent with commas; without it nothing is sent."""
    session = Recorder()
    connections = Connections(session)
    await connections.list("p1", connection_names=["a b", "c"], page=0)
    assert {"connectionNames": "a b,c", "page": 0} == session.sent["params"]
    await connections.list("p1")
    assert {} == session.sent["params"]


@pytest.mark.parametrize("names", [["a", "b,c"], [""], "abc"])
async def test_a_value_that_would_become_another_is_refused(names: Any) -> None:
    """A comma in a name, an empty name, or a text in place of a list would delete something else."""
    with pytest.raises(InvalidArgument, match="connection_names must"):
        await Connections(Recorder()).delete_overrides(
            "p1", environment_name="Prod", connection_names=names
        )


@pytest.mark.parametrize(
    "token", [f"{SECRET}\n", f"{SECRET}é", f"{SECRET}\x00", f"{SECRET} ", "", b"x"]
)
async def test_a_header_that_cannot_be_sent_is_refused(token: Any) -> None:
    """A token with the end of its line, or no text at all, is refused without being repeated."""
    with pytest.raises(InvalidArgument, match="Git-Provider-Access-Token") as caught:
        await Repositories(Recorder()).rotate_token("p1", git_provider_access_token=token)
    assert SECRET not in str(caught.value)


async def test_a_header_is_sent_as_it_is() -> None:
    """The token of the Git provider goes into its header, and nowhere if there is none."""
    session = Recorder()
    repositories = Repositories(session)
    await repositories.rotate_token("p1", git_provider_access_token=SECRET)
    assert {"Git-Provider-Access-Token": SECRET} == session.sent["headers"]
    await repositories.connect(
        "p1", provider="github", repository_name="r", provider_parameters={"ownerName": "o"}
    )
    assert {} == session.sent["headers"]


@pytest.mark.parametrize("nested", [False, True])
def test_an_allow_list_nested_once_or_twice(nested: bool) -> None:
    """Projects inside of projects, as one example has it, read as projects."""
    projects = {"p1": {"environments": ["Prod"]}, "p2": {}}
    read = AgentAllowList.from_dict({"projects": {"projects": projects} if nested else projects})
    assert ["Prod"] == read.projects.extra["p1"].environments
    assert {"projects": projects} == read.to_dict()


@pytest.mark.parametrize("key", ["secretKey", "key"])
def test_the_key_of_a_secret_by_either_name(key: str) -> None:
    """Both names are read, and a pipeline is sent back with the name it came with."""
    fields = {"secretType": "aws_secrets_manager", "secretName": "db", key: "password"}
    read = StreamingSecret.from_dict(fields)
    assert "password" == (read.secret_key or read.key)
    assert StreamingSecretType.AWS_SECRETS_MANAGER is read.secret_type
    assert fields[key] == read.to_dict()[key]


@pytest.mark.parametrize("name", ["current", "CURRENT"])
def test_a_track_in_any_case(name: str) -> None:
    """The track of an agent is read in the case of either source."""
    assert AgentTrack.CURRENT is AgentVersionDetails.from_dict({"trackName": name}).track_name


async def test_a_track_is_sent_as_the_operation_wants_it() -> None:
    """Creating an agent wants the track in lower case, updating one in upper case."""
    session = Recorder()
    agents = Agents(session)
    await agents.create(
        name="a",
        agent_type="streaming",
        cloud_provider="aws",
        deployment="eks",
        track_name="STABLE",
    )
    assert "stable" == session.sent["json"]["trackName"]
    await agents.update("a1", track_name="stable")
    assert {"trackName": "STABLE"} == session.sent["json"]


@pytest.mark.parametrize("projects", [{"p1": ["Prod"]}, {"p1": "Prod"}, {"p1": None}])
def test_a_mapping_of_another_form_is_refused(projects: Any) -> None:
    """What is not a model in form is one clear error, not one from inside the model."""
    with pytest.raises(InvalidArgument, match="AgentAllowList cannot be made"):
        as_model(AgentAllowList, {"projects": projects}).to_dict()
