"""Every kind of change."""

from __future__ import annotations

from tests.generation.change_rows.arguments import ARGUMENTS
from tests.generation.change_rows.base import BASE, Row, document
from tests.generation.change_rows.bodies import BODIES
from tests.generation.change_rows.classes import CLASSES
from tests.generation.change_rows.operations import OPERATIONS
from tests.generation.change_rows.responses import RESPONSES

__all__ = ["BASE", "ROWS", "Row", "document"]

ROWS = [*ARGUMENTS, *BODIES, *OPERATIONS, *RESPONSES, *CLASSES]
