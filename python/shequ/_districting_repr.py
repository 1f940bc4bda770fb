# SPDX-License-Identifier: BSD-3-Clause
"""Text and HTML of what districting returns; the compiled classes call these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shequ._repr_html import fields_html
from shequ._repr_text import Field, fields_text

if TYPE_CHECKING:
    from shequ._core import Certificate, Diagnosis, Plan

__all__ = ["html", "one_line", "text"]

_STATUS_STATE = {"optimal": "good", "feasible": "good", "unknown": "warn", "infeasible": "bad"}
_FEASIBLE = {
    None: ("open: no proof either way", "warn"),
    True: ("yes, proven", "good"),
    False: ("no, proven", "bad"),
}
_LISTED = 5  # reasons, relaxations and violations shown; all are in the object


def _listed(label: str, sentences: list[str]) -> list[Field]:
    rows: list[Field] = [(f"{label} {i + 1}", sentence) for i, sentence in enumerate(sentences[:_LISTED])]
    if len(sentences) > _LISTED:
        rows.append((f"more {label}s", len(sentences) - _LISTED))
    return rows


def _weights(weights: object) -> list[Field]:
    values = list(weights)  # type: ignore[call-overload]
    if not values:
        return []
    return [("part weights", f"{min(values):,} to {max(values):,}, mean {sum(values) / len(values):,.1f}")]


def _fields(result: Plan | Diagnosis | Certificate) -> list[Field]:
    from shequ._core import Certificate, Plan

    if isinstance(result, Plan):
        status = result.status.name.lower()
        return [
            ("status", status, _STATUS_STATE[status]),
            ("parts", result.part_count),
            ("objective", result.objective),
            ("proven bound", result.bound),
            ("gap", None if result.gap is None else f"{result.gap:.1%}"),
            *_weights(result.part_weights),
            ("stopped", result.stop_reason.name.lower().replace("_", " ")),
            ("steps", result.steps),
            ("seed", str(result.seed)),
            ("seconds", round(result.elapsed_s, 3)),
        ]
    if isinstance(result, Certificate):
        broken = [violation.message() for violation in result.violations]
        return [
            ("keeps every rule", "yes" if result.ok else "no", "good" if result.ok else "bad"),
            ("parts", result.part_count),
            ("objective", result.objective),
            *_weights(result.part_weights),
            *_listed("violation", broken),
        ]
    word, state = _FEASIBLE[result.feasible]
    parts = result.parts_range
    return [
        ("feasible", word, state),
        ("components", result.component_count),
        ("parts possible", "none" if parts is None else f"{parts[0]} to {parts[1]}"),
        *_listed("reason", [reason.message() for reason in result.reasons]),
        *_listed("relaxation", [relaxation.message() for relaxation in result.relaxations]),
    ]


def one_line(result: Plan | Diagnosis | Certificate) -> str:
    """Return the class and its key numbers."""
    from shequ._core import Certificate, Plan

    if isinstance(result, Plan):
        return f"Plan({result.status.name.lower()}, part_count={result.part_count}, objective={result.objective})"
    if isinstance(result, Certificate):
        return f"Certificate(ok={result.ok}, violations={len(result.violations)}, objective={result.objective})"
    return f"Diagnosis(feasible={result.feasible}, reasons={len(result.reasons)}, parts_range={result.parts_range})"


def text(result: Plan | Diagnosis | Certificate) -> str:
    """Return the fields as aligned text."""
    return fields_text(type(result).__name__, _fields(result))


def html(result: Plan | Diagnosis | Certificate) -> str:
    """Return the fields as an HTML table."""
    return fields_html(type(result).__name__, _fields(result))
