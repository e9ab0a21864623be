# Generated from openapi/ by scripts/generate. Do not edit.
"""The models of requests and responses; each is imported when it is first used."""

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
    from .agent_task import AgentTask
    from .agent_task_answer import AgentTaskAnswer
    from .agent_task_config import AgentTaskConfig
    from .agent_task_decision import AgentTaskDecision
    from .agent_task_message import AgentTaskMessage
    from .agent_task_message_page import AgentTaskMessagePage
    from .agent_task_page import AgentTaskPage
    from .agent_task_permission import AgentTaskPermission
    from .agent_task_permission_message import AgentTaskPermissionMessage
    from .agent_task_permissions import AgentTaskPermissions
    from .agent_task_reference import AgentTaskReference
    from .agent_task_status import AgentTaskStatus
    from .agent_task_summary import AgentTaskSummary
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
    from .connection_override_request import ConnectionOverrideRequest
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
    from .decide_agent_task_request import DecideAgentTaskRequest
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
    from .pending_agent_task_decision import PendingAgentTaskDecision
    from .pending_agent_task_decisions import PendingAgentTaskDecisions
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
    from .pipeline_review import PipelineReview
    from .pipeline_review_results import PipelineReviewResults
    from .pipeline_review_status import PipelineReviewStatus
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
    from .replace_connection_request import ReplaceConnectionRequest
    from .review_pipelines_request import ReviewPipelinesRequest
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
    from .send_agent_task_message_request import SendAgentTaskMessageRequest
    from .set_agent_task_permissions_request import SetAgentTaskPermissionsRequest
    from .set_project_variable_override_request import SetProjectVariableOverrideRequest
    from .shared_pipeline import SharedPipeline
    from .shared_pipeline_artifact import SharedPipelineArtifact
    from .shared_pipeline_artifact_details import SharedPipelineArtifactDetails
    from .shared_pipeline_artifact_page import SharedPipelineArtifactPage
    from .shared_pipeline_page import SharedPipelinePage
    from .snowflake_authentication import SnowflakeAuthentication
    from .snowflake_connection import SnowflakeConnection
    from .start_agent_task_request import StartAgentTaskRequest
    from .start_pipeline_execution_request import StartPipelineExecutionRequest
    from .start_test_execution_request import StartTestExecutionRequest
    from .started_agent_task import StartedAgentTask
    from .started_test_execution import StartedTestExecution
    from .streaming_advanced_properties import StreamingAdvancedProperties
    from .streaming_decimal_mapping import StreamingDecimalMapping
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
    from .streaming_table_prefix_type import StreamingTablePrefixType
    from .streaming_target import StreamingTarget
    from .streaming_target_type import StreamingTargetType
    from .streaming_temporal_mapping import StreamingTemporalMapping
    from .streaming_transformation_type import StreamingTransformationType
    from .test_scope import TestScope
    from .test_to_run import TestToRun
    from .tested_pipeline import TestedPipeline
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
    "AgentTask": ".agent_task",
    "AgentTaskAnswer": ".agent_task_answer",
    "AgentTaskConfig": ".agent_task_config",
    "AgentTaskDecision": ".agent_task_decision",
    "AgentTaskMessage": ".agent_task_message",
    "AgentTaskMessagePage": ".agent_task_message_page",
    "AgentTaskPage": ".agent_task_page",
    "AgentTaskPermission": ".agent_task_permission",
    "AgentTaskPermissionMessage": ".agent_task_permission_message",
    "AgentTaskPermissions": ".agent_task_permissions",
    "AgentTaskReference": ".agent_task_reference",
    "AgentTaskStatus": ".agent_task_status",
    "AgentTaskSummary": ".agent_task_summary",
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
    "ConnectionOverrideRequest": ".connection_override_request",
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
    "DecideAgentTaskRequest": ".decide_agent_task_request",
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
    "PendingAgentTaskDecision": ".pending_agent_task_decision",
    "PendingAgentTaskDecisions": ".pending_agent_task_decisions",
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
    "PipelineReview": ".pipeline_review",
    "PipelineReviewResults": ".pipeline_review_results",
    "PipelineReviewStatus": ".pipeline_review_status",
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
    "ReplaceConnectionRequest": ".replace_connection_request",
    "ReviewPipelinesRequest": ".review_pipelines_request",
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
    "SendAgentTaskMessageRequest": ".send_agent_task_message_request",
    "SetAgentTaskPermissionsRequest": ".set_agent_task_permissions_request",
    "SetProjectVariableOverrideRequest": ".set_project_variable_override_request",
    "SharedPipeline": ".shared_pipeline",
    "SharedPipelineArtifact": ".shared_pipeline_artifact",
    "SharedPipelineArtifactDetails": ".shared_pipeline_artifact_details",
    "SharedPipelineArtifactPage": ".shared_pipeline_artifact_page",
    "SharedPipelinePage": ".shared_pipeline_page",
    "SnowflakeAuthentication": ".snowflake_authentication",
    "SnowflakeConnection": ".snowflake_connection",
    "StartAgentTaskRequest": ".start_agent_task_request",
    "StartPipelineExecutionRequest": ".start_pipeline_execution_request",
    "StartTestExecutionRequest": ".start_test_execution_request",
    "StartedAgentTask": ".started_agent_task",
    "StartedTestExecution": ".started_test_execution",
    "StreamingAdvancedProperties": ".streaming_advanced_properties",
    "StreamingDecimalMapping": ".streaming_decimal_mapping",
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
    "StreamingTablePrefixType": ".streaming_table_prefix_type",
    "StreamingTarget": ".streaming_target",
    "StreamingTargetType": ".streaming_target_type",
    "StreamingTemporalMapping": ".streaming_temporal_mapping",
    "StreamingTransformationType": ".streaming_transformation_type",
    "TestScope": ".test_scope",
    "TestToRun": ".test_to_run",
    "TestedPipeline": ".tested_pipeline",
    "UpdateAgentRequest": ".update_agent_request",
    "UpdateProjectVariableRequest": ".update_project_variable_request",
    "UploadedArtifact": ".uploaded_artifact",
    "UserAccessLevel": ".user_access_level",
    "Warehouse": ".warehouse",
}


if not TYPE_CHECKING:  # or a type checker would take any name for one that is there

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
    "AgentTask",
    "AgentTaskAnswer",
    "AgentTaskConfig",
    "AgentTaskDecision",
    "AgentTaskMessage",
    "AgentTaskMessagePage",
    "AgentTaskPage",
    "AgentTaskPermission",
    "AgentTaskPermissionMessage",
    "AgentTaskPermissions",
    "AgentTaskReference",
    "AgentTaskStatus",
    "AgentTaskSummary",
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
    "ConnectionOverrideRequest",
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
    "DecideAgentTaskRequest",
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
    "PendingAgentTaskDecision",
    "PendingAgentTaskDecisions",
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
    "PipelineReview",
    "PipelineReviewResults",
    "PipelineReviewStatus",
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
    "ReplaceConnectionRequest",
    "ReviewPipelinesRequest",
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
    "SendAgentTaskMessageRequest",
    "SetAgentTaskPermissionsRequest",
    "SetProjectVariableOverrideRequest",
    "SharedPipeline",
    "SharedPipelineArtifact",
    "SharedPipelineArtifactDetails",
    "SharedPipelineArtifactPage",
    "SharedPipelinePage",
    "SnowflakeAuthentication",
    "SnowflakeConnection",
    "StartAgentTaskRequest",
    "StartedAgentTask",
    "StartedTestExecution",
    "StartPipelineExecutionRequest",
    "StartTestExecutionRequest",
    "StreamingAdvancedProperties",
    "StreamingDecimalMapping",
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
    "StreamingTablePrefixType",
    "StreamingTarget",
    "StreamingTargetType",
    "StreamingTemporalMapping",
    "StreamingTransformationType",
    "TestedPipeline",
    "TestScope",
    "TestToRun",
    "UpdateAgentRequest",
    "UpdateProjectVariableRequest",
    "UploadedArtifact",
    "UserAccessLevel",
    "Warehouse",
)
