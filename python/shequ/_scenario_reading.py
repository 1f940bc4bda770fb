# SPDX-License-Identifier: BSD-3-Clause
"""What can be read of a scenario: its units, values and totals."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from shequ._errors import InvalidInputError
from shequ._scenario_rules import kind_of
from shequ._scenario_words import shown_number
from shequ.sheet import AREA_COLUMNS

if TYPE_CHECKING:
    from shequ import _core
    from shequ._core import Level
    from shequ._errors import Lang
    from shequ.hierarchy import Hierarchy

__all__ = ["ScenarioReading", "units_of"]


def units_of(tree: Hierarchy, ids: Iterable[Hashable], name: str) -> list[int]:
    """Return the units that an argument gives by number or code."""
    units = []
    for one in ids:
        unit = tree.find(one) if isinstance(one, str) else one
        if unit is None or not hasattr(unit, "__index__"):
            raise InvalidInputError(
                f"{name}: {one!r} must be the code or number of a unit", f"{name}：{one!r} 必须是单位的代码或编号"
            )
        units.append(unit.__index__())
    return units


def _square_decimetres(column: str, value: Any) -> Any:
    """Return square metres as they are kept."""
    if value is None:
        return value
    kept = Fraction(str(value)) * 100
    if kept.denominator != 1:
        raise InvalidInputError(f"{column}={value} must have at most two decimals", f"{column}={value} 最多两位小数")
    return int(kept)


class ScenarioReading:
    """Units and numbers of a scenario, as they are after its edits."""

    hierarchy: Hierarchy
    columns: tuple[str, ...]
    _base: _core.ScenarioBase
    _core: _core.Scenario

    def unit(self, unit: int | str) -> int:
        """Return the number of a unit given by number or code."""
        if not isinstance(unit, str):
            return unit
        found = self._core.find(unit)
        if found < 0:
            raise InvalidInputError(f"unit={unit!r} must be the code of a unit", f"unit={unit!r} 必须是单位的代码")
        return found

    def _column(self, name: str) -> str:
        """Return the column that a name means: persons are residents, and areas in square metres are kept in dm²."""
        if name in self.columns:
            return name
        if self._in_square_metres(name):
            return AREA_COLUMNS[name]
        return "residents" if name == "persons" else name

    def _in_square_metres(self, name: str) -> bool:
        return name in AREA_COLUMNS and name not in self.columns and AREA_COLUMNS[name] in self.columns

    def _kept(self, column: str, value: Any) -> Any:
        return _square_decimetres(column, value) if self._in_square_metres(column) else value

    def _shown(self, column: str, kept: int | None) -> int | float | None:
        return shown_number(AREA_COLUMNS[column], kept) if self._in_square_metres(column) else kept

    def __len__(self) -> int:
        """Return how many numbers of units were given, those of abolished units included."""
        return len(self._core)

    def exists(self, unit: int | str) -> bool:
        """Tell whether a unit exists now."""
        return self._core.exists(self.unit(unit))

    def code(self, unit: int) -> str:
        """Return the code of a unit; "new-1" and so on for new ones without a code of their own."""
        return self._core.code(unit)

    def name(self, unit: int | str, lang: Lang = "zh") -> str:
        """Return the name of a unit."""
        return self._core.name(self.unit(unit), lang)

    def level(self, unit: int | str) -> Level:
        """Return the level of a unit."""
        return self._core.level(self.unit(unit))

    def parent(self, unit: int | str) -> int | None:
        """Return the parent of a unit, None for the root and for units that were abolished."""
        parent = self._core.parent(self.unit(unit))
        return None if parent < 0 else parent

    def children(self, unit: int | str) -> list[int]:
        """Return the units below a unit, ascending."""
        return self._core.children(self.unit(unit))

    def value(self, column: str, unit: int | str) -> int | float | None:
        """Return the value that stands at a unit, None where none does; office_m2 and outdoor_m2 in square metres."""
        return self._shown(column, self._core.value(self.unit(unit), self._column(column)))

    @property
    def measures(self) -> tuple[str, ...]:
        """What is computed beside the sums of columns: communities, posts, shortage, surplus, and what has a rule."""
        return tuple(self._base.measures)

    def rule(self, unit: int | str, kind: str = "staffing") -> Any:
        """Return the rule of a kind that a community goes by, None where there is none."""
        return self._core.rule(self.unit(unit), kind_of(None, kind))

    def total(self, measure: str, unit: int | str = 0) -> int | float | None:
        """Return a total over the subtree of a unit, None where nothing is known.

        Parameters
        ----------
        measure : str
            A column, or one of `measures`: the rule is applied to communities, which are added up. Money is in fen, areas are
            in square decimetres.
        unit : int or str, default 0
            The root by default.
        """
        return self._shown(measure, self._core.total(self.unit(unit), self._column(measure)))
