# SPDX-License-Identifier: BSD-3-Clause
"""Roll-ups of columns over the subtrees of a hierarchy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from shequ._hierarchy_columns import check_shape, split_missing

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from shequ import _core
    from shequ._levels import LevelLike

__all__ = ["Rollups"]


class Rollups:
    """The roll-ups of `shequ.Hierarchy`, which inherits them."""

    __slots__ = ()

    if TYPE_CHECKING:
        _core: _core.Hierarchy

        def __len__(self) -> int: ...
        def at_level(self, level: LevelLike) -> NDArray[np.int32]: ...

    def rollup_sum(self, column: Any, level: LevelLike | None = None) -> Any:
        """Return sums over every subtree, the unit's own value included.

        Parameters
        ----------
        column : array_like, masked array or pandas Series, shape (n,)
            Whole numbers add up exactly to int64, floats in a fixed order. Masked entries, NA and NaN are missing: left
            out, never 0.
        level : Level, str or int, optional
            `column` holds only the units of this level, in their order; all others are missing.

        Returns
        -------
        ndarray or masked array, shape (n,)
            int64 or float64. Masked, where a unit has no value in its whole subtree, if `column` can have missing values.

        Raises
        ------
        InvalidInputError
            Another length or type, or a total outside of int64; names the unit.
        """
        return self._rollup(self._core.rollup_sum, column, level)

    def rollup_min(self, column: Any, level: LevelLike | None = None) -> Any:
        """Return the least value of every subtree; parameters as of `rollup_sum`."""
        return self._rollup(self._core.rollup_min, column, level)

    def rollup_max(self, column: Any, level: LevelLike | None = None) -> Any:
        """Return the greatest value of every subtree; parameters as of `rollup_sum`."""
        return self._rollup(self._core.rollup_max, column, level)

    def rollup_mean(self, column: Any, level: LevelLike | None = None, *, weights: Any = None) -> Any:
        """Return the mean of every subtree as float64; parameters as of `rollup_sum`.

        Parameters
        ----------
        column, level
            As of `rollup_sum`.
        weights : array_like, shape of `column`, optional
            0 or more; a value whose weight is missing is left out. Where weights add up to 0 the mean is missing.
        """
        values, missing = self._column(column, level)
        if weights is None:
            result, gaps = self._core.rollup_mean(values, missing)
        else:
            weight, weight_missing = self._column(weights, level, "weights")
            result, gaps = self._core.rollup_mean(values, missing, weight, weight_missing)
        return self._result(result, gaps, can_miss=True)

    def rollup_count(self, column: Any, level: LevelLike | None = None) -> NDArray[np.int64]:
        """Return how many values every subtree has, missing ones not counted; never missing itself."""
        values, missing = self._column(column, level)
        gaps = np.zeros(len(self), dtype=np.bool_) if missing is None else missing
        if values.dtype.kind == "f":
            gaps = gaps | np.isnan(values)
        return self._core.rollup_count(gaps)

    def rollup_any(self, column: Any, level: LevelLike | None = None) -> Any:
        """Return whether any value of a subtree is true; `column` is of bool, else as of `rollup_sum`."""
        return self._rollup(self._core.rollup_any, column, level)

    def rollup_all(self, column: Any, level: LevelLike | None = None) -> Any:
        """Return whether all values of a subtree are true; `column` is of bool, else as of `rollup_sum`."""
        return self._rollup(self._core.rollup_all, column, level)

    def update_sum(self, totals: NDArray[np.int64], unit: int, delta: int) -> None:
        """Bring totals of `rollup_sum` up to date, in place, after the value of a unit has grown by `delta`.

        Parameters
        ----------
        totals : ndarray of int64, shape (n,)
            Writeable and contiguous.
        unit : int
            The unit whose value changed.
        delta : int
            New value less old value.
        """
        self._core.update_sum(totals, unit, delta)

    def _column(
        self, column: Any, level: LevelLike | None, name: str = "column"
    ) -> tuple[NDArray[Any], NDArray[np.bool_] | None]:
        values, missing = split_missing(column, name)
        if level is None:
            check_shape(values, name, len(self))
            return values, missing
        units = self.at_level(level)
        check_shape(values, name, len(units))
        full = np.zeros(len(self), dtype=values.dtype)
        gaps = np.ones(len(self), dtype=np.bool_)
        full[units] = values
        gaps[units] = False if missing is None else missing
        return full, gaps

    def _rollup(self, compute: Any, column: Any, level: LevelLike | None) -> Any:
        values, missing = self._column(column, level)
        result, gaps = compute(values, missing)
        return self._result(result, gaps, can_miss=missing is not None)

    def _result(self, values: NDArray[Any], gaps: NDArray[np.bool_] | None, *, can_miss: bool) -> Any:
        if gaps is None:
            return np.ma.MaskedArray(values, mask=np.zeros(len(values), dtype=np.bool_)) if can_miss else values
        return np.ma.MaskedArray(values, mask=gaps)
