# SPDX-License-Identifier: BSD-3-Clause
"""What audits of a hierarchy found."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shequ._frames import frame_of
from shequ._repr_html import fields_html, table_html
from shequ._repr_text import fields_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd
    from numpy.typing import NDArray

    from shequ._core import Finding
    from shequ._errors import Lang
    from shequ._repr_text import Field
    from shequ.hierarchy import Hierarchy

__all__ = ["AuditReport", "GridCoverage"]

_STATES = {"error": "bad", "warning": "warn", "note": ""}


class _Findings:
    """Findings of a hierarchy: what both reports share."""

    hierarchy: Hierarchy
    findings: tuple[Finding, ...]

    def __len__(self) -> int:
        """Return the number of findings."""
        return len(self.findings)

    def __iter__(self) -> Iterator[Finding]:
        """Go through the findings in the order of the units."""
        return iter(self.findings)

    def of_kind(self, kind: str) -> tuple[Finding, ...]:
        """Return the findings of one kind, such as "level_order"."""
        return tuple(finding for finding in self.findings if finding.kind == kind)

    def count(self, severity: str) -> int:
        """Return the number of findings of one severity: "note", "warning" or "error"."""
        return sum(finding.severity == severity for finding in self.findings)

    def table(self, lang: Lang = "zh") -> list[dict[str, object]]:
        """Return one dict a finding: severity, kind, code, unit, row (from 0), message."""
        code = self.hierarchy.code
        return [
            {
                "severity": finding.severity,
                "kind": finding.kind,
                "code": code(finding.unit),
                "unit": finding.unit,
                "row": finding.row,
                "message": finding.message(lang),
            }
            for finding in self.findings
        ]

    def to_dataframe(self, lang: Lang = "zh") -> pd.DataFrame:
        """Return `table` as a frame.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        return frame_of(self.table(lang), ["severity", "kind", "code", "unit", "row", "message"])

    def _kind_fields(self) -> list[Field]:
        counts = Counter((finding.severity, finding.kind) for finding in self.findings)
        order = list(_STATES)
        ranked = sorted(counts, key=lambda key: (order.index(key[0]), key[1]))
        return [(f"{kind} ({severity})", counts[severity, kind], _STATES[severity]) for severity, kind in ranked]

    def _findings_html(self) -> str:
        if not self.findings:
            return ""
        rows = [[f.severity, f.kind_name("zh"), f.message("zh"), f.message("en")] for f in self.findings[:20]]
        return table_html(["severity", "kind", "message (zh)", "message (en)"], rows)


@dataclass(frozen=True, eq=False)
class AuditReport(_Findings):
    """What `Hierarchy.audit` found.

    Parameters
    ----------
    hierarchy : Hierarchy
        The tree.
    findings : tuple of Finding
        In the order of the units: `kind`, `severity` ("note", "warning", "error"), `unit`, `other_unit`, `row`,
        `message(lang)`.
    link : mapping of str to int
        The three-level link (三级联动): how many districts, towns, communities there are, and how many of them
        (linked_...) are tied to whom they should: a community to a town, a town to a district and to communities.
    """

    hierarchy: Hierarchy
    findings: tuple[Finding, ...]
    link: Mapping[str, int]

    def _fields(self) -> list[Field]:
        link = self.link
        fields: list[Field] = [("units", len(self.hierarchy)), ("findings", len(self.findings))]
        for level in ("districts", "towns", "communities"):
            fields.append((f"linked {level}", f"{link['linked_' + level]:,} of {link[level]:,}"))
        return fields + self._kind_fields()

    def __repr__(self) -> str:
        """Return one line: the class and how many findings of each severity there are."""
        counts = ", ".join(f"{self.count(severity)} {severity}s" for severity in _STATES)
        return f"<AuditReport: {len(self.hierarchy)} units, {counts}>"

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("AuditReport", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("AuditReport", self._fields()) + self._findings_html()


@dataclass(frozen=True, eq=False)
class GridCoverage(_Findings):
    """What `Hierarchy.audit_grids` found: households of communities against those of their grids.

    Parameters
    ----------
    hierarchy : Hierarchy
        The tree.
    findings : tuple of Finding
        Kinds community_without_grids, households_uncovered, households_double, households_unknown.
    columns : mapping of str to ndarray, each with one entry a community
        community (unit), grids, households (-1 where missing), grid_households, uncovered, double_counted,
        unknown_grids.
    """

    hierarchy: Hierarchy
    findings: tuple[Finding, ...]
    columns: Mapping[str, NDArray[Any]]

    @property
    def uncovered(self) -> int:
        """Households in no grid, over all communities."""
        return int(self.columns["uncovered"].sum())

    @property
    def double_counted(self) -> int:
        """Households of grids above those of their communities, over all communities."""
        return int(self.columns["double_counted"].sum())

    def _fields(self) -> list[Field]:
        return [
            ("communities", len(self.columns["community"])),
            ("grids", int(self.columns["grids"].sum())),
            ("households in no grid", self.uncovered, "bad" if self.uncovered else "good"),
            ("households counted twice", self.double_counted, "bad" if self.double_counted else "good"),
            *self._kind_fields(),
        ]

    def __repr__(self) -> str:
        """Return one line: the class, its size, and the households left out or counted twice."""
        return (
            f"<GridCoverage: {len(self.columns['community'])} communities, {self.uncovered} households in no grid, "
            f"{self.double_counted} counted twice>"
        )

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("GridCoverage", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("GridCoverage", self._fields()) + self._findings_html()
