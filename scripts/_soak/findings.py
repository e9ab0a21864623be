"""What a soak has seen."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts._soak.leftovers import Level
from scripts._soak.oracle import Oracle
from scripts._soak.service import Service
from scripts._soak.witness import Witness


@dataclass(slots=True)
class Findings:
    """What a soak has seen."""

    witness: Witness
    oracle: Oracle
    service: Service
    levels: list[Level] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    """Share of the limit that each calm used."""
    refused: list[float] = field(default_factory=list)
    """Share of refused requests in each calm."""
    seconds: float = 0.0
    """By the soak's clock."""
