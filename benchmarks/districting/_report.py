# SPDX-License-Identifier: BSD-3-Clause
"""Rows of the table: what is to be reached, our figure, the peer's, their ratio."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["Options", "Row", "machine", "show"]


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    seeds: int
    seconds: float  # for each state and each peer
    quick: bool
    ours: bool  # False: peers alone
    peers: bool  # False: ours alone


@dataclass
class Row:
    """One figure. `ratio` is ours over the peer's; `met` None where nothing was to be reached or not measured."""

    what: str
    reach: str
    ours: float | None = None
    peer_name: str = ""
    peer: float | None = None
    unit: str = ""
    met: bool | None = None
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)

    @property
    def ratio(self) -> float | None:
        """Our figure over the peer's."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    def record(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return {**asdict(self), "ratio": self.ratio}


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.3g}" if abs(value) < 1000 else f"{value:,.0f}"


def show(title: str, rows: list[Row]) -> None:
    """Print a section of the table."""
    print(f"\n{title}", flush=True)
    head = ("", "ours", "peer", "ratio", "to reach", "", "")
    cells = [
        (
            row.what,
            _number(row.ours) + (f" {row.unit}" if row.unit and row.ours is not None else ""),
            f"{row.peer_name} {_number(row.peer)}" if row.peer_name else "-",
            "-" if row.ratio is None else f"{row.ratio:.3g}",
            row.reach,
            {True: "yes", False: "NO", None: ""}[row.met],
            row.note,
        )
        for row in rows
    ]
    widths = [max(len(line[c]) for line in [head, *cells]) for c in range(len(head))]
    for line in [head, *cells]:
        print(
            "  "
            + "  ".join(
                text.ljust(width) if c in {0, 4, 5, 6} else text.rjust(width)
                for c, (text, width) in enumerate(zip(line, widths, strict=True))
            ).rstrip(),
            flush=True,
        )


def machine() -> str:
    """Describe the machine: processor, cores, Python."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        models = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        name = models[0] if models else name
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"
