# SPDX-License-Identifier: BSD-3-Clause
"""What dividing communities into grids gives: every grid with its code, every community with its figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ._files import replacing
from shequ._frames import frame_of
from shequ._messages import check_lang
from shequ._repr_html import fields_html, table_html
from shequ._repr_text import fields_text
from shequ._save_table import inert

if TYPE_CHECKING:
    import os

    import pandas as pd
    from numpy.typing import NDArray

    from shequ._core import Diagnosis
    from shequ._errors import Lang
    from shequ._repr_text import Field
    from shequ.certificate import Certificate

__all__ = ["CommunityGrids", "Grid", "GridPlan", "Status"]

Status = Literal["optimal", "feasible", "unknown", "infeasible", "no_households", "no_atoms", "empty"]
Fault = Literal["", "below", "above", "broken"]

_STATUS_ZH = {
    "optimal": "达标（已证明最优）",
    "feasible": "达标",
    "unknown": "未找到达标方案",
    "infeasible": "无法达标",
    "no_households": "无住户",
    "no_atoms": "缺楼栋资料",
    "empty": "无住户、无楼栋",
}
_STATUS_EN = {
    "optimal": "in bounds (proven best)",
    "feasible": "in bounds",
    "unknown": "no plan in bounds found",
    "infeasible": "infeasible",
    "no_households": "nobody lives here",
    "no_atoms": "buildings not known",
    "empty": "no households, no buildings",
}
_FAULT_ZH = {"": "达标", "below": "低于下限", "above": "高于上限", "broken": "不连片"}
_FAULT_EN = {"": "in bounds", "below": "below the lower bound", "above": "above the upper bound", "broken": "in pieces"}
_HEADERS_ZH = {
    "grid": "网格编码", "community_code": "社区代码", "community": "社区（村）", "number": "网格序号",
    "atom": "楼栋编号", "atom_name": "楼栋名称", "households": "户数", "atoms": "楼栋数", "state": "是否达标",
    "remark": "说明", "grids": "网格数", "min": "最少户数", "mean": "平均户数", "max": "最多户数",
    "deviation_percent": "最大偏差%", "uncovered": "未划入网格户数", "kind": "类型",
}  # fmt: skip


@dataclass(frozen=True)
class Grid:
    """One grid 网格.

    Parameters
    ----------
    code : str
        Code of the community and a number of two digits, three where it has more than 99 grids.
    community : int
        Its community, an index into `GridPlan.communities`.
    number : int
        From 1, row by row from the north, each row from the west.
    atoms : int
        Atoms in it.
    households : int
        Households in it.
    fault : "", "below", "above" or "broken"
        Which bound it breaks; "broken": not contiguous.
    dedicated : bool
        Nobody lives in it: offices, a market, a school (专属网格); bounds do not apply.
    english, chinese : str
        Why it breaks a bound, and the smallest change under which it would not; empty for a basic grid in bounds.
    """

    code: str
    community: int
    number: int
    atoms: int
    households: int
    fault: Fault = ""
    dedicated: bool = False
    english: str = ""
    chinese: str = ""

    def message(self, lang: Lang = "zh") -> str:
        """Return the reason for its fault, empty for a grid in bounds."""
        return self.chinese if lang == "zh" else self.english

    def state(self, lang: Lang = "zh") -> str:
        """Say in a word or two whether it is in bounds; bounds do not apply to a dedicated grid."""
        if self.dedicated:
            return "专属网格" if lang == "zh" else "dedicated"
        return (_FAULT_ZH if lang == "zh" else _FAULT_EN)[self.fault]


@dataclass(frozen=True)
class CommunityGrids:
    """The grids of one community.

    Parameters
    ----------
    key : object
        What the caller calls it: the unit of a hierarchy, or an entry of `community`.
    code, name, name_en : str
        Of the community.
    households : int
        Known for the community; `uncovered` of them live in no atom, so in no grid (留白).
    atoms : int
        Number of atoms.
    first, count : int
        Its grids are ``plan.grids[first:first + count]``.
    status : str
        "optimal", "feasible", "unknown" (none found), "infeasible" (proven), "no_households", "no_atoms", "empty".
    objective, bound : int or None
        Of the plan, and what no plan can go below, in the unit of the edge weights.
    diagnosis : Diagnosis or None
        What is proven about the community; none where nothing was to be divided.
    certificate : Certificate or None
        What an independent check of the grids found.
    english, chinese : str
        Why some grids are out of bounds and the smallest relaxation; empty where all are in bounds.
    """

    key: object
    code: str
    name: str
    name_en: str
    households: int
    uncovered: int
    atoms: int
    first: int
    count: int
    status: Status
    objective: int | None = None
    bound: int | None = None
    diagnosis: Diagnosis | None = None
    certificate: Certificate | None = None
    english: str = ""
    chinese: str = ""

    def message(self, lang: Lang = "zh") -> str:
        """Return why some grids are out of bounds, and the smallest relaxation."""
        return self.chinese if lang == "zh" else self.english

    def state(self, lang: Lang = "zh") -> str:
        """Say the status in words."""
        return (_STATUS_ZH if lang == "zh" else _STATUS_EN)[self.status]


@dataclass(frozen=True, eq=False)
class GridPlan:
    """Grids of every community, made by `divide`.

    Parameters
    ----------
    labels : ndarray of int32, shape (n,)
        Index into `grids` for each atom; no atom is without one.
    grids : tuple of Grid
        Community by community, in the order of their numbers.
    communities : tuple of CommunityGrids
        Every community, also those without atoms.
    size : (int, int)
        Least and most households of a grid, both included.
    seed : int
        That the search began with.
    atom_ids, atom_names, atom_names_en : tuple of str, length n
        For tables.
    households : ndarray of int64, shape (n,)
        Of each atom.
    """

    labels: NDArray[np.int32]
    grids: tuple[Grid, ...]
    communities: tuple[CommunityGrids, ...]
    size: tuple[int, int]
    seed: int
    atom_ids: tuple[str, ...]
    atom_names: tuple[str, ...]
    atom_names_en: tuple[str, ...]
    households: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of grids."""
        return len(self.grids)

    @property
    def ok(self) -> bool:
        """True where every grid keeps its bounds and no household is left out."""
        return not any(grid.fault for grid in self.grids) and not any(c.uncovered for c in self.communities)

    def grids_of(self, community: int) -> tuple[Grid, ...]:
        """Return the grids of an entry of `communities`."""
        entry = self.communities[community]
        return self.grids[entry.first : entry.first + entry.count]

    def atoms_of(self, grid: int) -> NDArray[np.int64]:
        """Return the atoms of grid `grid`, ascending."""
        return np.flatnonzero(self.labels == grid)

    def table(self, lang: Lang = "zh") -> list[dict[str, object]]:
        """Return one dict a grid: grid, community_code, community, number, kind, atoms, households, state, remark."""
        lang = check_lang(lang)
        words = ("专属网格", "基础网格") if lang == "zh" else ("dedicated", "basic")
        rows: list[dict[str, object]] = []
        for grid in self.grids:
            owner = self.communities[grid.community]
            rows.append(
                {
                    "grid": grid.code,
                    "community_code": owner.code,
                    "community": owner.name if lang == "zh" else owner.name_en,
                    "number": grid.number,
                    "kind": words[0] if grid.dedicated else words[1],
                    "atoms": grid.atoms,
                    "households": grid.households,
                    "state": grid.state(lang),
                    "remark": grid.message(lang),
                }
            )
        return rows

    def report(self, lang: Lang = "zh") -> list[dict[str, object]]:
        """Return one dict a community: count of grids, least, mean and most households, deviation, uncovered.

        `deviation_percent` is the largest distance of a grid from the mean, in percent of the mean; None without grids.
        """
        lang = check_lang(lang)
        rows: list[dict[str, object]] = []
        for index, entry in enumerate(self.communities):
            sizes = [grid.households for grid in self.grids_of(index)]
            total = sum(sizes)
            mean = total / len(sizes) if sizes else None
            deviation = round(100 * max(abs(s - mean) for s in sizes) / mean, 1) if mean else None
            rows.append(
                {
                    "community_code": entry.code,
                    "community": entry.name if lang == "zh" else entry.name_en,
                    "households": entry.households,
                    "atoms": entry.atoms,
                    "grids": entry.count,
                    "min": min(sizes, default=None),
                    "mean": None if mean is None else round(mean, 1),
                    "max": max(sizes, default=None),
                    "deviation_percent": deviation,
                    "uncovered": entry.uncovered,
                    "state": entry.state(lang),
                    "remark": entry.message(lang),
                }
            )
        return rows

    def rows(self, lang: Lang = "zh") -> Iterator[dict[str, object]]:
        """Yield one dict an atom, grid by grid: which grid it belongs to (网格花名册)."""
        names = self.atom_names if lang == "zh" else self.atom_names_en
        order = np.argsort(self.labels, kind="stable")
        for atom in order.tolist():
            grid = self.grids[int(self.labels[atom])]
            owner = self.communities[grid.community]
            yield {
                "grid": grid.code,
                "community_code": owner.code,
                "community": owner.name if lang == "zh" else owner.name_en,
                "number": grid.number,
                "atom": self.atom_ids[atom],
                "atom_name": names[atom],
                "households": int(self.households[atom]),
                "state": grid.state(lang),
            }

    def write_csv(self, path: str | os.PathLike[str], lang: Lang = "zh") -> None:
        """Write the plan, one line an atom, as UTF-8 with a byte-order mark, so that spreadsheets read Chinese.

        Parameters
        ----------
        path : path-like
            The file; replaced only once all is written.
        lang : "zh" or "en", default "zh"
            Language of headers and names.

        Raises
        ------
        InvalidInputError
            The folder is missing or not writable.

        Notes
        -----
        A text that a spreadsheet would take for a formula gets an apostrophe in front.
        """
        lang = check_lang(lang)
        rows = list(self.rows(lang))
        names = ["grid", "community_code", "community", "number", "atom", "atom_name", "households", "state"]
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow([_HEADERS_ZH[name] for name in names] if lang == "zh" else names)
        writer.writerows([inert(row[name]) for name in names] for row in rows)
        with replacing(path) as file:
            file.write(buffer.getvalue().encode("utf-8-sig"))

    def write_json(self, path: str | os.PathLike[str]) -> None:
        """Write communities, grids and the grid of each atom as JSON, in the form of ``shequ/schemas/plan.schema.json``."""
        from shequ._documents import plan_document, write_document

        write_document(path, plan_document(self))

    def to_dataframe(self, lang: Lang = "zh") -> pd.DataFrame:
        """Return `table` as a frame.

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        """
        return frame_of(self.table(lang))

    def _fields(self) -> list[Field]:
        faults = [grid.fault for grid in self.grids]
        bad = sum(map(bool, faults))
        sizes = [grid.households for grid in self.grids if not grid.dedicated]
        uncovered = sum(entry.uncovered for entry in self.communities)
        return [
            ("grids", len(self.grids)),
            ("size", f"{self.size[0]:,} to {self.size[1]:,} households"),
            ("out of bounds", f"{bad} of {len(self.grids)}" if bad else "none", "warn" if bad else "good"),
            ("in pieces", sum(fault == "broken" for fault in faults)),
            ("households min, mean, max", _spread(sizes)),
            ("households in no grid", uncovered, "bad" if uncovered else "good"),
            ("communities", len(self.communities)),
            ("seed", str(self.seed)),
        ]

    def __repr__(self) -> str:
        """Return one line: the class and key numbers."""
        bad = sum(bool(grid.fault) for grid in self.grids)
        count = len(self.communities)
        return (
            f"<GridPlan: {len(self.grids)} grids of {count} {'community' if count == 1 else 'communities'}, "
            f"{self.size[0]}-{self.size[1]} households, {bad} out of bounds, seed {self.seed}>"
        )

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("Grids", self._fields())

    def _repr_html_(self) -> str:
        rows: list[dict[str, Any]] = self.report("en")
        table = table_html(list(rows[0]), [list(row.values()) for row in rows], limit=30) if rows else ""
        return fields_html("Grids", self._fields()) + table


def _spread(sizes: list[int]) -> object:
    return f"{min(sizes):,}, {sum(sizes) / len(sizes):,.1f}, {max(sizes):,}" if sizes else None
