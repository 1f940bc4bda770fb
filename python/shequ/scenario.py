# SPDX-License-Identifier: BSD-3-Clause
"""What-ifs (方案推演): edits on a district, with every total up to date, undo, branches and comparison."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from shequ import _core
from shequ._errors import InvalidInputError, optional_import
from shequ._levels import to_level
from shequ._scenario_file import read_edits, write_scenario

if TYPE_CHECKING:
    from os import PathLike

    import pandas as pd

    from shequ._core import Level, Setting, StaffingRatio, StaffingRule, StaffingTable
    from shequ._errors import Lang
    from shequ._levels import LevelLike
    from shequ.district import District
    from shequ.hierarchy import Hierarchy

    Norm = StaffingRule | StaffingRatio | StaffingTable

__all__ = ["Scenario"]


class Scenario:
    """Edits on a base: posts, shortage and surplus of every unit are up to date after each of them.

    A unit is given by its number in the tree or by its code as text. Units keep their numbers; a new unit gets the next
    one. A refused edit raises and leaves the scenario as it was.

    Parameters
    ----------
    district : District or Hierarchy
        The tree, and of a District its columns of whole numbers.
    columns : mapping of str to array_like or masked array of int, shape (n,), optional
        Instead of those of the district. Values of 0 or more, masked where missing; a column has values at communities
        or below them, never at both. Norms count `households`, `dwellings` or `residents`; shortage and surplus need
        `workers`. `setting` (0 urban, 1 rural) is not summed up.
    rules : norm of staffing, or mapping of "urban" and "rural" to norms, optional
        Who gets posts by what: all communities, or those of a setting.

    Raises
    ------
    InvalidInputError
        Columns of another length, negative values, values above one another, a norm whose column is not there.

    Examples
    --------
    >>> import shequ
    >>> s = shequ.Scenario(shequ.sample_district(seed=1), rules=shequ.StaffingRule())
    >>> unit = int(s.hierarchy.at_level("community")[0])
    >>> s.add("households", unit, 300)
    >>> int((s.compare().measure == "households").sum())  # the community, its town and the district
    3
    """

    def __init__(
        self,
        district: District | Hierarchy,
        columns: Mapping[str, Any] | None = None,
        rules: Norm | Mapping[str, Norm | None] | None = None,
    ) -> None:
        from shequ.hierarchy import Hierarchy

        if isinstance(district, Hierarchy):
            tree, given = district, dict(columns or {})
        else:
            tree = district.hierarchy
            whole = {name: column for name, column in district.columns.items() if column.dtype.kind in "iu"}
            given = dict(whole if columns is None else columns)
        setting = given.pop("setting", None)
        assigned: list[tuple[int, Any, Any]]
        if isinstance(rules, Mapping):
            assigned = [(0, name, norm) for name, norm in rules.items()]
        else:
            assigned = [] if rules is None else [(0, None, rules)]
        #: The tree that the scenario starts from.
        self.hierarchy = tree
        self.columns = tuple(given)
        self._base = _core.ScenarioBase(tree._core, list(given.items()), assigned, setting)
        self._core = _core.Scenario(self._base)

    def _on(self, core: _core.Scenario) -> Scenario:
        made = Scenario.__new__(Scenario)
        made.hierarchy, made.columns, made._base, made._core = self.hierarchy, self.columns, self._base, core
        return made

    def unit(self, unit: int | str) -> int:
        """Return the number of a unit given by number or code."""
        if not isinstance(unit, str):
            return unit
        found = self._core.find(unit)
        if found < 0:
            raise InvalidInputError(f"unit={unit!r} must be the code of a unit", f"unit={unit!r} 必须是单位的代码")
        return found

    def __len__(self) -> int:
        """Return how many numbers of units were given, those of abolished units included."""
        return len(self._core)

    # Reading

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

    def value(self, column: str, unit: int | str) -> int | None:
        """Return the value that stands at a unit, None where none does."""
        return self._core.value(self.unit(unit), column)

    def total(self, measure: str, unit: int | str = 0) -> int | None:
        """Return a total over the subtree of a unit, None where nothing is known.

        Parameters
        ----------
        measure : str
            A column, or "communities", "posts", "shortage", "surplus". Posts are those of the communities added up.
        unit : int or str, default 0
            The root by default.
        """
        return self._core.total(self.unit(unit), measure)

    # Edits

    def set(self, column: str, unit: int | str, value: int | None) -> None:
        """Set a value (0 or more), or make it missing with None."""
        self._core.set(self.unit(unit), column, value)

    def add(self, column: str, unit: int | str, difference: int) -> None:
        """Add to a value that is there."""
        self._core.add(self.unit(unit), column, difference)

    def set_rule(self, norm: Norm | None, within: int | str = 0, *, setting: Setting | str | None = None) -> None:
        """Give a norm to all communities, those of a subtree, or of these the ones of a setting; None takes it away."""
        self._core.set_rule(self.unit(within), setting, norm)

    def merge(self, units: Iterable[int | str], *, name: str, code: str = "") -> int:
        """Replace units of one parent by a new one with their values added up; return its number.

        A column must have a value in all of them or in none. Setting and norm are those of the first.
        """
        return self._core.merge([self.unit(unit) for unit in units], name, code)

    def split(self, unit: int | str, parts: Iterable[Mapping[str, Any]]) -> list[int]:
        """Replace a unit by parts; return their numbers.

        Parameters
        ----------
        unit : int or str
            The unit to split.
        parts : iterable of mapping
            ``{"name": ..., "code": ..., "children": [...], "households": ..., ...}``: each column in which the unit has
            a value, adding up to it, and each unit below it in one part. `code` and `children` may be left out.
        """
        return self._core.split(self.unit(unit), [self._part(part) for part in parts])

    def _part(self, part: Mapping[str, Any]) -> tuple[str, str, dict[str, int], list[int]]:
        values = {key: value for key, value in part.items() if key not in ("name", "code", "children")}
        below = [self.unit(child) for child in part.get("children", ())]
        return part.get("name", ""), part.get("code", ""), values, below

    def create(
        self,
        parent: int | str,
        *,
        name: str,
        level: LevelLike = "community",
        code: str = "",
        setting: Setting | str | None = None,
    ) -> int:
        """Make a unit without values below `parent`; return its number."""
        return self._core.create(self.unit(parent), to_level(level), name, code, setting)

    def abolish(self, unit: int | str) -> None:
        """End a unit that has nothing below it and no value other than 0."""
        self._core.abolish(self.unit(unit))

    def move(self, unit: int | str, to: int | str) -> None:
        """Hang a unit, with all below it, under another unit of the level of its parent."""
        self._core.move(self.unit(unit), self.unit(to))

    def undo(self) -> None:
        """Take the last edit back."""
        self._core.undo()

    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        self._core.redo()

    # History and branches

    @property
    def num_edits(self) -> int:
        """How many edits are in force."""
        return self._core.num_edits

    def edits(self) -> list[dict[str, Any]]:
        """Return the edits in force, each as a dict: kind, units, and what the kind needs."""
        return [self._core.edit(number) for number in range(1, self.num_edits + 1)]

    def branch(self) -> Scenario:
        """Return a scenario of its own with the same edits; memory is shared until one of the two changes."""
        return self._on(self._core.branch())

    def start(self) -> Scenario:
        """Return the base as a scenario without edits."""
        return self._on(_core.Scenario(self._base))

    def successions(self) -> list[tuple[str, list[int], list[int], int]]:
        """Return how units went over into others: kind, units before, units after, number of the edit."""
        return self._core.successions()

    def successors(self, unit: int | str) -> list[int]:
        """Return the units that took the place of a unit; the unit itself where it exists."""
        return self._core.successors(self.unit(unit))

    def compare(self, before: Scenario | None = None, lang: Lang = "zh") -> pd.DataFrame:
        """Return every number that differs from another scenario on the same base.

        Parameters
        ----------
        before : Scenario, optional
            What to compare with; the base without edits by default.
        lang : {"zh", "en"}
            Language of the names.

        Returns
        -------
        DataFrame
            unit, code, name, level, measure, before, after, difference (Int64, NA where unknown), edit (number of the
            last edit that changed it) and edit_of_before (the edit is one of `before`).

        Raises
        ------
        MissingDependencyError
            pandas is not installed.
        InvalidInputError
            The scenarios have different bases.
        """
        with optional_import("compare()", "pandas", "pandas"):
            import pandas as pd
        other = self.start() if before is None else before
        columns = self._core.compare(other._core)
        unit, code, level, measure, was, now, edit, of_before = columns
        names = [
            (self if u < len(self) and self.code(u) == c else other).name(u, lang)
            for u, c in zip(unit, code, strict=True)
        ]
        frame: pd.DataFrame = pd.DataFrame(
            {
                "unit": np.array(unit, dtype=np.int32), "code": code, "name": names, "level": level, "measure": measure,
                "before": pd.array(was, dtype="Int64"), "after": pd.array(now, dtype="Int64"),
            }
        )  # fmt: skip
        frame["difference"] = frame["after"] - frame["before"]
        frame["edit"] = np.array(edit, dtype=np.int64)
        frame["edit_of_before"] = np.array(of_before, dtype=np.bool_)
        return frame

    # Files

    def save(self, path: str | PathLike[str]) -> None:
        """Write the edits in force as JSON, with the fingerprints of the base."""
        write_scenario(path, self, self._base.fingerprints())

    def load(self, path: str | PathLike[str]) -> Scenario:
        """Return the scenario of a file that `save` wrote, on the base of this one.

        Raises
        ------
        InvalidInputError
            The file is no scenario, or was saved on another base: says what differs.
        """
        loaded = self.start()
        for number, edit in enumerate(read_edits(path, self._base.fingerprints()), start=1):
            try:
                loaded._apply(edit)
            except InvalidInputError as error:
                raise InvalidInputError(
                    f"{path}, edit {number}: {error}", f"{path}，第 {number} 步操作：{error.message('zh')}"
                ) from error
        return loaded

    def _apply(self, edit: dict[str, Any]) -> None:
        kind = edit.pop("kind")
        units = edit.pop("units", [])
        if kind in ("set", "add"):
            getattr(self, kind)(edit["column"], units[0], edit["value"])
        elif kind == "set_rule":
            self.set_rule(edit["norm"], units[0], setting=edit["setting"])
        elif kind == "merge":
            self.merge(units, **edit)
        elif kind == "split":
            self.split(units[0], edit["parts"])
        elif kind == "create":
            self.create(units[0], **edit)
        elif kind == "abolish":
            self.abolish(units[0])
        else:
            self.move(units[0], edit["to"])

    def __repr__(self) -> str:
        """Return one line: the class, its root and its numbers."""
        posts = self.total("posts")
        return (
            f"<Scenario: {self.hierarchy.name(0)}, {self.num_edits} edits, {self.total('communities')} communities, "
            f"posts {'unknown' if posts is None else posts}>"
        )
