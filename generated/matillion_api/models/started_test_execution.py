# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class StartedTestExecution(_Model):
    """The id of a run of tests that was just started.

    Attributes:
        test_execution_id (str): Id of the run (a UUID).
    """

    test_execution_id: str

    def to_dict(self) -> dict[str, Any]:
        test_execution_id = self.test_execution_id

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "testExecutionId": test_execution_id,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        test_execution_id: Any = d.pop("testExecutionId", None)
        if type(test_execution_id) is not str:
            test_execution_id = reading.needed(
                reading.as_text(test_execution_id), "testExecutionId"
            )

        started_test_execution = cls(
            test_execution_id,
        )

        started_test_execution.extra = d
        return started_test_execution
