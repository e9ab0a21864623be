"""What is used of Airflow, from where each version has it.

Most comes from Airflow's own package for that, which looks for each name by itself. In an import from Airflow one name that is
missing would move the others to deprecated places.
"""

from __future__ import annotations

from airflow.providers.common.compat.connection import get_async_connection, get_async_extra_dejson
from airflow.providers.common.compat.sdk import (
    AirflowException,
    AirflowNotFoundException,
    AirflowSensorTimeout,
    AirflowTaskTimeout,
    BaseHook,
    BaseOperator,
    BaseOperatorLink,
    BaseSensorOperator,
    ResumableJobMixin,
    XCom,
    conf,
)
from airflow.triggers.base import BaseTrigger, TriggerEvent

__all__ = [
    "DEFERRED",
    "DEFERS",
    "TELLS_OF_KILLS",
    "AirflowException",
    "AirflowNotFoundException",
    "AirflowSensorTimeout",
    "AirflowTaskTimeout",
    "BaseHook",
    "BaseOperator",
    "BaseOperatorLink",
    "BaseSensorOperator",
    "BaseTrigger",
    "ResumableJobMixin",
    "TriggerEvent",
    "XCom",
    "get_async_connection",
    "get_async_extra_dejson",
]

DEFERRED = "deferred"
"""The state of a task that waits in the triggerer."""
DEFERS = bool(conf.getboolean("operators", "default_deferrable", fallback=False))
"""Whether operators wait in the triggerer unless told otherwise: a setting of Airflow."""
TELLS_OF_KILLS = hasattr(BaseTrigger, "on_kill")
"""Whether a trigger is told that somebody killed its task, as from Airflow 3.3 on."""
