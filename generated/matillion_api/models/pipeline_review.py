# Generated from openapi/ by scripts/generate. Do not edit.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define as _attrs_define

from .. import reading
from ..models.pipeline_review_status import PipelineReviewStatus
from ..types import UNSET, Unset
from ..types import Model as _Model

if TYPE_CHECKING:
    from ..models.pipeline_review_results import PipelineReviewResults


@_attrs_define(repr=False, eq=False)
class PipelineReview(_Model):
    """What a review found.

    Attributes:
        review_status (PipelineReviewStatus | Unset): Whether a review found nothing that must be changed. Other values
            may be added.
        results (PipelineReviewResults | Unset): What a review found. Its fields are not documented.
        excluded_files (Any | Unset): A list of the files that were not reviewed; what is in it is not documented.
    """

    review_status: PipelineReviewStatus | Unset = UNSET
    results: PipelineReviewResults | Unset = UNSET
    excluded_files: Any | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        review_status: str | Unset = UNSET
        if not isinstance(self.review_status, Unset):
            review_status = self.review_status.value

        results: dict[str, Any] | Unset = UNSET
        if not isinstance(self.results, Unset):
            results = self.results.to_dict()

        excluded_files = self.excluded_files

        field_dict: dict[str, Any] = {}
        field_dict.update(self.extra)
        field_dict.update({})
        if review_status is not UNSET:
            field_dict["reviewStatus"] = review_status
        if results is not UNSET:
            field_dict["results"] = results
        if excluded_files is not UNSET:
            field_dict["excludedFiles"] = excluded_files

        return field_dict

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        from ..models.pipeline_review_results import PipelineReviewResults  # noqa: PLC0415

        d = src_dict.copy() if type(src_dict) is dict else reading.as_mapping(src_dict)
        review_status: Any = d.pop("reviewStatus", UNSET)
        if review_status is None:
            review_status = UNSET
        elif review_status is not UNSET:
            review_status = reading.as_member(PipelineReviewStatus, review_status, "reviewStatus")

        results: Any = d.pop("results", UNSET)
        if results is None:
            results = UNSET
        elif results is not UNSET:
            results = reading.as_object(PipelineReviewResults, results, "results")

        excluded_files: Any = d.pop("excludedFiles", UNSET)

        pipeline_review = cls(
            review_status,
            results,
            excluded_files,
        )

        pipeline_review.extra = d
        return pipeline_review
