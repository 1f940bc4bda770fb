# SPDX-License-Identifier: BSD-3-Clause
"""The register of grids (网格台账): households, bounds in words, who is responsible."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._messages import text
from shequ.io._privacy import mask
from shequ.report._workbook import Column, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shequ._staff_table import StaffTable
    from shequ.geo.bounds import Bounds
    from shequ.report._content import GridRow

__all__ = ["Team", "register_sheet"]

#: Chief, worker and telephone of a grid.
Team = tuple[str, str, str]

_SIDES = ("east", "south", "west", "north")


def register_sheet(
    table: StaffTable,
    grids: Sequence[GridRow],
    bounds: Sequence[Bounds] | None,
    team: Mapping[str, Team] | None,
    name: str,
) -> Sheet:
    """One row a grid; the persons and telephones that are not given stay empty to be filled in, others are masked."""
    lang = table.lang
    unknown = sorted(set(team or {}) - {grid.code for grid in grids})
    if unknown:
        listed = ", ".join(unknown[:10])
        raise InvalidInputError(f"team names grids that are not there: {listed}", f"team 中的网格不存在：{listed}")
    if bounds is not None and len(bounds) != len(grids):
        raise InvalidInputError(
            f"bounds must have {len(grids)} entries, one a grid, not {len(bounds)}",
            f"bounds 必须有 {len(grids)} 项，每个网格一项，现有 {len(bounds)} 项",
        )
    head = ["town", "community", "grid", "buildings", "households"]
    sides = [f"side.{side}" for side in _SIDES] if bounds is not None else []
    people = ["chief", "worker", "phone"]
    columns = [_column(key, lang) for key in [*head, *sides, *people]]
    rows: list[list[object]] = []
    for k, grid in enumerate(grids):
        town = table.towns[int(table.town_index[grid.index])][1]
        row: list[object] = [town, table.name[grid.index], grid.code, grid.buildings, grid.households]
        row += list(bounds[k]) if bounds is not None else []
        chief, worker, phone = (team or {}).get(grid.code, ("", "", ""))
        rows.append([*row, chief or "", worker or "", mask(phone) if phone else ""])
    total: list[object] = [
        text("total", lang),
        "",
        "",
        sum(g.buildings for g in grids),
        sum(g.households for g in grids),
    ]
    total += [""] * (len(columns) - len(total))
    missing = sum(not (team or {}).get(grid.code, ("", "", ""))[1] for grid in grids)
    states: dict[tuple[int, int], Any] = {}
    lines = [text("report.register_line", lang, grids=len(grids), missing=missing)]
    title = text("report.title.register", lang, name=name)
    return Sheet(text("report.sheet.register", lang), title, columns, rows, lines, total, states, frozen=3)


def _column(key: str, lang: Any) -> Column:
    kind: Any = "count" if key in {"buildings", "households"} else "text"
    return Column(text("col." + key, lang), kind, 20)
