"""What a soak tells: a line now and then, and a summary at its end."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence

from scripts._soak.faults import Fault
from scripts._soak.findings import Findings
from scripts._soak.witness import Violation


class Progress:
    """Prints a line every ten seconds on a terminal, every minute elsewhere.

    Args:
        label: what runs.
        unit: seconds that the soak's clock counts by.
        unit_name: the name of that.
    """

    def __init__(self, label: str, unit: float, unit_name: str) -> None:
        self._label = label
        self._unit = unit
        self._unit_name = unit_name
        self._every = 10.0 if sys.stdout.isatty() else 60.0
        self._next = time.monotonic() + self._every

    def __call__(self, findings: Findings, now: float) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + self._every
        print(
            f"{self._label}: {now / self._unit:.1f} {self._unit_name}, "
            f"{findings.service.statuses.total():,} requests, "
            f"{findings.oracle.ends.total():,} calls, "
            f"{findings.witness.broken.total():,} violations",
            flush=True,
        )


def summary(findings: Findings) -> str:
    """The tables at the end."""
    service, witness = findings.service, findings.witness
    responses = ", ".join(
        f"{status}: {count:,}" for status, count in sorted(service.statuses.items())
    )
    rows = [
        ("requests by response", responses),
        ("429 because of the limits", f"{service.ours:,}"),
        ("limit used in calms", _range(findings.used)),
        ("requests refused in calms", _range(findings.refused)),
        ("writes doubted, never seen", f"{witness.never_seen:,}"),
        ("objects at rest", _levels([level.objects for level in findings.levels])),
        ("megabytes at rest", _levels([level.memory for level in findings.levels])),
        ("descriptors at rest", _levels([level.descriptors for level in findings.levels])),
    ]
    return "\n".join(
        [
            *_table("calls", _ends(findings.oracle.ends)),
            "",
            *_table("faults", [*_faults(service.faults), *_counted(service.disturbances)]),
            "",
            *_table("measured", rows),
            "",
            *_table("violations", _counted(witness.broken) or [("none", "")]),
        ]
    )


def violation(found: Violation) -> str:
    """A violation with its history; events of the same call are marked."""
    lines = [f"VIOLATION at {found.at:.3f} s: {found.rule}", f"  {found.detail}"]
    return "\n".join([*lines, *(f"    {line}" for line in found.history)])


def _ends(ends: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    kinds = sorted({kind for kind, _ in ends})
    return [
        (
            kind,
            ", ".join(
                f"{end}: {ends[kind, end]:,}"
                for end in ("value", "error", "deadline", "cancelled")
                if ends[kind, end]
            ),
        )
        for kind in kinds
    ]


def _faults(faults: Counter[Fault]) -> list[tuple[str, str]]:
    return [(fault.value, f"{faults[fault]:,}") for fault in Fault if faults[fault]]


def _counted(counts: Counter[str]) -> list[tuple[str, str]]:
    return [(name, f"{count:,}") for name, count in counts.most_common()]


def _table(title: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    return [title, *(f"  {name:<52} {text}" for name, text in rows)]


def _range(shares: Sequence[float]) -> str:
    if not shares:
        return "not measured"
    return f"{min(shares):.1%} to {max(shares):.1%} in {len(shares)}"


def _levels(levels: Sequence[float | None]) -> str:
    known = [level for level in levels if level is not None]
    return f"{known[0]:,.0f} first, {known[-1]:,.0f} last" if known else "not known"
