# Generated from openapi/ by scripts/generate. Do not edit.
"""The models of requests and answers; each is imported when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent_deployment_type import AgentDeploymentType
    from .artifact import Artifact
    from .artifact_details import ArtifactDetails
    from .artifact_files import ArtifactFiles
    from .artifact_page import ArtifactPage
    from .connection_property_value import ConnectionPropertyValue
    from .connection_property_values import ConnectionPropertyValues
    from .create_environment_request import CreateEnvironmentRequest
    from .create_project_request import CreateProjectRequest
    from .create_schedule_request import CreateScheduleRequest
    from .created_project import CreatedProject
    from .created_schedule import CreatedSchedule
    from .default_connection_names import DefaultConnectionNames
    from .default_connections import DefaultConnections
    from .environment import Environment
    from .environment_connection_override import EnvironmentConnectionOverride
    from .environment_page import EnvironmentPage
    from .grid_variables import GridVariables
    from .ignored_resource import IgnoredResource
    from .project import Project
    from .project_page import ProjectPage
    from .promote_artifact_request import PromoteArtifactRequest
    from .promoted_artifact import PromotedArtifact
    from .scalar_variables import ScalarVariables
    from .schedule import Schedule
    from .schedule_interval import ScheduleInterval
    from .schedule_page import SchedulePage
    from .schedule_settings import ScheduleSettings
    from .scheduled_pipeline import ScheduledPipeline
    from .shared_pipeline import SharedPipeline
    from .shared_pipeline_artifact import SharedPipelineArtifact
    from .shared_pipeline_artifact_details import SharedPipelineArtifactDetails
    from .uploaded_artifact import UploadedArtifact
    from .user_access_level import UserAccessLevel
    from .warehouse import Warehouse

_MODULES = {
    "AgentDeploymentType": ".agent_deployment_type",
    "Artifact": ".artifact",
    "ArtifactDetails": ".artifact_details",
    "ArtifactFiles": ".artifact_files",
    "ArtifactPage": ".artifact_page",
    "ConnectionPropertyValue": ".connection_property_value",
    "ConnectionPropertyValues": ".connection_property_values",
    "CreateEnvironmentRequest": ".create_environment_request",
    "CreateProjectRequest": ".create_project_request",
    "CreateScheduleRequest": ".create_schedule_request",
    "CreatedProject": ".created_project",
    "CreatedSchedule": ".created_schedule",
    "DefaultConnectionNames": ".default_connection_names",
    "DefaultConnections": ".default_connections",
    "Environment": ".environment",
    "EnvironmentConnectionOverride": ".environment_connection_override",
    "EnvironmentPage": ".environment_page",
    "GridVariables": ".grid_variables",
    "IgnoredResource": ".ignored_resource",
    "Project": ".project",
    "ProjectPage": ".project_page",
    "PromoteArtifactRequest": ".promote_artifact_request",
    "PromotedArtifact": ".promoted_artifact",
    "ScalarVariables": ".scalar_variables",
    "Schedule": ".schedule",
    "ScheduleInterval": ".schedule_interval",
    "SchedulePage": ".schedule_page",
    "ScheduleSettings": ".schedule_settings",
    "ScheduledPipeline": ".scheduled_pipeline",
    "SharedPipeline": ".shared_pipeline",
    "SharedPipelineArtifact": ".shared_pipeline_artifact",
    "SharedPipelineArtifactDetails": ".shared_pipeline_artifact_details",
    "UploadedArtifact": ".uploaded_artifact",
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
    "Artifact",
    "ArtifactDetails",
    "ArtifactFiles",
    "ArtifactPage",
    "ConnectionPropertyValue",
    "ConnectionPropertyValues",
    "CreatedProject",
    "CreatedSchedule",
    "CreateEnvironmentRequest",
    "CreateProjectRequest",
    "CreateScheduleRequest",
    "DefaultConnectionNames",
    "DefaultConnections",
    "Environment",
    "EnvironmentConnectionOverride",
    "EnvironmentPage",
    "GridVariables",
    "IgnoredResource",
    "Project",
    "ProjectPage",
    "PromoteArtifactRequest",
    "PromotedArtifact",
    "ScalarVariables",
    "Schedule",
    "ScheduledPipeline",
    "ScheduleInterval",
    "SchedulePage",
    "ScheduleSettings",
    "SharedPipeline",
    "SharedPipelineArtifact",
    "SharedPipelineArtifactDetails",
    "UploadedArtifact",
    "UserAccessLevel",
    "Warehouse",
)
