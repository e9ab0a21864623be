# Generated from openapi/ by scripts/generate. Do not edit.
"""The models of requests and answers; each is imported when it is first used."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .add_to_agent_allow_list_request import AddToAgentAllowListRequest
    from .agent import Agent
    from .agent_allow_list import AgentAllowList
    from .agent_allow_list_project import AgentAllowListProject
    from .agent_allow_list_projects import AgentAllowListProjects
    from .agent_command import AgentCommand
    from .agent_command_request import AgentCommandRequest
    from .agent_credentials import AgentCredentials
    from .agent_deployment import AgentDeployment
    from .agent_deployment_type import AgentDeploymentType
    from .agent_page import AgentPage
    from .agent_status import AgentStatus
    from .agent_track import AgentTrack
    from .agent_type import AgentType
    from .agent_version_details import AgentVersionDetails
    from .artifact import Artifact
    from .artifact_details import ArtifactDetails
    from .artifact_files import ArtifactFiles
    from .artifact_page import ArtifactPage
    from .audit_event import AuditEvent
    from .audit_event_page import AuditEventPage
    from .cancel_pipeline_execution_request import CancelPipelineExecutionRequest
    from .charged_user import ChargedUser
    from .cloud_provider import CloudProvider
    from .connect_repository_request import ConnectRepositoryRequest
    from .connection import Connection
    from .connection_auth_type import ConnectionAuthType
    from .connection_details import ConnectionDetails
    from .connection_overrides import ConnectionOverrides
    from .connection_page import ConnectionPage
    from .connection_property_value import ConnectionPropertyValue
    from .connection_property_values import ConnectionPropertyValues
    from .connection_secret_properties import ConnectionSecretProperties
    from .consumption_day import ConsumptionDay
    from .consumption_dimensions import ConsumptionDimensions
    from .consumption_item import ConsumptionItem
    from .consumption_report import ConsumptionReport
    from .consumption_type import ConsumptionType
    from .create_agent_request import CreateAgentRequest
    from .create_connection_request import CreateConnectionRequest
    from .create_data_platform_connection_request import (
        CreateDataPlatformConnectionRequest,
    )
    from .create_environment_request import CreateEnvironmentRequest
    from .create_project_request import CreateProjectRequest
    from .create_project_variable_request import CreateProjectVariableRequest
    from .create_schedule_request import CreateScheduleRequest
    from .create_secret_reference_request import CreateSecretReferenceRequest
    from .created_project import CreatedProject
    from .created_schedule import CreatedSchedule
    from .custom_connector import CustomConnector
    from .data_platform_auth_provider import DataPlatformAuthProvider
    from .data_platform_auth_type import DataPlatformAuthType
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
    from .git_provider import GitProvider
    from .git_provider_parameters import GitProviderParameters
    from .grid_variables import GridVariables
    from .ignored_resource import IgnoredResource
    from .lineage_dataset import LineageDataset
    from .lineage_event import LineageEvent
    from .lineage_event_page import LineageEventPage
    from .lineage_facets import LineageFacets
    from .lineage_job import LineageJob
    from .lineage_run import LineageRun
    from .lineage_run_event import LineageRunEvent
    from .new_agent_track import NewAgentTrack
    from .pipeline_execution import PipelineExecution
    from .pipeline_execution_child import PipelineExecutionChild
    from .pipeline_execution_page import PipelineExecutionPage
    from .pipeline_execution_reference import PipelineExecutionReference
    from .pipeline_execution_status import PipelineExecutionStatus
    from .pipeline_execution_status_filter import PipelineExecutionStatusFilter
    from .pipeline_execution_status_only import PipelineExecutionStatusOnly
    from .pipeline_execution_step import PipelineExecutionStep
    from .pipeline_execution_step_page import PipelineExecutionStepPage
    from .pipeline_execution_step_result import PipelineExecutionStepResult
    from .pipeline_execution_trigger import PipelineExecutionTrigger
    from .platform_connection_type import PlatformConnectionType
    from .project import Project
    from .project_page import ProjectPage
    from .project_variable import ProjectVariable
    from .project_variable_behaviour import ProjectVariableBehaviour
    from .project_variable_override import ProjectVariableOverride
    from .project_variable_override_page import ProjectVariableOverridePage
    from .project_variable_page import ProjectVariablePage
    from .project_variable_type import ProjectVariableType
    from .promote_artifact_request import PromoteArtifactRequest
    from .promoted_artifact import PromotedArtifact
    from .published_pipeline import PublishedPipeline
    from .published_pipeline_page import PublishedPipelinePage
    from .refresh_agent_credentials_request import RefreshAgentCredentialsRequest
    from .scalar_variables import ScalarVariables
    from .schedule import Schedule
    from .schedule_interval import ScheduleInterval
    from .schedule_page import SchedulePage
    from .schedule_settings import ScheduleSettings
    from .scheduled_pipeline import ScheduledPipeline
    from .secret_reference import SecretReference
    from .secret_reference_agent_type import SecretReferenceAgentType
    from .secret_reference_page import SecretReferencePage
    from .secret_reference_type import SecretReferenceType
    from .secrets_location import SecretsLocation
    from .set_connection_override_request import SetConnectionOverrideRequest
    from .set_project_variable_override_request import SetProjectVariableOverrideRequest
    from .shared_pipeline import SharedPipeline
    from .shared_pipeline_artifact import SharedPipelineArtifact
    from .shared_pipeline_artifact_details import SharedPipelineArtifactDetails
    from .snowflake_authentication import SnowflakeAuthentication
    from .snowflake_connection import SnowflakeConnection
    from .start_pipeline_execution_request import StartPipelineExecutionRequest
    from .start_test_execution_request import StartTestExecutionRequest
    from .started_test_execution import StartedTestExecution
    from .streaming_advanced_properties import StreamingAdvancedProperties
    from .streaming_jdbc_properties import StreamingJdbcProperties
    from .streaming_pipeline import StreamingPipeline
    from .streaming_pipeline_command import StreamingPipelineCommand
    from .streaming_pipeline_command_request import StreamingPipelineCommandRequest
    from .streaming_pipeline_page import StreamingPipelinePage
    from .streaming_pipeline_request import StreamingPipelineRequest
    from .streaming_pipeline_state import StreamingPipelineState
    from .streaming_pipeline_status import StreamingPipelineStatus
    from .streaming_secret import StreamingSecret
    from .streaming_secret_type import StreamingSecretType
    from .streaming_source import StreamingSource
    from .streaming_source_connection import StreamingSourceConnection
    from .streaming_source_type import StreamingSourceType
    from .streaming_table import StreamingTable
    from .streaming_target import StreamingTarget
    from .streaming_target_type import StreamingTargetType
    from .test_scope import TestScope
    from .update_agent_request import UpdateAgentRequest
    from .update_project_variable_request import UpdateProjectVariableRequest
    from .uploaded_artifact import UploadedArtifact
    from .user_access_level import UserAccessLevel
    from .warehouse import Warehouse

_MODULES: dict[str, str] = {
    "AddToAgentAllowListRequest": ".add_to_agent_allow_list_request",
    "Agent": ".agent",
    "AgentAllowList": ".agent_allow_list",
    "AgentAllowListProject": ".agent_allow_list_project",
    "AgentAllowListProjects": ".agent_allow_list_projects",
    "AgentCommand": ".agent_command",
    "AgentCommandRequest": ".agent_command_request",
    "AgentCredentials": ".agent_credentials",
    "AgentDeployment": ".agent_deployment",
    "AgentDeploymentType": ".agent_deployment_type",
    "AgentPage": ".agent_page",
    "AgentStatus": ".agent_status",
    "AgentTrack": ".agent_track",
    "AgentType": ".agent_type",
    "AgentVersionDetails": ".agent_version_details",
    "Artifact": ".artifact",
    "ArtifactDetails": ".artifact_details",
    "ArtifactFiles": ".artifact_files",
    "ArtifactPage": ".artifact_page",
    "AuditEvent": ".audit_event",
    "AuditEventPage": ".audit_event_page",
    "CancelPipelineExecutionRequest": ".cancel_pipeline_execution_request",
    "ChargedUser": ".charged_user",
    "CloudProvider": ".cloud_provider",
    "ConnectRepositoryRequest": ".connect_repository_request",
    "Connection": ".connection",
    "ConnectionAuthType": ".connection_auth_type",
    "ConnectionDetails": ".connection_details",
    "ConnectionOverrides": ".connection_overrides",
    "ConnectionPage": ".connection_page",
    "ConnectionPropertyValue": ".connection_property_value",
    "ConnectionPropertyValues": ".connection_property_values",
    "ConnectionSecretProperties": ".connection_secret_properties",
    "ConsumptionDay": ".consumption_day",
    "ConsumptionDimensions": ".consumption_dimensions",
    "ConsumptionItem": ".consumption_item",
    "ConsumptionReport": ".consumption_report",
    "ConsumptionType": ".consumption_type",
    "CreateAgentRequest": ".create_agent_request",
    "CreateConnectionRequest": ".create_connection_request",
    "CreateDataPlatformConnectionRequest": ".create_data_platform_connection_request",
    "CreateEnvironmentRequest": ".create_environment_request",
    "CreateProjectRequest": ".create_project_request",
    "CreateProjectVariableRequest": ".create_project_variable_request",
    "CreateScheduleRequest": ".create_schedule_request",
    "CreateSecretReferenceRequest": ".create_secret_reference_request",
    "CreatedProject": ".created_project",
    "CreatedSchedule": ".created_schedule",
    "CustomConnector": ".custom_connector",
    "DataPlatformAuthProvider": ".data_platform_auth_provider",
    "DataPlatformAuthType": ".data_platform_auth_type",
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
    "GitProvider": ".git_provider",
    "GitProviderParameters": ".git_provider_parameters",
    "GridVariables": ".grid_variables",
    "IgnoredResource": ".ignored_resource",
    "LineageDataset": ".lineage_dataset",
    "LineageEvent": ".lineage_event",
    "LineageEventPage": ".lineage_event_page",
    "LineageFacets": ".lineage_facets",
    "LineageJob": ".lineage_job",
    "LineageRun": ".lineage_run",
    "LineageRunEvent": ".lineage_run_event",
    "NewAgentTrack": ".new_agent_track",
    "PipelineExecution": ".pipeline_execution",
    "PipelineExecutionChild": ".pipeline_execution_child",
    "PipelineExecutionPage": ".pipeline_execution_page",
    "PipelineExecutionReference": ".pipeline_execution_reference",
    "PipelineExecutionStatus": ".pipeline_execution_status",
    "PipelineExecutionStatusFilter": ".pipeline_execution_status_filter",
    "PipelineExecutionStatusOnly": ".pipeline_execution_status_only",
    "PipelineExecutionStep": ".pipeline_execution_step",
    "PipelineExecutionStepPage": ".pipeline_execution_step_page",
    "PipelineExecutionStepResult": ".pipeline_execution_step_result",
    "PipelineExecutionTrigger": ".pipeline_execution_trigger",
    "PlatformConnectionType": ".platform_connection_type",
    "Project": ".project",
    "ProjectPage": ".project_page",
    "ProjectVariable": ".project_variable",
    "ProjectVariableBehaviour": ".project_variable_behaviour",
    "ProjectVariableOverride": ".project_variable_override",
    "ProjectVariableOverridePage": ".project_variable_override_page",
    "ProjectVariablePage": ".project_variable_page",
    "ProjectVariableType": ".project_variable_type",
    "PromoteArtifactRequest": ".promote_artifact_request",
    "PromotedArtifact": ".promoted_artifact",
    "PublishedPipeline": ".published_pipeline",
    "PublishedPipelinePage": ".published_pipeline_page",
    "RefreshAgentCredentialsRequest": ".refresh_agent_credentials_request",
    "ScalarVariables": ".scalar_variables",
    "Schedule": ".schedule",
    "ScheduleInterval": ".schedule_interval",
    "SchedulePage": ".schedule_page",
    "ScheduleSettings": ".schedule_settings",
    "ScheduledPipeline": ".scheduled_pipeline",
    "SecretReference": ".secret_reference",
    "SecretReferenceAgentType": ".secret_reference_agent_type",
    "SecretReferencePage": ".secret_reference_page",
    "SecretReferenceType": ".secret_reference_type",
    "SecretsLocation": ".secrets_location",
    "SetConnectionOverrideRequest": ".set_connection_override_request",
    "SetProjectVariableOverrideRequest": ".set_project_variable_override_request",
    "SharedPipeline": ".shared_pipeline",
    "SharedPipelineArtifact": ".shared_pipeline_artifact",
    "SharedPipelineArtifactDetails": ".shared_pipeline_artifact_details",
    "SnowflakeAuthentication": ".snowflake_authentication",
    "SnowflakeConnection": ".snowflake_connection",
    "StartPipelineExecutionRequest": ".start_pipeline_execution_request",
    "StartTestExecutionRequest": ".start_test_execution_request",
    "StartedTestExecution": ".started_test_execution",
    "StreamingAdvancedProperties": ".streaming_advanced_properties",
    "StreamingJdbcProperties": ".streaming_jdbc_properties",
    "StreamingPipeline": ".streaming_pipeline",
    "StreamingPipelineCommand": ".streaming_pipeline_command",
    "StreamingPipelineCommandRequest": ".streaming_pipeline_command_request",
    "StreamingPipelinePage": ".streaming_pipeline_page",
    "StreamingPipelineRequest": ".streaming_pipeline_request",
    "StreamingPipelineState": ".streaming_pipeline_state",
    "StreamingPipelineStatus": ".streaming_pipeline_status",
    "StreamingSecret": ".streaming_secret",
    "StreamingSecretType": ".streaming_secret_type",
    "StreamingSource": ".streaming_source",
    "StreamingSourceConnection": ".streaming_source_connection",
    "StreamingSourceType": ".streaming_source_type",
    "StreamingTable": ".streaming_table",
    "StreamingTarget": ".streaming_target",
    "StreamingTargetType": ".streaming_target_type",
    "TestScope": ".test_scope",
    "UpdateAgentRequest": ".update_agent_request",
    "UpdateProjectVariableRequest": ".update_project_variable_request",
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
    "AddToAgentAllowListRequest",
    "Agent",
    "AgentAllowList",
    "AgentAllowListProject",
    "AgentAllowListProjects",
    "AgentCommand",
    "AgentCommandRequest",
    "AgentCredentials",
    "AgentDeployment",
    "AgentDeploymentType",
    "AgentPage",
    "AgentStatus",
    "AgentTrack",
    "AgentType",
    "AgentVersionDetails",
    "Artifact",
    "ArtifactDetails",
    "ArtifactFiles",
    "ArtifactPage",
    "AuditEvent",
    "AuditEventPage",
    "CancelPipelineExecutionRequest",
    "ChargedUser",
    "CloudProvider",
    "Connection",
    "ConnectionAuthType",
    "ConnectionDetails",
    "ConnectionOverrides",
    "ConnectionPage",
    "ConnectionPropertyValue",
    "ConnectionPropertyValues",
    "ConnectionSecretProperties",
    "ConnectRepositoryRequest",
    "ConsumptionDay",
    "ConsumptionDimensions",
    "ConsumptionItem",
    "ConsumptionReport",
    "ConsumptionType",
    "CreateAgentRequest",
    "CreateConnectionRequest",
    "CreateDataPlatformConnectionRequest",
    "CreatedProject",
    "CreatedSchedule",
    "CreateEnvironmentRequest",
    "CreateProjectRequest",
    "CreateProjectVariableRequest",
    "CreateScheduleRequest",
    "CreateSecretReferenceRequest",
    "CustomConnector",
    "DataPlatformAuthProvider",
    "DataPlatformAuthType",
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
    "GitProvider",
    "GitProviderParameters",
    "GridVariables",
    "IgnoredResource",
    "LineageDataset",
    "LineageEvent",
    "LineageEventPage",
    "LineageFacets",
    "LineageJob",
    "LineageRun",
    "LineageRunEvent",
    "NewAgentTrack",
    "PipelineExecution",
    "PipelineExecutionChild",
    "PipelineExecutionPage",
    "PipelineExecutionReference",
    "PipelineExecutionStatus",
    "PipelineExecutionStatusFilter",
    "PipelineExecutionStatusOnly",
    "PipelineExecutionStep",
    "PipelineExecutionStepPage",
    "PipelineExecutionStepResult",
    "PipelineExecutionTrigger",
    "PlatformConnectionType",
    "Project",
    "ProjectPage",
    "ProjectVariable",
    "ProjectVariableBehaviour",
    "ProjectVariableOverride",
    "ProjectVariableOverridePage",
    "ProjectVariablePage",
    "ProjectVariableType",
    "PromoteArtifactRequest",
    "PromotedArtifact",
    "PublishedPipeline",
    "PublishedPipelinePage",
    "RefreshAgentCredentialsRequest",
    "ScalarVariables",
    "Schedule",
    "ScheduledPipeline",
    "ScheduleInterval",
    "SchedulePage",
    "ScheduleSettings",
    "SecretReference",
    "SecretReferenceAgentType",
    "SecretReferencePage",
    "SecretReferenceType",
    "SecretsLocation",
    "SetConnectionOverrideRequest",
    "SetProjectVariableOverrideRequest",
    "SharedPipeline",
    "SharedPipelineArtifact",
    "SharedPipelineArtifactDetails",
    "SnowflakeAuthentication",
    "SnowflakeConnection",
    "StartedTestExecution",
    "StartPipelineExecutionRequest",
    "StartTestExecutionRequest",
    "StreamingAdvancedProperties",
    "StreamingJdbcProperties",
    "StreamingPipeline",
    "StreamingPipelineCommand",
    "StreamingPipelineCommandRequest",
    "StreamingPipelinePage",
    "StreamingPipelineRequest",
    "StreamingPipelineState",
    "StreamingPipelineStatus",
    "StreamingSecret",
    "StreamingSecretType",
    "StreamingSource",
    "StreamingSourceConnection",
    "StreamingSourceType",
    "StreamingTable",
    "StreamingTarget",
    "StreamingTargetType",
    "TestScope",
    "UpdateAgentRequest",
    "UpdateProjectVariableRequest",
    "UploadedArtifact",
    "UserAccessLevel",
    "Warehouse",
)
