# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.agent_deployment_type import AgentDeploymentType
from ..models.warehouse import Warehouse
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class CreateProjectRequest(_Model):
    """The project to create.

    Attributes:
        name (str): Name of the project.
        warehouse (Warehouse): Cloud data warehouse of a project. Other values may be added.
        agent_deployment_type (AgentDeploymentType): Who hosts the agents of a project: HYBRID for your own
            infrastructure, FULL_SAAS for the vendor's. Other values may be added.
        description (str | Unset): Description of the project.
    """

    name: str
    warehouse: Warehouse
    agent_deployment_type: AgentDeploymentType
    description: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        warehouse = self.warehouse.value

        agent_deployment_type = self.agent_deployment_type.value

        description = self.description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "name": name,
                "warehouse": warehouse,
                "agentDeploymentType": agent_deployment_type,
            }
        )
        if description is not UNSET:
            field_dict["description"] = description

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        name: Any = d.pop("name", None)
        if type(name) is not str:
            name = reading.needed(reading.as_text(name), "name")

        warehouse: Any = d.pop("warehouse", None)
        if warehouse is None:
            raise reading.lacks("warehouse")
        warehouse = reading.as_member(Warehouse, warehouse, "warehouse")

        agent_deployment_type: Any = d.pop("agentDeploymentType", None)
        if agent_deployment_type is None:
            raise reading.lacks("agentDeploymentType")
        agent_deployment_type = reading.as_member(
            AgentDeploymentType, agent_deployment_type, "agentDeploymentType"
        )

        description: Any = d.pop("description", UNSET)
        if type(description) is not str and description is not UNSET:
            description = reading.given(reading.as_text(description))

        create_project_request = cls(
            name,
            warehouse,
            agent_deployment_type,
            description,
        )

        create_project_request.extra = d
        return create_project_request
