"""The whole spec, as one document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT: dict[str, Any] = json.loads(
    (ROOT / "generated/matillion_api/openapi.json").read_text(encoding="utf-8")
)
"""The files of openapi/ as they are joined (there is a test of that), which are read from YAML in a hundred times as long."""
