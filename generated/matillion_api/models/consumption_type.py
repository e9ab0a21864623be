# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class ConsumptionType(OpenStrEnum):
    DATA_LOADER_BATCH = "data-loader-batch"
    DATA_LOADER_CDC = "data-loader-cdc"
    DPC_USERS = "dpc-users"
    ETL_COMPUTE = "etl-compute"
    ORCHESTRATION = "orchestration"
    STREAMING = "streaming"
    TRANSFORMATION = "transformation"
