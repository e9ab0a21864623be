"""Matillion in Airflow, from 2.11 on: a hook, operators, a sensor, and the triggers they wait with.

It needs the extra ``airflow``: ``pip install 'matillion-async[airflow]'``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# As in the root: a name is imported when it is first used, so that Airflow can ask for what the provider has to offer
# without importing all of it.
# isort: off
if TYPE_CHECKING:
    from matillion_async.airflow.agent_task import (
        MatillionAgentTaskOperator as MatillionAgentTaskOperator,
    )
    from matillion_async.airflow.hook import MatillionHook as MatillionHook
    from matillion_async.airflow.publish_artifact import (
        MatillionPublishArtifactOperator as MatillionPublishArtifactOperator,
    )
    from matillion_async.airflow.run_pipeline import (
        MatillionRunPipelineOperator as MatillionRunPipelineOperator,
    )
    from matillion_async.airflow.run_sensor import MatillionRunSensor as MatillionRunSensor

# isort: on

_HOMES = {
    "MatillionAgentTaskOperator": "agent_task",
    "MatillionHook": "hook",
    "MatillionPublishArtifactOperator": "publish_artifact",
    "MatillionRunPipelineOperator": "run_pipeline",
    "MatillionRunSensor": "run_sensor",
}

if not TYPE_CHECKING:
    __all__ = list(_HOMES)

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        try:
            module = import_module(f"{__name__}.{_HOMES[name]}")
        except ModuleNotFoundError as error:
            if (error.name or "").partition(".")[0] != "airflow":
                raise
            raise ImportError(
                f"{name} needs {error.name}, which is not installed: pip install 'matillion-async[airflow]'"
            ) from error
        value = globals()[name] = getattr(module, name)
        return value

    def __dir__() -> list[str]:
        return __all__
