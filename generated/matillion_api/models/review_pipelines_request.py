# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..types import UNSET, Unset
from ..types import Model as _Model


@_attrs_define(repr=False, eq=False)
class ReviewPipelinesRequest(_Model):
    """What to review.

    Attributes:
        branch_name (str): Git branch.
        commit_id (str): Git commit.
        data_warehouse_type (str): Warehouse that the pipelines are for, such as `SNOWFLAKE`; its values are not
            documented.
        file_paths (list[str] | Unset): Paths of the files to review; all unless given.
    """

    branch_name: str
    commit_id: str
    data_warehouse_type: str
    file_paths: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        branch_name = self.branch_name

        commit_id = self.commit_id

        data_warehouse_type = self.data_warehouse_type

        file_paths: list[str] | Unset = UNSET
        if not isinstance(self.file_paths, Unset):
            file_paths = self.file_paths

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update(
            {
                "branchName": branch_name,
                "commitId": commit_id,
                "dataWarehouseType": data_warehouse_type,
            }
        )
        if file_paths is not UNSET:
            field_dict["filePaths"] = file_paths

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        branch_name: Any = d.pop("branchName", None)
        if type(branch_name) is not str:
            branch_name = reading.needed(reading.as_text(branch_name), "branchName")

        commit_id: Any = d.pop("commitId", None)
        if type(commit_id) is not str:
            commit_id = reading.needed(reading.as_text(commit_id), "commitId")

        data_warehouse_type: Any = d.pop("dataWarehouseType", None)
        if type(data_warehouse_type) is not str:
            data_warehouse_type = reading.needed(
                reading.as_text(data_warehouse_type), "dataWarehouseType"
            )

        file_paths: Any = d.pop("filePaths", UNSET)
        if file_paths is None:
            file_paths = UNSET
        elif file_paths is not UNSET:
            file_paths = reading.as_list(reading.as_text, file_paths, "filePaths")

        review_pipelines_request = cls(
            branch_name,
            commit_id,
            data_warehouse_type,
            file_paths,
        )

        review_pipelines_request.extra = d
        return review_pipelines_request
