# Generated from openapi/ by scripts/generate. Do not edit.
"""The models of requests and answers; each is imported when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent_deployment_type import AgentDeploymentType
    from .connection_property_value import ConnectionPropertyValue
    from .connection_property_values import ConnectionPropertyValues
    from .create_environment_request import CreateEnvironmentRequest
    from .create_project_request import CreateProjectRequest
    from .created_project import CreatedProject
    from .default_connection_names import DefaultConnectionNames
    from .default_connections import DefaultConnections
    from .environment import Environment
    from .environment_connection_override import EnvironmentConnectionOverride
    from .environment_page import EnvironmentPage
    from .project import Project
    from .project_page import ProjectPage
    from .user_access_level import UserAccessLevel
    from .warehouse import Warehouse

_MODULES = {
    "AgentDeploymentType": ".agent_deployment_type",
    "ConnectionPropertyValue": ".connection_property_value",
    "ConnectionPropertyValues": ".connection_property_values",
    "CreateEnvironmentRequest": ".create_environment_request",
    "CreateProjectRequest": ".create_project_request",
    "CreatedProject": ".created_project",
    "DefaultConnectionNames": ".default_connection_names",
    "DefaultConnections": ".default_connections",
    "Environment": ".environment",
    "EnvironmentConnectionOverride": ".environment_connection_override",
    "EnvironmentPage": ".environment_page",
    "Project": ".project",
    "ProjectPage": ".project_page",
    "UserAccessLevel": ".user_access_level",
    "Warehouse": ".warehouse",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_MODULES[name], __name__), name)
    globals()[name] = value
    return value


__all__ = (
    "AgentDeploymentType",
    "ConnectionPropertyValue",
    "ConnectionPropertyValues",
    "CreatedProject",
    "CreateEnvironmentRequest",
    "CreateProjectRequest",
    "DefaultConnectionNames",
    "DefaultConnections",
    "Environment",
    "EnvironmentConnectionOverride",
    "EnvironmentPage",
    "Project",
    "ProjectPage",
    "UserAccessLevel",
    "Warehouse",
)
