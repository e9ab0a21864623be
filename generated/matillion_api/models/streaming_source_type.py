# Generated from openapi/ by scripts/generate. Do not edit.
from ..types import OpenStrEnum


class StreamingSourceType(OpenStrEnum):
    DB2IBMI = "db2ibmi"
    MYSQL = "mysql"
    ORACLE = "oracle"
    POSTGRES = "postgres"
    SQLSERVER = "sqlserver"
