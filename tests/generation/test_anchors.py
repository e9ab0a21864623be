"""References by ``$anchor`` and ``$id``, in the file and in one beside it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts._generation.reading.bundle import resolve
from scripts._generation.reading.files import with_files

SCHEMAS: dict[str, Any] = {
    "Thing": {"$anchor": "thing", "title": "Thing"},
    "Far": {"$id": "https://a.example/far", "title": "Far", "$defs": {"Part": {"$anchor": "part", "title": "Part"}}},
    "Near": {"$id": "near", "title": "Near"},
    "Tree": {"$dynamicAnchor": "node", "title": "Tree", "items": {"$dynamicRef": "#node"}},
    "Named": {
        "$id": "https://a.example/schemas/named",
        "title": "Named",
        "$defs": {"x/y": {"title": "x/y"}},
        "properties": {
            "own": {"$ref": "#/$defs/x~1y"},
            "itself": {"$ref": "#"},
            "top": {"$ref": "#/components/schemas/Thing"},
            "beside": {"$ref": "../far"},
            "example": {"$ref": "../far#part"},
        },
    },
}  # fmt: skip
BESIDE = {"Deep": {"$anchor": "deep", "title": "deep", "items": {"$ref": "#deep"}}}


@pytest.mark.parametrize(
    ("reference", "keys", "title"),
    [
        ("#thing", [], "Thing"),
        ("https://a.example/far", [], "Far"),
        ("https://a.example/far#part", [], "Part"),
        ("https://a.example/far#/$defs/Part", [], "Part"),
        ("near", [], "Near"),
        ("#node", ["items"], "Tree"),
        ("near#", [], "Near"),
        ("https://a.example/schemas/named", ["properties", "own"], "x/y"),
        ("https://a.example/schemas/named", ["properties", "itself"], "Named"),
        ("https://a.example/schemas/named", ["properties", "top"], "Thing"),
        ("https://a.example/schemas/named", ["properties", "beside"], "Far"),
        ("https://a.example/schemas/named", ["properties", "example"], "Part"),
        ("beside.yaml#deep", [], "deep"),
        ("beside.yaml#deep", ["items"], "deep"),
    ],
)
def test_what_a_reference_leads_to(
    tmp_path: Path, reference: str, keys: list[str], title: str
) -> None:
    """Below a status of the name of data as well; what is counted from the top of the file in a named schema is found there."""
    (tmp_path / "beside.yaml").write_text(yaml.safe_dump(BESIDE), encoding="utf-8")
    document = {
        "responses": {"default": {"schema": {"$ref": reference}}},
        "components": {"schemas": SCHEMAS},
    }
    made = with_files(document, tmp_path / "spec.yaml")
    found = resolve(made, made["responses"]["default"]["schema"])
    for key in keys:
        found = resolve(made, found[key])
    assert title == found["title"]


def test_what_is_named_nowhere_stays() -> None:
    """And is told where it is read; of data nothing is changed."""
    document = {
        "a": {"$ref": "#nowhere"},
        "b": {"$ref": "https://a.example/other"},
        "example": {"$ref": "#thing"},
        "components": {"schemas": SCHEMAS},
    }
    made = with_files(document, Path("spec.yaml"))
    assert {key: document[key] for key in ("a", "b", "example")} == {
        key: made[key] for key in ("a", "b", "example")
    }
