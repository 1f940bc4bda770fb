# SPDX-License-Identifier: BSD-3-Clause
"""The tree of units from country to household, with roll-ups of columns and audits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from shequ import _core
from shequ._core import Cells, Finding, Level, SameLevel
from shequ._errors import InvalidInputError
from shequ._hierarchy_columns import check_shape, code_column, level_column, split_missing, text_column
from shequ._levels import to_level
from shequ._repr_html import fields_html
from shequ._repr_text import fields_text
from shequ._rollup import Rollups
from shequ.audit import AuditReport, GridCoverage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from shequ._errors import Lang
    from shequ._levels import LevelLike
    from shequ._repr_text import Field

__all__ = ["AuditReport", "Finding", "GridCoverage", "Hierarchy", "Level", "SameLevel"]

#: Format of a pickled hierarchy; raised when the fields change.
_STATE_VERSION = 1


class Hierarchy(Rollups):
    """Immutable tree of administrative units (区划树), made by `from_columns` or `shequ.read_hierarchy`.

    Units are numbered in pre-order with siblings in the order of their codes, whatever the order of the rows. So the
    units below a unit are one slice of every column, and a parent stands before its children::

        unit          0 district   1 town A   2 甲   3 乙   4 town B   5 丁
        parent        None         0          1      1      0          4
        subtree       0:6          1:4        2:3    3:4    4:6        5:6

    Reading is safe from any thread.

    Examples
    --------
    >>> import shequ
    >>> h = shequ.Hierarchy.from_columns(
    ...     code=[320412000000, 320412001000, 320412001002, 320412001001],
    ...     parent=[None, 320412000000, 320412001000, 320412001000],
    ...     name=["武进区", "某街道", "乙社区", "甲社区"],
    ... )
    >>> [h.name(i) for i in h.at_level("community")]
    ['甲社区', '乙社区']
    >>> h.rollup_sum(h.align([0, 0, 300, 200])).tolist()
    [500, 500, 200, 300]
    """

    __slots__ = ("_core", "_same_level")

    def __init__(self) -> None:
        """Make the empty tree."""
        self._core = _core.Hierarchy.from_columns([], [])
        self._same_level = "keep"

    @classmethod
    def from_columns(
        cls,
        code: Iterable[object],
        parent: Iterable[object],
        name: Iterable[object] | None = None,
        name_en: Iterable[object] | None = None,
        level: Iterable[object] | None = None,
        *,
        same_level: SameLevel | Literal["keep", "lift"] = "keep",
    ) -> Hierarchy:
        """Build the tree from rows in any order.

        Parameters
        ----------
        code : array_like of int or str, shape (n,)
            Codes of the units, each once. Whole numbers, texts, or floats that are whole numbers.
        parent : array_like of int or str, shape (n,)
            Code of each unit's parent; None, NaN, NA, "" or -1 for the root.
        name, name_en : array_like of str, shape (n,), optional
            Names in Chinese and English; None where there is none.
        level : array_like, shape (n,), optional
            Levels as words ("community", "社区"), `Level`, or numbers from 0 (country) to 8 (household). Left out: taken
            from the codes, which must then have 12 digits.
        same_level : {"keep", "lift"}, default "keep"
            What to do with a unit below one of its own level: leave it there, or hang it below its nearest ancestor of
            a higher level. `audit` reports it either way.

        Returns
        -------
        Hierarchy
            The tree; `rows` says which row each unit came from.

        Raises
        ------
        HierarchyError
            Rows make no tree; its `problems` list every fault of every row.
        InvalidInputError
            Columns of different lengths, or of values that are no codes, names or levels.

        Notes
        -----
        Linear in n for rows listed parents first with codes that ascend below each parent, else n log n.
        """
        codes, parents = code_column(code, "code"), code_column(parent, "parent")
        if isinstance(codes, np.ndarray) != isinstance(parents, np.ndarray):
            codes, parents = _as_texts(codes), _as_texts(parents)
        made = cls.__new__(cls)
        made._same_level = same_level.name.lower() if isinstance(same_level, SameLevel) else same_level
        made._core = _core.Hierarchy.from_columns(
            codes,
            parents,
            None if name is None else text_column(name, "name"),
            None if name_en is None else text_column(name_en, "name_en"),
            None if level is None else level_column(level),
            same_level,
        )
        return made

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self._core)

    # One unit

    def parent(self, unit: int) -> int | None:
        """Return the parent of a unit, None for the root."""
        return self._core.parent(unit)

    def level(self, unit: int) -> Level:
        """Return the level of a unit."""
        return self._core.level(unit)

    def code(self, unit: int) -> str:
        """Return the code of a unit, exactly as it was given."""
        return self._core.code(unit)

    def name(self, unit: int, lang: Lang = "zh") -> str:
        """Return the name of a unit; the other language's where there is none, then the code."""
        return self._core.name(unit, lang)

    def subtree(self, unit: int) -> slice:
        """Return the slice of a unit and all units below it: ``column[h.subtree(i)]``."""
        return self._core.subtree(unit)

    def children(self, unit: int) -> NDArray[np.int32]:
        """Return the children of a unit in the order of their codes."""
        return self._core.children(unit)

    def path(self, unit: int) -> NDArray[np.int32]:
        """Return the units from `unit` up to the root, both included."""
        return self._core.path(unit)

    def ancestor(self, unit: int, level: LevelLike) -> int | None:
        """Return the nearest unit of a level at or above `unit`, None where there is none."""
        return self._core.ancestor(unit, to_level(level))

    # Looking for units

    def index(self, code: int | str) -> int:
        """Return the unit with a code.

        Raises
        ------
        InvalidInputError
            No unit has it.
        """
        return self._core.index(code)

    def find(self, code: int | str) -> int | None:
        """Return the unit with a code, None where there is none. Complexity: logarithmic."""
        return self._core.find(code)

    def find_name(self, name: str, within: int | None = None) -> NDArray[np.int32]:
        """Return every unit of exactly this name, in either language; `within` a unit where one is given.

        A name is never a key: in the 2016 table 25,016 communities share theirs with another one of their county.
        """
        return self._core.find_name(name, 0 if within is None else within)

    def at_level(self, level: LevelLike) -> NDArray[np.int32]:
        """Return the units of a level: "community", "社区", `Level.COMMUNITY`."""
        return self._core.at_level(to_level(level))

    # Whole columns

    @property
    def codes(self) -> NDArray[Any]:
        """Codes of all units, shape (n,): int64 where all are whole numbers, else str objects."""
        numbers = self._core.numeric_codes
        return numbers if len(numbers) == len(self) else np.array(self._core.codes(), dtype=object)

    @property
    def names(self) -> NDArray[Any]:
        """Chinese names of all units as `name` gives them, str objects, shape (n,)."""
        return np.array(self._core.names("zh"), dtype=object)

    @property
    def parents(self) -> NDArray[np.int32]:
        """Parents of all units, -1 for the root, shape (n,); a read-only view."""
        return self._core.parents

    @property
    def subtree_ends(self) -> NDArray[np.int32]:
        """The unit after the last one below each unit, shape (n,); a read-only view."""
        return self._core.subtree_ends

    @property
    def levels(self) -> NDArray[np.int8]:
        """Levels of all units as numbers of `Level`, shape (n,); a read-only view."""
        return self._core.levels

    @property
    def rows(self) -> NDArray[np.int32]:
        """Row of the input that each unit came from, shape (n,); a read-only view."""
        return self._core.rows

    def align(self, column_of_rows: Any) -> Any:
        """Return a column of the input's rows as a column of units.

        Parameters
        ----------
        column_of_rows : array_like, masked array or pandas Series, shape (n,)
            In the order of the rows that the tree was built from.

        Returns
        -------
        ndarray or masked array, shape (n,)
            A masked array for a masked one, and for a Series with missing whole numbers.
        """
        column, missing = split_missing(column_of_rows, "column_of_rows", keep=True)
        check_shape(column, "column_of_rows", len(self))
        aligned = self._core.align(column)
        return aligned if missing is None else np.ma.MaskedArray(aligned, mask=self._core.align(missing))

    # Audits

    def audit(self) -> AuditReport:
        """Look for gaps and contradictions: level order, codes, missing children, names. Repairs nothing.

        Returns
        -------
        AuditReport
            Findings in the order of the units, and the three-level link of district, town and community.
        """
        findings, link = self._core.audit()
        return AuditReport(self, tuple(findings), link)

    def audit_grids(self, households: Any) -> GridCoverage:
        """Compare the households of each community with those of its grids.

        Parameters
        ----------
        households : array_like or masked array of int, shape (n,)
            Households of communities and grids; masked where missing.

        Returns
        -------
        GridCoverage
            One row a community, and findings: households in no grid, households counted twice, grids without a number.
        """
        values, missing = self._column(households, None, "households")
        findings, columns = self._core.audit_grids(values, missing)
        return GridCoverage(self, tuple(findings), columns)

    # Text, copies, pickle

    def _fields(self) -> list[Field]:
        counts = np.bincount(self.levels, minlength=len(Level))
        fields: list[Field] = [("root", f"{self.code(0)} {self.name(0)}".strip() if len(self) else "none")]
        fields.append(("units", len(self)))
        for level in Level:
            if counts[level]:
                fields.append((_core.level_name(level, "en").replace("_", " "), int(counts[level])))
        return fields

    def __repr__(self) -> str:
        """Return one line: the class, its root and its sizes."""
        if not len(self):
            return "<Hierarchy: empty>"
        counts = np.bincount(self.levels, minlength=len(Level))
        sizes = ", ".join(f"{counts[level]} {level.name.lower()}" for level in Level if counts[level])
        return f"<Hierarchy: {self.name(0)}, {len(self)} units: {sizes}>"

    def __str__(self) -> str:
        """Return the fields, one a line."""
        return fields_text("Hierarchy", self._fields())

    def _repr_html_(self) -> str:
        return fields_html("Hierarchy", self._fields())

    def __eq__(self, other: object) -> bool:
        """Tell whether two trees have the same units with the same codes, levels, parents, names and rows."""
        if not isinstance(other, Hierarchy):
            return NotImplemented
        return self is other or all(
            np.array_equal(a, b) for a, b in zip(self._state_columns(), other._state_columns(), strict=True)
        )

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> Hierarchy:
        """Return the tree itself: it cannot change."""
        return self

    def __deepcopy__(self, memo: dict[int, object]) -> Hierarchy:
        """Return the tree itself: it cannot change."""
        return self

    def _state_columns(self) -> tuple[Any, ...]:
        """Return code, parent, name, name_en and level by row of the input, as they rebuild the tree."""
        order = np.empty(len(self), dtype=np.int64)
        order[self.rows] = np.arange(len(self))
        parent_unit = self.parents.copy()
        for unit, named_parent in self._core.same_level_units:
            parent_unit[unit] = named_parent
        codes = self.codes
        absent = -1 if codes.dtype.kind == "i" else ""
        parents = np.where(parent_unit < 0, absent, codes[parent_unit]) if len(self) else codes
        names = [
            np.array(self._core.given_names(lang), dtype=object)[order] if self._core.has_names(lang) else None
            for lang in ("zh", "en")
        ]
        return codes[order], parents[order], *names, self.levels[order]

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the columns that the tree was built from."""
        return _restore, (_STATE_VERSION, self._same_level, *self._state_columns())


def _restore(version: int, same_level: Any, code: Any, parent: Any, name: Any, name_en: Any, level: Any) -> Hierarchy:
    if version != _STATE_VERSION:
        raise InvalidInputError(
            f"the pickled Hierarchy has version {version} and must have {_STATE_VERSION}",
            f"Hierarchy 的存储版本是 {version}，必须是 {_STATE_VERSION}",
        )
    return Hierarchy.from_columns(code, parent, name, name_en, level, same_level=same_level)


def _as_texts(codes: NDArray[np.int64] | list[str] | Cells) -> list[str] | Cells:
    if isinstance(codes, np.ndarray):
        return ["" if code == -1 else str(code) for code in codes.tolist()]
    return codes
