# Generated from openapi/ by scripts/generate. Do not edit.
"""The models of requests and answers; each is imported when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .agent_deployment_type import AgentDeploymentType
    from .audit_event import AuditEvent
    from .audit_event_page import AuditEventPage
    from .charged_user import ChargedUser
    from .connection_property_value import ConnectionPropertyValue
    from .connection_property_values import ConnectionPropertyValues
    from .consumption_day import ConsumptionDay
    from .consumption_dimensions import ConsumptionDimensions
    from .consumption_item import ConsumptionItem
    from .consumption_report import ConsumptionReport
    from .consumption_type import ConsumptionType
    from .create_environment_request import CreateEnvironmentRequest
    from .create_project_request import CreateProjectRequest
    from .created_project import CreatedProject
    from .custom_connector import CustomConnector
    from .default_connection_names import DefaultConnectionNames
    from .default_connections import DefaultConnections
    from .directory_email import DirectoryEmail
    from .directory_group import DirectoryGroup
    from .directory_group_list import DirectoryGroupList
    from .directory_group_request import DirectoryGroupRequest
    from .directory_member import DirectoryMember
    from .directory_meta import DirectoryMeta
    from .directory_patch import DirectoryPatch
    from .directory_patch_kind import DirectoryPatchKind
    from .directory_patch_operation import DirectoryPatchOperation
    from .directory_user import DirectoryUser
    from .directory_user_list import DirectoryUserList
    from .directory_user_name import DirectoryUserName
    from .directory_user_request import DirectoryUserRequest
    from .environment import Environment
    from .environment_connection_override import EnvironmentConnectionOverride
    from .environment_page import EnvironmentPage
    from .etl_user_consumption import EtlUserConsumption
    from .flex_connector import FlexConnector
    from .lineage_dataset import LineageDataset
    from .lineage_event import LineageEvent
    from .lineage_event_page import LineageEventPage
    from .lineage_facets import LineageFacets
    from .lineage_job import LineageJob
    from .lineage_run import LineageRun
    from .lineage_run_event import LineageRunEvent
    from .project import Project
    from .project_page import ProjectPage
    from .start_test_execution_request import StartTestExecutionRequest
    from .started_test_execution import StartedTestExecution
    from .test_scope import TestScope
    from .user_access_level import UserAccessLevel
    from .warehouse import Warehouse

_MODULES = {
    "AgentDeploymentType": ".agent_deployment_type",
    "AuditEvent": ".audit_event",
    "AuditEventPage": ".audit_event_page",
    "ChargedUser": ".charged_user",
    "ConnectionPropertyValue": ".connection_property_value",
    "ConnectionPropertyValues": ".connection_property_values",
    "ConsumptionDay": ".consumption_day",
    "ConsumptionDimensions": ".consumption_dimensions",
    "ConsumptionItem": ".consumption_item",
    "ConsumptionReport": ".consumption_report",
    "ConsumptionType": ".consumption_type",
    "CreateEnvironmentRequest": ".create_environment_request",
    "CreateProjectRequest": ".create_project_request",
    "CreatedProject": ".created_project",
    "CustomConnector": ".custom_connector",
    "DefaultConnectionNames": ".default_connection_names",
    "DefaultConnections": ".default_connections",
    "DirectoryEmail": ".directory_email",
    "DirectoryGroup": ".directory_group",
    "DirectoryGroupList": ".directory_group_list",
    "DirectoryGroupRequest": ".directory_group_request",
    "DirectoryMember": ".directory_member",
    "DirectoryMeta": ".directory_meta",
    "DirectoryPatch": ".directory_patch",
    "DirectoryPatchKind": ".directory_patch_kind",
    "DirectoryPatchOperation": ".directory_patch_operation",
    "DirectoryUser": ".directory_user",
    "DirectoryUserList": ".directory_user_list",
    "DirectoryUserName": ".directory_user_name",
    "DirectoryUserRequest": ".directory_user_request",
    "Environment": ".environment",
    "EnvironmentConnectionOverride": ".environment_connection_override",
    "EnvironmentPage": ".environment_page",
    "EtlUserConsumption": ".etl_user_consumption",
    "FlexConnector": ".flex_connector",
    "LineageDataset": ".lineage_dataset",
    "LineageEvent": ".lineage_event",
    "LineageEventPage": ".lineage_event_page",
    "LineageFacets": ".lineage_facets",
    "LineageJob": ".lineage_job",
    "LineageRun": ".lineage_run",
    "LineageRunEvent": ".lineage_run_event",
    "Project": ".project",
    "ProjectPage": ".project_page",
    "StartTestExecutionRequest": ".start_test_execution_request",
    "StartedTestExecution": ".started_test_execution",
    "TestScope": ".test_scope",
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
    "AuditEvent",
    "AuditEventPage",
    "ChargedUser",
    "ConnectionPropertyValue",
    "ConnectionPropertyValues",
    "ConsumptionDay",
    "ConsumptionDimensions",
    "ConsumptionItem",
    "ConsumptionReport",
    "ConsumptionType",
    "CreatedProject",
    "CreateEnvironmentRequest",
    "CreateProjectRequest",
    "CustomConnector",
    "DefaultConnectionNames",
    "DefaultConnections",
    "DirectoryEmail",
    "DirectoryGroup",
    "DirectoryGroupList",
    "DirectoryGroupRequest",
    "DirectoryMember",
    "DirectoryMeta",
    "DirectoryPatch",
    "DirectoryPatchKind",
    "DirectoryPatchOperation",
    "DirectoryUser",
    "DirectoryUserList",
    "DirectoryUserName",
    "DirectoryUserRequest",
    "Environment",
    "EnvironmentConnectionOverride",
    "EnvironmentPage",
    "EtlUserConsumption",
    "FlexConnector",
    "LineageDataset",
    "LineageEvent",
    "LineageEventPage",
    "LineageFacets",
    "LineageJob",
    "LineageRun",
    "LineageRunEvent",
    "Project",
    "ProjectPage",
    "StartedTestExecution",
    "StartTestExecutionRequest",
    "TestScope",
    "UserAccessLevel",
    "Warehouse",
)
